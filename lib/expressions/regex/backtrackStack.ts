/** What to do on a failure: try another way, give back one unit of a run, or undo a register. */
export const entry = { way: 0, run: 1, runBehind: 2, undo: 3 } as const;

const smallest = 3 * 16;
const largestKept = 3 * 4096;

/**
 * The matcher's stack, three words an entry: for `way` position and address, for runs the position, its limit and the address behind the
 * run, for `undo` the old value and the register. It grows on demand; the step budget bounds it.
 */
export class BacktrackStack {
  words = new Int32Array(smallest);
  height = 0;

  push(first: number, second: number, kind: number, target: number): void {
    if (this.height + 3 > this.words.length) this.grow();
    const { words, height } = this;
    words[height] = first;
    words[height + 1] = second;
    words[height + 2] = target * 4 + kind;
    this.height = height + 3;
  }

  /** Drops the ways out since `height`, and keeps what undoes registers: a failure further left still needs it. */
  commit(height: number): void {
    const { words } = this;
    let kept = height;
    for (let from = height; from < this.height; from += 3) {
      if ((words[from + 2] ?? 0) % 4 !== entry.undo) continue;
      words.copyWithin(kept, from, from + 3);
      kept += 3;
    }
    this.height = kept;
  }

  /** Empties the stack, and gives back the memory of an unusual match. */
  clear(): void {
    this.height = 0;
    if (this.words.length > largestKept) this.words = new Int32Array(smallest);
  }

  private grow(): void {
    const grown = new Int32Array(this.words.length * 2);
    grown.set(this.words);
    this.words = grown;
  }
}
