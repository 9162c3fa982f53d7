import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { TokenTurns } from '../engine/consent.js';
import { jsonColumn, readJsonOf } from './columns.js';
import { credentialRows, type Partitions, tableNames } from './names.js';
import type { StoredEntity, Tables } from './tables.js';

/** `holder` names this very taking; empty once given back. */
const shape = z.object({ holder: z.string(), expiresAt: z.string() });
type Content = z.infer<typeof shape>;

export interface TokenTurnOptions {
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Turns to change the tokens: one row of the table `Credentials`, taken and given back under its ETag. */
export const createTokenTurns = (
  tables: Tables,
  partitions: Partitions,
  { clock, newId }: TokenTurnOptions,
): TokenTurns => {
  const table = tables.table(tableNames.credentials);
  const { job: partitionKey } = partitions;
  const rowKey = credentialRows.turn;
  const read = async (): Promise<{ readonly entity: StoredEntity; readonly content: Content } | null> => {
    const entity = await table.get(partitionKey, rowKey);
    if (entity === null) return null;
    return { entity, content: readJsonOf({ table: table.name, rowKey, columns: entity.columns }, 'value', shape) };
  };
  const isHeld = ({ holder, expiresAt }: Content): boolean => holder !== '' && Date.parse(expiresAt) > clock.nowMs();

  const write = async (before: StoredEntity | null, content: Content): Promise<boolean> => {
    const columns = jsonColumn('value', content);
    const result = await table.transact(partitionKey, [
      before === null ? { kind: 'create', rowKey, columns } : { kind: 'replace', rowKey, columns, etag: before.etag },
    ]);
    if (result.kind === 'done') return true;
    // A write whose answer was lost meets itself when the SDK repeats it.
    return (await read())?.content.holder === content.holder;
  };

  return {
    take: async (durationMs) => {
      const before = await read();
      if (before !== null && isHeld(before.content)) return null;
      const holder = newId();
      const expiresAt = new Date(clock.nowMs() + durationMs).toISOString();
      if (!(await write(before?.entity ?? null, { holder, expiresAt }))) return null;
      return {
        release: async () => {
          const now = await read();
          if (now?.content.holder !== holder) return;
          await write(now.entity, { holder: '', expiresAt });
        },
      };
    },
    wasAbandoned: async () => {
      const now = await read();
      return now !== null && now.content.holder !== '' && !isHeld(now.content);
    },
  };
};
