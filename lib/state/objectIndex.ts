import type { DueEntry, StagedEntry } from '../engine/state.js';
import { readText } from './columns.js';
import { rowUnreadable } from './faults.js';
import { decodeKey } from './keys.js';
import { stagedPrefix } from './names.js';
import type { StoredEntity } from './tables.js';

/** Reads an index row `~due|{type}|{time}|{id}`. */
export const parseDueEntry = (table: string, entity: StoredEntity): DueEntry => {
  const [, , due, id] = entity.rowKey.split('|');
  if (due === undefined || id === undefined) throw rowUnreadable(table, entity.rowKey, 'RowKey', 'no index entry.');
  const type = readText({ table, rowKey: entity.rowKey, columns: entity.columns }, 'type');
  return { id: decodeKey(id), type: type === 'group' ? 'group' : 'user', due };
};

const states: readonly StagedEntry['state'][] = ['staged', 'held', 'released', 'rejected'];

/** Reads an index row `~staged|{id}`. */
export const parseStagedEntry = (table: string, entity: StoredEntity): StagedEntry => {
  const place = { table, rowKey: entity.rowKey, columns: entity.columns };
  const state = states.find((name) => name === entity.columns.state);
  if (state === undefined) throw rowUnreadable(table, entity.rowKey, 'state', 'no state of a staged removal.');
  return {
    id: decodeKey(entity.rowKey.slice(stagedPrefix.length)),
    cycleId: readText(place, 'cycleId'),
    state,
    provenByRow: readText(place, 'provenByRow') === 'true',
  };
};
