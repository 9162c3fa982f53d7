import { type Fault, FaultError, type Values } from '../model.js';
import type { FindResult, Target, TargetGroups, TargetPage, WriteResult } from '../ports.js';

/** A search that is not by name: nothing is asked. */
const notSearchable: Fault = {
  code: 'FilterNotSupported',
  message: 'Groups can be looked up by displayName only.',
  recommendedAction: 'Match groups on displayName.',
  whose: 'job',
  retry: 'nextCycle',
};

/** A group is never disabled, so that whoever asks has made a mistake. */
const noState: Fault = {
  code: 'InternalError',
  message: 'A group has no state that could be set.',
  recommendedAction: 'Report it with the change id of the log record.',
  whose: 'us',
  retry: 'onChange',
};

const refuse = async (): Promise<WriteResult> => ({ kind: 'fault', fault: noState });

const names: ReadonlySet<string> = new Set(['username', 'displayname']);

/**
 * The target's groups in the place of its accounts, so that a group goes through the same steps as a user. What was sent
 * as the user name of an account is the name of a group.
 */
export const asAccounts = (target: Target): Target => {
  const groups: TargetGroups = target.groups;
  const refused = new Set<string>();
  const find = async (name: string, signal: AbortSignal): Promise<FindResult> => {
    const found = await groups.findGroup(name, signal);
    return found.kind === 'none' && refused.has(name) ? searchList(name, groups, signal) : found;
  };
  const create = async (values: Values, signal: AbortSignal): Promise<WriteResult> => {
    const result = await groups.createGroup(values, signal);
    if (result.kind === 'conflict') refused.add(String(values['displayName']));
    return result;
  };
  return {
    checkUserValues: () => null,
    findUser: async (path, value, signal) =>
      names.has(path.toLowerCase()) ? find(value, signal) : { kind: 'fault', fault: notSearchable },
    readUser: groups.readGroup,
    listUsers: target.listUsers,
    createUser: (values, _active, signal) => create(values, signal),
    updateUser: groups.updateGroup,
    setUserActive: refuse,
    deleteUser: groups.deleteGroup,
    groups,
  };
};

/**
 * A search may tell small letters from capitals where a creation does not: a name that was refused as taken is looked for
 * in the whole list.
 */
const searchList = async (name: string, groups: TargetGroups, signal: AbortSignal): Promise<FindResult> => {
  const wanted = name.toLowerCase();
  let startIndex: number | null = 1;
  try {
    while (startIndex !== null) {
      const page: TargetPage = await groups.listGroups(startIndex, signal);
      const account = page.accounts.find(({ userName }) => userName.toLowerCase() === wanted);
      if (account) return { kind: 'one', account };
      startIndex = page.next;
    }
    return { kind: 'none' };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { kind: 'fault', fault: error.fault };
  }
};
