import type { TargetAccount } from '../model.js';
import type { FindResult, GetResult, TargetGroups } from '../ports.js';
import { pretendIdPrefix } from './operationOf.js';
import { accountGone, nameTaken } from './pretendFaults.js';
import type { PretendAccounts } from './previewStore.js';

/** Where groups stand among what the preview wrote: other services than Zoom number users and groups alike. */
const prefix = 'group:';
const namePath = 'displayName of a group';

export interface PretendGroupsOptions {
  readonly groups: TargetGroups;
  readonly accounts: PretendAccounts;
  readonly newId: () => string;
}

/** Groups that are only read: what would be written is seen by every read from then on, as with accounts. */
export const createPretendGroups = ({ groups, accounts, newId }: PretendGroupsOptions): TargetGroups => {
  const findGroup = async (name: string, signal: AbortSignal): Promise<FindResult> => {
    const asked = await groups.findGroup(name, signal);
    if (asked.kind !== 'none' && asked.kind !== 'one') return asked;
    const written = await accounts.find({ path: namePath, value: name });
    const hits = written.flatMap((one) =>
      one.kind === 'held' && isNamed(one.account, name) ? [shown(one.account)] : [],
    );
    if (asked.kind === 'one' && (await accounts.read(prefix + asked.account.id)) === null) hits.push(asked.account);
    const [first, ...others] = hits;
    if (first === undefined) return { kind: 'none' };
    return others.length === 0
      ? { kind: 'one', account: first }
      : { kind: 'several', targetIds: hits.map(({ id }) => id) };
  };
  const readGroup = async (targetId: string, signal: AbortSignal): Promise<GetResult> => {
    const written = await accounts.read(prefix + targetId);
    if (written === null) return groups.readGroup(targetId, signal);
    return written.kind === 'held' ? { kind: 'found', account: shown(written.account) } : { kind: 'gone' };
  };
  const store = async (group: TargetAccount): Promise<void> =>
    accounts.put({ kind: 'held', account: { ...group, id: prefix + group.id } }, [
      { path: namePath, value: group.userName },
    ]);
  return {
    findGroup,
    readGroup,
    listGroups: groups.listGroups,
    createGroup: async (values, signal) => {
      const userName = String(values['displayName'] ?? '');
      const found = await findGroup(userName, signal);
      if (found.kind === 'fault') return found;
      if (found.kind !== 'none') return { kind: 'conflict', fault: nameTaken };
      const id = `${pretendIdPrefix}${newId()}`;
      const account = { id, userName, active: true, resource: { ...values, id }, complete: true };
      await store(account);
      return { kind: 'stored', account, targetId: id };
    },
    updateGroup: async (targetId, values, signal) => {
      const read = await readGroup(targetId, signal);
      if (read.kind === 'fault') return read;
      if (read.kind !== 'found') return { kind: 'gone', fault: accountGone };
      const resource = { ...read.account.resource, ...values };
      await store({ ...read.account, resource, userName: String(resource['displayName'] ?? '') });
      return { kind: 'stored', account: null, targetId };
    },
    deleteGroup: async (targetId, signal) => {
      const read = await readGroup(targetId, signal);
      if (read.kind === 'fault') return read;
      await accounts.put({ kind: 'deleted', id: prefix + targetId }, []);
      return { kind: 'stored', account: null, targetId };
    },
    // Who is in a group Zoom does not show: what is not refused for the group's sake is taken to go well.
    changeMembers: async (targetId) =>
      (await accounts.read(prefix + targetId))?.kind === 'deleted'
        ? { kind: 'gone', fault: accountGone }
        : { kind: 'stored', account: null, targetId },
  };
};

const shown = (group: TargetAccount): TargetAccount => ({ ...group, id: group.id.slice(prefix.length) });

const isNamed = ({ userName }: TargetAccount, name: string): boolean => userName.toLowerCase() === name.toLowerCase();
