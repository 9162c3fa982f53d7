import type { World } from './world.js';

/** Requests sent since the last look, under the keys of a cycle's counts. */
export const createRequestCounter = (world: Pick<World, 'requestCounts'>) => {
  let before = world.requestCounts();
  return {
    take(): Readonly<Record<string, number>> {
      const now = world.requestCounts();
      const taken = { graphRequests: now.graph - before.graph, zoomRequests: now.zoom - before.zoom };
      before = now;
      return taken;
    },
  };
};
