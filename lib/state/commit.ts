import type { JobStore, Lease, PageCommit, State } from '../engine/state.js';
import { stateDefect } from './faults.js';

type Stores = Pick<State, 'objects' | 'edges' | 'records'> & { readonly jobs: JobStore };

/**
 * Writes a page. Each step waits for the one before and is safe to repeat, so that a kill between any two replays work
 * and skips none: child rows with their pending mark, edges from above, log records, rows that clear intents, and last
 * the checkpoint. A lease that is lost already writes nothing.
 */
export const commitPage = async (stores: Stores, page: PageCommit, lease: Lease | null): Promise<'done' | 'fenced'> => {
  const { touches = [], records = [], objects = [], checkpoint } = page;
  if (lease?.isLost() === true) return 'fenced';
  if (checkpoint !== undefined && lease === null) throw stateDefect('A checkpoint needs the lease.');
  if (touches.length > 0) {
    await stores.objects.update(touches.map((touch) => touch.change));
    await stores.edges.upsert(touches.flatMap((touch) => touch.upserts));
    await stores.edges.remove(touches.flatMap((touch) => touch.removals));
  }
  if (records.length > 0) await stores.records.append(records);
  if (objects.length > 0) await stores.objects.update(objects);
  return checkpoint === undefined || lease === null ? 'done' : stores.jobs.checkpoint(lease, checkpoint);
};
