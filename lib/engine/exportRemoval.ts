import { notDeactivatable } from './faults.js';
import type { Effect } from './outcome.js';
import { readBack } from './readBack.js';
import type { Link } from './stored.js';
import type { ExportContext, RemovalTask } from './task.js';

/** Disables or deletes, and believes only what the target holds afterwards. An account that is gone needs nothing more. */
export const removeAccount = async (
  task: RemovalTask,
  link: Link,
  context: ExportContext,
  signal: AbortSignal,
): Promise<Effect> => {
  const { target } = context.world;
  if (task.operation === 'delete') {
    const deleted = await target.deleteUser(task.targetId, signal);
    return deleted.kind === 'stored' || deleted.kind === 'gone'
      ? { kind: 'removed', operation: 'delete', link: null }
      : { kind: 'failed', fault: deleted.fault };
  }
  if (task.isRepeated && (await isInactive(task.targetId, context, signal))) {
    return { kind: 'removed', operation: 'disable', link: { ...link, state: 'disabled' } };
  }
  const result = await target.setUserActive(task.targetId, false, signal);
  if (result.kind === 'gone') return { kind: 'removed', operation: 'disable', link: { ...link, state: 'disabled' } };
  if (result.kind !== 'stored') return { kind: 'failed', fault: result.fault };
  const seen = await readBack(result.account, target, task.targetId, signal);
  if (seen.kind === 'fault') return { kind: 'failed', fault: { ...seen.fault, outcomeUnknown: true } };
  const isStillActive = seen.kind === 'notBelonging' || (seen.kind === 'found' && seen.account.active);
  if (isStillActive) return { kind: 'failed', fault: notDeactivatable };
  return { kind: 'removed', operation: 'disable', link: { ...link, state: 'disabled' } };
};

const isInactive = async (targetId: string, { world }: ExportContext, signal: AbortSignal): Promise<boolean> => {
  const read = await world.target.readUser(targetId, signal);
  return read.kind === 'found' && !read.account.active;
};
