/** The candidate that takes the fewest edits, a difference of case alone being a tenth of one; null where nothing is near. */
export function findNearestName(name: string, candidates: Iterable<string>): string | null {
  const budget = Math.max(1.5, name.length / 3);
  let nearest: string | null = null;
  let fewest = budget;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > budget) continue;
    const edits = countEdits(name, candidate);
    if (edits < fewest || (edits === fewest && nearest === null)) {
      nearest = candidate;
      fewest = edits;
    }
  }
  return nearest;
}

/** Levenshtein's distance over at most 100 characters, two neighbours that changed places counting as one edit. */
function countEdits(left: string, right: string): number {
  const from = left.slice(0, 100);
  const to = right.slice(0, 100);
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const substitute = at(previous, column - 1) + substitutionCost(from.charAt(row - 1), to.charAt(column - 1));
      const isSwapped = from[row - 2] === to[column - 1] && from[row - 1] === to[column - 2];
      const swap = isSwapped ? at(beforePrevious, column - 2) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(at(previous, column) + 1, at(current, column - 1) + 1, substitute, swap));
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, to.length);
}

function substitutionCost(left: string, right: string): number {
  if (left === right) return 0;
  return left.toLowerCase() === right.toLowerCase() ? 0.1 : 1;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
