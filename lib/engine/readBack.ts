import type { TargetAccount } from './model.js';
import type { GetResult, Target } from './ports.js';

/** The account as the answer to a write showed it, or, where it did not, as it stands. */
export const readBack = async (
  answered: TargetAccount | null,
  target: Target,
  targetId: string,
  signal: AbortSignal,
): Promise<GetResult> => (answered ? { kind: 'found', account: answered } : target.readUser(targetId, signal));
