import { instantOfId } from '../clock.js';
import type { RecordRow } from '../engine/record.js';
import { stateDefect } from './faults.js';
import { instantOfNewestFirst } from './keys.js';
import { logKey } from './timeline.js';

/**
 * When a record counts as written. A time-ordered id (RFC 9562, version 7) carries it, so that a replay under the same
 * id is the same row although it happens later; any other id takes the record's own time.
 */
export const recordInstantMs = (record: Pick<RecordRow, 'id' | 'activityDateTime'>): number => {
  const instantMs = instantOfId(record.id) ?? Date.parse(record.activityDateTime);
  if (Number.isNaN(instantMs)) throw stateDefect(`Provisioning log record ${record.id} has no readable time.`);
  return instantMs;
};

/** `2026-11-23`, UTC. */
export const dayOf = (instantMs: number): string => new Date(instantMs).toISOString().slice(0, 10);

/** Newest first, one for each id. */
export const recordRowKey = (record: Pick<RecordRow, 'id' | 'activityDateTime'>): string =>
  logKey({ instantMs: recordInstantMs(record), id: record.id });

/** The instant in a `recordRowKey`. */
export const instantOfRowKey = (rowKey: string): number => {
  const instantMs = instantOfNewestFirst(rowKey.slice(0, rowKey.indexOf('|')));
  if (Number.isNaN(instantMs)) throw stateDefect('A row of the provisioning log has no time in its key.');
  return instantMs;
};
