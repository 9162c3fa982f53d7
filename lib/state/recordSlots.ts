import type { RecordPath } from '../engine/logReading.js';
import { encodeKey } from './keys.js';
import { type Partitions, recordTablePrefix } from './names.js';
import { dayOf } from './recordKeys.js';
import type { Table, Tables } from './tables.js';
import type { Slot, Stream } from './timeline.js';

const dayMs = 24 * 60 * 60 * 1_000;

/** One table of the log. Instants in milliseconds, both ends included. */
export interface Month {
  readonly table: Table;
  readonly fromMs: number;
  readonly toMs: number;
}

const monthName = new RegExp(`^${recordTablePrefix}(\\d{4})(\\d{2})$`);

/** The months of which there are records of any job, newest first. */
export const listMonths = async (tables: Tables): Promise<readonly Month[]> => {
  const names = await tables.list(recordTablePrefix);
  return names.toReversed().flatMap((name): Month[] => {
    const [, year, month] = monthName.exec(name) ?? [];
    if (year === undefined || month === undefined) return [];
    const fromMs = Date.UTC(Number(year), Number(month) - 1, 1);
    return [{ table: tables.table(name), fromMs, toMs: Date.UTC(Number(year), Number(month), 1) - 1 }];
  });
};

/** The days of a month, newest first, each with its partition. */
export const daysOf = ({ table, fromMs, toMs }: Month, partitions: Partitions): readonly Slot[] => {
  const days: Slot[] = [];
  for (let startMs = toMs + 1 - dayMs; startMs >= fromMs; startMs -= dayMs) {
    const partitionKey = partitions.recordsByDay(dayOf(startMs));
    days.push({ fromMs: startMs, toMs: startMs + dayMs - 1, streams: [{ table, partitionKey, prefix: '' }] });
  }
  return days;
};

const streamsOf = (path: Exclude<RecordPath, { kind: 'day' }>, table: Table, partitions: Partitions): Stream[] => {
  switch (path.kind) {
    case 'cycle':
      return path.cycleIds.map((id) => ({ table, partitionKey: partitions.recordsByCycle(id), prefix: '' }));
    case 'object':
      return path.sourceIds.map((id) => ({
        table,
        partitionKey: partitions.recordsByObject,
        prefix: `${encodeKey(id)}|`,
      }));
  }
};

/** Where the records of a path lie, newest first. */
export const slotsOf = (path: RecordPath, months: readonly Month[], partitions: Partitions): readonly Slot[] =>
  months.flatMap((month): readonly Slot[] =>
    path.kind === 'day'
      ? daysOf(month, partitions)
      : [{ fromMs: month.fromMs, toMs: month.toMs, streams: streamsOf(path, month.table, partitions) }],
  );
