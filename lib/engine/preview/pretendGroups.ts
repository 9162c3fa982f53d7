import type { TargetAccount, Values } from '../model.js';
import type { FindResult, GetResult, TargetGroups, WriteResult } from '../ports.js';
import { pretendIdPrefix } from './operationOf.js';
import { groupGone, groupNameTaken } from './pretendFaults.js';
import type { PretendAccounts, SearchKey } from './previewStore.js';

export interface PretendGroupOptions {
  readonly groups: TargetGroups;
  readonly accounts: PretendAccounts;
  readonly newId: () => string;
}

/** Groups and accounts are searched apart. */
const keyOf = (displayName: string): SearchKey => ({ path: 'group displayName', value: displayName.toLowerCase() });

/** The groups of a target that is only read. A change of members is answered as done: the target does not show them. */
export const createPretendGroups = ({ groups, accounts, newId }: PretendGroupOptions): TargetGroups => {
  const readGroup: TargetGroups['readGroup'] = async (targetId, signal) => {
    const written = await accounts.read(targetId);
    if (written === null) return groups.readGroup(targetId, signal);
    return written.kind === 'held' ? { kind: 'found', account: written.account } : { kind: 'gone' };
  };

  const findGroup: TargetGroups['findGroup'] = async (displayName, signal) => {
    const asked = await groups.findGroup(displayName, signal);
    if (asked.kind === 'fault') return asked;
    const hits = new Map<string, TargetAccount | null>();
    for (const one of await accounts.find(keyOf(displayName))) {
      if (one.kind === 'held' && isNamed(one.account, displayName)) hits.set(one.account.id, one.account);
    }
    for (const id of idsOf(asked)) {
      if ((await accounts.read(id)) === null) hits.set(id, asked.kind === 'one' ? asked.account : null);
    }
    if (hits.size === 0) return { kind: 'none' };
    const [only] = hits.values();
    return hits.size === 1 && only ? { kind: 'one', account: only } : { kind: 'several', targetIds: [...hits.keys()] };
  };

  const store = async (id: string, displayName: string): Promise<WriteResult> => {
    const resource = { id, displayName };
    const account = { id, userName: displayName, active: true, resource, complete: true };
    await accounts.put({ kind: 'held', account }, [keyOf(displayName)]);
    return { kind: 'stored', account, targetId: id };
  };

  const refuseName = async (name: string, ownId: string | null, signal: AbortSignal): Promise<WriteResult | null> => {
    const found = await findGroup(name, signal);
    if (found.kind === 'fault') return found;
    const isFree = found.kind === 'none' || (found.kind === 'one' && found.account.id === ownId);
    return isFree ? null : { kind: 'conflict', fault: groupNameTaken };
  };

  return {
    findGroup,
    readGroup,
    listGroups: groups.listGroups,
    createGroup: async (values, signal) => {
      const name = nameIn(values, '');
      return (await refuseName(name, null, signal)) ?? store(`${pretendIdPrefix}${newId()}`, name);
    },
    updateGroup: async (targetId, values, signal) => {
      const read = await readGroup(targetId, signal);
      if (read.kind !== 'found') return refusalOf(read);
      const name = nameIn(values, read.account.userName);
      return (await refuseName(name, targetId, signal)) ?? store(targetId, name);
    },
    deleteGroup: async (targetId, signal) => {
      const read = await readGroup(targetId, signal);
      if (read.kind !== 'found') return refusalOf(read);
      await accounts.put({ kind: 'deleted', id: targetId }, []);
      return { kind: 'stored', account: null, targetId };
    },
    changeMembers: async (targetId, _change, signal) => {
      const read = await readGroup(targetId, signal);
      return read.kind === 'found' ? { kind: 'stored', account: null, targetId } : refusalOf(read);
    },
  };
};

const nameIn = (values: Values, otherwise: string): string => {
  const { displayName } = values;
  return typeof displayName === 'string' ? displayName : otherwise;
};

const isNamed = ({ userName }: TargetAccount, name: string): boolean => userName.toLowerCase() === name.toLowerCase();

const idsOf = (asked: FindResult): readonly string[] =>
  asked.kind === 'one' ? [asked.account.id] : asked.kind === 'several' ? asked.targetIds : [];

const refusalOf = (read: Exclude<GetResult, { kind: 'found' }>): WriteResult =>
  read.kind === 'fault' ? read : { kind: 'gone', fault: groupGone };
