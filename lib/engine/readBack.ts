import type { TargetAccount } from './model.js';
import type { Target } from './ports.js';

/** The account as it stands, where an answer did not show it; null where it cannot be read either. */
export const readBack = async (
  target: Target,
  targetId: string,
  signal: AbortSignal,
): Promise<TargetAccount | null> => {
  const read = await target.readUser(targetId, signal);
  return read.kind === 'found' ? read.account : null;
};
