import { DirectoryError } from '../../lib/sandbox/graph/directory/errors.js';
import { basicRoleId, domain, licensedRoleId, type Surroundings } from '../fakes/surroundings.js';
import type { DeletedStep, GroupStep, JoinStep, LiveStep, TenantStep } from './step.js';

export const partnerDomain = 'partner.example';
const names = ['ada', 'ben', 'cem', 'dia', 'eve', 'fay', 'gil', 'hal'];
const departments = ['Sales', 'Legal', 'Finance'];
const roles = { licensed: licensedRoleId, basic: basicRoleId } as const;
const groupNames = ['Everybody', 'Project', 'Reserve', 'Team', 'Branch'];

/** The tenant of a history, changed step by step. */
export interface Company {
  /** What happened, in words; null where it could not happen. */
  apply(step: TenantStep): string | null;
  nameOf(principalId: string): string;
  /** Anybody who ever joined. */
  anybody(index: number): string;
}

/** One person is assigned at all times: a list without anybody is a fault of its own. */
export const createCompany = ({ graph }: Pick<Surroundings, 'graph'>): Company => {
  const { dir } = graph;
  const ids: string[] = [];
  const groupIds = groupNames.map((displayName) => dir.createGroup({ displayName, securityEnabled: true }));

  const addressOf = (id: string): string => dir.user(id)?.properties.userPrincipalName ?? '';
  const shown = (id: string): string => `${dir.user(id)?.properties.surname ?? id} (${addressOf(id).split('@')[0]})`;
  const live = (): string[] => ids.filter((id) => dir.user(id)?.deletedAtMs === null);
  const deleted = (): string[] => ids.filter((id) => typeof dir.user(id)?.deletedAtMs === 'number');
  const choose = (from: readonly string[], index: number): string | undefined => from[index % from.length];
  const isTaken = (address: string): boolean => live().some((id) => addressOf(id) === address);
  const freeAddress = (name: number, at: string): string => {
    for (let round = 0; ; round += 1) {
      const suffix = round === 0 ? '' : String(round + 1);
      const address = `${names[name % names.length]}${suffix}@${at}`;
      if (!isTaken(address)) return address;
    }
  };
  const hire = (address: string, department = 'Sales'): string => {
    const surname = `P${String(ids.length + 1).padStart(2, '0')}`;
    const givenName = address.split('@')[0] ?? '';
    const id = dir.createUser({
      userPrincipalName: address,
      mail: address,
      displayName: `${givenName} ${surname}`,
      givenName,
      surname,
      department,
    });
    ids.push(id);
    return id;
  };
  const groupShown = (id: string): string => `'${dir.group(id)?.properties.displayName ?? id}'`;
  const liveGroups = (): string[] => groupIds.filter((id) => dir.group(id)?.deletedAtMs === null);
  const deletedGroups = (): string[] => groupIds.filter((id) => typeof dir.group(id)?.deletedAtMs === 'number');

  const join = (step: JoinStep): string | null => {
    const id = hire(freeAddress(step.name, step.isGuest ? partnerDomain : domain));
    const group = choose(liveGroups(), step.group);
    const isAssigned = step.how === 'assigned' || step.how === 'both';
    if (isAssigned) dir.assign({ principalId: id, appRoleId: roles[step.role] });
    const enters = group !== undefined && (step.how === 'inGroup' || step.how === 'both');
    if (enters) dir.addMember(group, id);
    const ways = [...(isAssigned ? [`assigned ${step.role}`] : []), ...(enters ? [`in ${groupShown(group)}`] : [])];
    return `${shown(id)} joins${step.isGuest ? ' as a guest' : ''}, ${ways.join(' and ') || 'without a path to the app'}`;
  };

  const anchor = hire(`anchor@${domain}`);
  dir.assign({ principalId: anchor, appRoleId: licensedRoleId });
  // Two of the groups lead to the application from the beginning.
  for (const [index, role] of (['licensed', 'basic'] as const).entries()) {
    dir.assign({ principalId: groupIds[index] ?? '', appRoleId: roles[role] });
  }
  const movable = (): string[] => live().filter((id) => id !== anchor);

  const change = (step: TenantStep): string | null => {
    switch (step.kind) {
      case 'join':
        return join(step);
      case 'assignGroup':
      case 'unassignGroup':
      case 'deleteGroup':
      case 'restoreGroup':
      case 'purgeGroup':
      case 'nest':
      case 'unnest':
      case 'renameGroup':
        return changeGroup(step);
      case 'restore':
      case 'purge':
      case 'recreate':
        return changeDeleted(step);
      default: {
        const id = choose(movable(), step.who);
        return id === undefined ? null : changeLive(step, id);
      }
    }
  };

  const changeGroup = (step: GroupStep): string | null => {
    const id = choose(isOfBin(step) ? deletedGroups() : liveGroups(), step.group);
    if (id === undefined) return null;
    const text = groupShown(id);
    switch (step.kind) {
      case 'assignGroup':
        dir.assign({ principalId: id, appRoleId: roles[step.role] });
        return `group ${text} is assigned ${step.role}`;
      case 'unassignGroup':
        dir.unassign({ principalId: id });
        return `group ${text} is unassigned`;
      case 'deleteGroup':
        dir.deleteGroup(id);
        return `group ${text} is deleted`;
      case 'renameGroup': {
        const displayName = `${groupNames[groupIds.indexOf(id)]} ${step.name}`;
        dir.updateGroup(id, { displayName });
        return `group ${text} is renamed to '${displayName}'`;
      }
      case 'restoreGroup':
        dir.restoreGroup(id);
        return `group ${text} is restored`;
      case 'purgeGroup':
        dir.purgeGroup(id);
        return `group ${text} is purged`;
      case 'nest':
      case 'unnest':
        return changeNesting(step.kind, id, choose(liveGroups(), step.into) ?? id);
    }
  };

  const changeNesting = (kind: 'nest' | 'unnest', id: string, into: string): string => {
    if (kind === 'nest') dir.addMember(into, id);
    else dir.removeMember(into, id);
    return `group ${groupShown(id)} ${kind === 'nest' ? 'enters' : 'leaves'} group ${groupShown(into)}`;
  };

  const changeDeleted = (step: DeletedStep): string | null => {
    const id = choose(deleted(), step.who);
    if (id === undefined) return null;
    const text = shown(id);
    switch (step.kind) {
      case 'restore':
        dir.restoreUser(id);
        return `${text} is restored`;
      case 'purge':
        dir.purgeUser(id);
        return `${text} is purged`;
      case 'recreate': {
        if (isTaken(addressOf(id))) return null;
        const created = hire(addressOf(id));
        dir.assign({ principalId: created, appRoleId: licensedRoleId });
        return `${shown(created)} is created anew, with the name that ${text} had, and assigned`;
      }
    }
  };

  const changeLive = (step: LiveStep, id: string): string | null => {
    const text = shown(id);
    const at = addressOf(id).split('@')[1] ?? domain;
    switch (step.kind) {
      case 'rename': {
        const address = freeAddress(step.name, at);
        dir.updateUser(id, { userPrincipalName: address, mail: address, givenName: address.split('@')[0] ?? '' });
        return `${text} is renamed to ${address}`;
      }
      case 'handOver': {
        const freed = addressOf(id);
        const address = freeAddress(step.name, at);
        dir.updateUser(id, { userPrincipalName: address, mail: address });
        const created = hire(freed);
        dir.assign({ principalId: created, appRoleId: licensedRoleId });
        return `${text} is renamed to ${address}, and ${shown(created)} is hired under the old name, assigned`;
      }
      case 'swap': {
        const other = choose(movable(), step.other);
        if (other === undefined || other === id || addressOf(other).split('@')[1] !== at) return null;
        const otherText = shown(other);
        dir.swapUserPrincipalNames(id, other);
        return `${text} and ${otherText} swap their names`;
      }
      case 'manage': {
        const manager = choose(movable(), step.other);
        const managerId = manager === undefined || manager === id ? null : manager;
        dir.setManager(id, managerId);
        return `${text} reports to ${managerId === null ? 'nobody' : shown(managerId)}`;
      }
      case 'move':
        dir.updateUser(id, { department: departments[step.department] ?? 'Sales' });
        return `${text} moves to ${departments[step.department]}`;
      case 'block':
      case 'unblock':
        dir.updateUser(id, { accountEnabled: step.kind === 'unblock' });
        return `${text} is ${step.kind}ed`;
      case 'delete':
        dir.deleteUser(id);
        return `${text} is deleted`;
      case 'assign':
        dir.assign({ principalId: id, appRoleId: roles[step.role] });
        return `${text} is assigned ${step.role}`;
      case 'unassign':
        dir.unassign({ principalId: id });
        return `${text} is unassigned`;
      case 'changeRole':
        dir.unassign({ principalId: id });
        dir.assign({ principalId: id, appRoleId: roles[step.role] });
        return `${text} gets the role ${step.role} instead`;
      case 'enter':
      case 'leave': {
        const group = choose(liveGroups(), step.group);
        if (group === undefined) return null;
        if (step.kind === 'enter') dir.addMember(group, id);
        else dir.removeMember(group, id);
        return `${text} ${step.kind === 'enter' ? 'enters' : 'leaves'} ${groupShown(group)}`;
      }
    }
  };

  return {
    anybody: (index) => choose(ids, index) ?? anchor,
    nameOf: (id) => (groupIds.includes(id) ? `group ${groupShown(id)}` : shown(id)),
    apply(step) {
      try {
        return change(step);
      } catch (error) {
        // What the directory refuses (assigned already, not a member) does not happen.
        if (error instanceof DirectoryError) return null;
        throw error;
      }
    },
  };
};

const isOfBin = ({ kind }: GroupStep): boolean => kind === 'restoreGroup' || kind === 'purgeGroup';
