/** Edits (insert, drop, replace, swap neighbours) from one text to the other, as far as `limit`. */
const countEdits = (from: string, to: string, limit: number): number => {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const replaced = (last[column - 1] ?? 0) + (same ? 0 : 1);
      const shifted = Math.min(last[column] ?? 0, current[column - 1] ?? 0) + 1;
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwap ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(replaced, shifted, swapped));
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? limit + 1;
};

const maxNameLength = 200;

/** The candidate most like `name`, case aside, if it is like enough to be meant; else null. */
export const findNearestName = (name: string, candidates: Iterable<string>): string | null => {
  if (name.length > maxNameLength) return null;
  const wanted = name.toLowerCase();
  let nearest: string | null = null;
  let fewest = Math.max(1, Math.floor(name.length / 3));
  for (const candidate of candidates) {
    const edits = countEdits(wanted, candidate.toLowerCase(), fewest);
    if (edits < fewest || (edits === fewest && nearest === null)) {
      nearest = candidate;
      fewest = edits;
    }
  }
  return nearest;
};
