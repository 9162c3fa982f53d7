import type { Match } from './model.js';
import type { Link } from './stored.js';
import type { World } from './world.js';

/**
 * The account of a pair that a restart let go, where no matching attribute leads to it any more: it is looked at by its
 * id before another is created. An account that has passed to somebody else is not theirs to take back.
 */
export const matchDetached = async (
  link: Link,
  sourceId: string,
  { state, target }: Pick<World, 'state' | 'target'>,
  signal: AbortSignal,
): Promise<Match> => {
  if ((await state.targets.readOwner(link.targetId)) !== sourceId) return { kind: 'none' };
  const read = await target.readUser(link.targetId, signal);
  switch (read.kind) {
    case 'found':
      return { kind: 'found', account: read.account };
    case 'gone':
    case 'notBelonging':
      return { kind: 'none' };
    case 'fault':
      return read;
  }
};
