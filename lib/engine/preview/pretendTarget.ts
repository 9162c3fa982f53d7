import type { CompiledMapping } from '../../mapping/compiled.js';
import { readScimValues } from '../../mapping/scimPath.js';
import type { TargetAccount } from '../model.js';
import type { FindResult, GetResult, Target } from '../ports.js';
import { createPretendGroups } from './pretendGroups.js';
import { createPretendWrites } from './pretendWrites.js';
import type { PretendAccounts } from './previewStore.js';

/** Names that the target was seen not to hold; asked for once. */
const rememberedNames = 10_000;

export interface PretendOptions {
  readonly target: Target;
  readonly accounts: PretendAccounts;
  readonly mapping: Pick<CompiledMapping, 'matching' | 'unique'>;
  readonly newId: () => string;
}

/**
 * A target that is only read. A write is answered as Zoom would answer it: what was asked is stored, in `accounts`, and
 * seen by every read from then on; a name that is taken is refused, an account that is gone is gone. What only Zoom can
 * know (seats, invitations, administrators) is taken to go well.
 */
export const createPretendTarget = ({ target, accounts, mapping, newId }: PretendOptions): Target => {
  const absent = new Set<string>();

  const askTarget = async (path: string, value: string, signal: AbortSignal): Promise<FindResult> => {
    const name = `${path.toLowerCase()} ${value.toLowerCase()}`;
    if (absent.has(name)) return { kind: 'none' };
    const result = await target.findUser(path, value, signal);
    if (absent.size >= rememberedNames) absent.clear();
    if (result.kind === 'none') absent.add(name);
    return result;
  };

  const findUser: Target['findUser'] = async (path, value, signal) => {
    const asked = await askTarget(path, value, signal);
    if (asked.kind === 'fault') return asked;
    const written = await accounts.find({ path, value });
    const hits = new Map<string, TargetAccount | null>();
    for (const one of written) {
      if (one.kind === 'held' && holds(one.account, path, value)) hits.set(one.account.id, one.account);
    }
    const seen = asked.kind === 'one' ? [asked.account.id] : asked.kind === 'several' ? asked.targetIds : [];
    for (const id of seen) {
      if ((await accounts.read(id)) === null) hits.set(id, asked.kind === 'one' ? asked.account : null);
    }
    if (hits.size === 0) return asked.kind === 'pendingOrForeign' ? asked : { kind: 'none' };
    const [only] = hits.values();
    return hits.size === 1 && only ? { kind: 'one', account: only } : { kind: 'several', targetIds: [...hits.keys()] };
  };

  const readUser = async (targetId: string, signal: AbortSignal): Promise<GetResult> => {
    const written = await accounts.read(targetId);
    if (written === null) return target.readUser(targetId, signal);
    return written.kind === 'held' ? { kind: 'found', account: written.account } : { kind: 'gone' };
  };

  return {
    checkUserValues: target.checkUserValues,
    findUser,
    readUser,
    listUsers: target.listUsers,
    ...createPretendWrites({ findUser, readUser, accounts, mapping, newId }),
    groups: createPretendGroups({ groups: target.groups, accounts, newId }),
  };
};

/** User names are compared without case, as Zoom does. */
const holds = (account: TargetAccount, path: string, value: string): boolean => {
  const held = path.toLowerCase() === 'username' ? [account.userName] : readScimValues(account.resource, path);
  return held.some((one) => String(one).toLowerCase() === value.toLowerCase());
};
