import { createHash } from 'node:crypto';
import { endlessList } from './faults.js';
import { FaultError } from './model.js';

/** Where a walk along the links of one round remembers to have been. Links hold tokens: only a hash is kept. */
export interface LinkWalk {
  readonly anchor: string;
  /** Links since the anchor, and after how many of them the anchor moves on. */
  readonly steps: number;
  readonly limit: number;
}

/**
 * One link further, or `circle` where the walk has come back: a stream may lead from page to page for ever without
 * naming the same page twice in a row. Brent's cycle detection: what is kept does not grow with the pages.
 */
export const walkTo = (link: string, walk: LinkWalk | null): LinkWalk | 'circle' => {
  const seen = createHash('sha256').update(link).digest('base64url').slice(0, 22);
  if (walk === null) return { anchor: seen, steps: 0, limit: 1 };
  if (walk.anchor === seen) return 'circle';
  const steps = walk.steps + 1;
  return steps < walk.limit ? { ...walk, steps } : { anchor: seen, steps: 0, limit: 2 * walk.limit };
};

/** Looks at each link of a list that is read in one go. Throws `FaultError` with code `ListLoop`. */
export const watchLinks = (): ((link: string | null) => string | null) => {
  let walk: LinkWalk | null = null;
  return (link) => {
    if (link === null) return null;
    const next = walkTo(link, walk);
    if (next === 'circle') throw new FaultError(endlessList);
    walk = next;
    return link;
  };
};
