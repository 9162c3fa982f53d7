import type { World } from './world.js';

/** Requests and table operations since the last look, under the keys of a cycle's counts. */
export const createRequestCounter = (world: Pick<World, 'requestCounts' | 'state'>) => {
  const read = () => ({ ...world.requestCounts(), table: world.state.operationCount() });
  let before = read();
  return {
    take(): Readonly<Record<string, number>> {
      const now = read();
      const taken = {
        graphRequests: now.graph - before.graph,
        zoomRequests: now.zoom - before.zoom,
        tableOperations: now.table - before.table,
      };
      before = now;
      return taken;
    },
  };
};
