import pLimit from 'p-limit';

/** Runs `work` over chunks of the distinct items, a bounded number at a time; the first failure stops the rest. */
export type RunInChunks = <Item, Result>(
  items: readonly Item[],
  work: (chunk: readonly Item[], signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal,
) => Promise<readonly Result[]>;

/** All calls of what it returns share the one bound. */
export const createChunkRunner = (chunkSize: number, concurrency: number): RunInChunks => {
  const limit = pLimit(concurrency);
  return async (items, work, signal) => {
    const distinct = [...new Set(items)];
    const chunks = Array.from({ length: Math.ceil(distinct.length / chunkSize) }, (_, index) =>
      distinct.slice(index * chunkSize, (index + 1) * chunkSize),
    );
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    try {
      return await limit.map(chunks, async (chunk) => {
        either.throwIfAborted();
        return work(chunk, either);
      });
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  };
};
