import { type Columns, endOfPrefix, type KeyRange, type StoredEntity, type Table } from './tables.js';

/** One table of the job, and the partition that lies over it. */
export interface OverlayRange {
  readonly base: Table;
  readonly overlay: Table;
  readonly partitionKey: string;
}

/** Every row that a preview writes in place of the job's begins so. */
export const workingPrefix = 'row!';

/** `!` comes out of no encoded key, so that no two partitions run into each other. */
export const overlayPrefix = (table: string, basePartition: string): string =>
  `${workingPrefix}${table}!${basePartition}!`;

/** Stands where the preview deleted a row of the job. */
export const withdrawn: Columns = { previewRemoved: 'true' };
export const isWithdrawn = ({ columns }: StoredEntity): boolean => columns['previewRemoved'] !== undefined;

export interface OverlaidRow {
  readonly row: StoredEntity;
  readonly isOver: boolean;
}

interface OverlaidPage {
  readonly rows: readonly OverlaidRow[];
  readonly after: string | null;
}

const maxPageRows = 1_000;

/** A page of both, as if they were one partition: filled up to `limit`, or to the end. */
export const queryOverlaid = async (parts: OverlayRange, range: KeyRange, limit: number): Promise<OverlaidPage> => {
  const most = Math.min(limit, maxPageRows);
  const rows: OverlaidRow[] = [];
  let after = range.after ?? null;
  do {
    const page = await queryOnce(parts, { ...range, after }, most);
    rows.push(...page.rows);
    after = page.after;
  } while (after !== null && rows.length < most);
  if (rows.length <= most) return { rows, after };
  const kept = rows.slice(0, most);
  return { rows: kept, after: kept.at(-1)?.row.rowKey ?? null };
};

/** What both say up to the key that both were read to. */
const queryOnce = async (
  { base, overlay, partitionKey }: OverlayRange,
  range: KeyRange,
  limit: number,
): Promise<OverlaidPage> => {
  const prefix = overlayPrefix(base.name, range.partitionKey);
  const [over, under] = await Promise.all([
    overlay.query(
      {
        partitionKey,
        from: `${prefix}${range.from ?? ''}`,
        before: range.before === undefined ? endOfPrefix(prefix) : `${prefix}${range.before}`,
        after: range.after == null ? null : `${prefix}${range.after}`,
      },
      limit,
    ),
    base.query(range, limit),
  ]);
  const overAfter = over.after === null ? null : over.after.slice(prefix.length);
  const ends = [overAfter, under.after].filter((end) => end !== null).sort();
  const end = ends[0] ?? null;
  const merged = new Map<string, OverlaidRow>();
  for (const row of under.rows) merged.set(row.rowKey, { row, isOver: false });
  for (const row of over.rows) {
    const rowKey = row.rowKey.slice(prefix.length);
    merged.set(rowKey, { row: { ...row, rowKey }, isOver: true });
  }
  const rows = [...merged.values()]
    .filter(({ row, isOver }) => (end === null || row.rowKey <= end) && !(isOver && isWithdrawn(row)))
    .sort((a, b) => (a.row.rowKey < b.row.rowKey ? -1 : 1));
  return { rows, after: end };
};
