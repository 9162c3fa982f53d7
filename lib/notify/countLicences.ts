import type { LicenceCounts } from '../engine/incidents.js';
import type { ObjectStore, StoredObject } from '../engine/state.js';

const userType = 'userType';
const shortCodes: ReadonlySet<string> = new Set(['LicenseLimitExceeded', 'BasicUserLimit']);

/** Counts our own active links by licence, page by page; accounts that are not ours nobody tells. */
export const countLicences = async (
  objects: Pick<ObjectStore, 'list'>,
  countedAt: string,
  signal: AbortSignal,
): Promise<LicenceCounts> => {
  let counts = { licensed: 0, basic: 0, short: 0 };
  let cursor: string | null = null;
  do {
    signal.throwIfAborted();
    const page = await objects.list(cursor);
    counts = page.rows.reduce(addRow, counts);
    cursor = page.cursor;
  } while (cursor !== null);
  return { ...counts, countedAt };
};

type Sums = Omit<LicenceCounts, 'countedAt'>;

const addRow = (sums: Sums, { row }: StoredObject): Sums => {
  const { link, pending } = row;
  const isRefused = shortCodes.has(pending?.fault?.code ?? '');
  if (link?.state !== 'active') return isRefused ? { ...sums, short: sums.short + 1 } : sums;
  const { [userType]: held } = link.held;
  const { [userType]: asked } = link.asked;
  const isLess = asked !== undefined && held !== undefined && asked !== held;
  return {
    licensed: sums.licensed + (held === 'Licensed' ? 1 : 0),
    basic: sums.basic + (held === 'Basic' ? 1 : 0),
    short: sums.short + (isLess || isRefused ? 1 : 0),
  };
};
