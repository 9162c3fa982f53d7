import type { CompiledMapping } from '../../mapping/compiled.js';
import type { Match, TargetAccount } from '../model.js';
import type { Target } from '../ports.js';
import { compareAccount } from '../reconcile/compareAccount.js';
import type { Link } from '../stored.js';

/** The account as it was seen on the way, for the person who watches. */
export interface TargetSight {
  account: TargetAccount | null;
}

/**
 * Looks at a linked account. Where it holds what the link says, the link decides as in a cycle, so that what Zoom would
 * not take is not sent again; where somebody changed it in Zoom, what it holds decides.
 */
export const lookAtLinked =
  (sight: TargetSight, target: Pick<Target, 'readUser'>, mapping: CompiledMapping) =>
  async (link: Link, signal: AbortSignal): Promise<Match> => {
    const read = await target.readUser(link.targetId, signal);
    switch (read.kind) {
      case 'found': {
        sight.account = read.account;
        const isAsKnown = compareAccount(link, read.account, mapping) === null;
        return { kind: 'linked', targetId: link.targetId, account: isAsKnown ? null : read.account };
      }
      case 'gone':
      case 'notBelonging':
        return { kind: 'vanished', targetId: link.targetId };
      case 'fault':
        return read;
    }
  };
