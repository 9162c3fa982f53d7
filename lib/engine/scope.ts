import type { FilterVerdict } from '../mapping/compiled.js';
import type { Gate, RemovalTrigger, Scope } from './model.js';
import { appParent, type Via } from './stored.js';

/** What scope needs of a group that may lead to the application. */
export interface ScopeGroup {
  readonly displayName: string | null;
  /** Roles on the edge `app → group`, and on those of the assigned groups that it is nested in. */
  readonly roleIds: readonly string[];
  /** On every path from it to the application an edge is missing from the last list or read. */
  readonly isMissing: boolean;
  /** The assigned groups that it is nested in, at any depth. */
  readonly through?: readonly string[];
  /** The group's first round has ended: its edges grant scope. */
  readonly ready: boolean;
  readonly gone: boolean;
  readonly securityEnabled: boolean | null;
}

export interface ScopeInput {
  readonly mode: 'assigned' | 'all';
  readonly via: Readonly<Record<string, Via>>;
  readonly groups: ReadonlyMap<string, ScopeGroup>;
  /** A read that could hold this object's path did not end complete in this cycle. */
  readonly pathsIncomplete: boolean;
  /** The object has an account that is active. */
  readonly hasAccount: boolean;
  readonly life: 'live' | 'softDeleted' | 'hardDeleted';
  /** `accountEnabled` of the source object; null is not known, which blocks nobody. */
  readonly accountEnabled: boolean | null;
  readonly filters: FilterVerdict | null;
}

/**
 * Both gates, assignment and filters, and the account's own state, each with the value it saw. Scope may be granted
 * from incomplete reads but not taken away: then the verdict is `unknown`. An assignment that the last list lacks takes
 * nothing away yet, and gives no account to who has none.
 */
export const evaluateScope = (input: ScopeInput): Scope => {
  const reached = reachRoles(input);
  const gates: Gate[] = [assignmentGate(input, reached)];
  const triggers: RemovalTrigger[] = [];
  const assigned = input.mode === 'all' || reached.paths.length > 0;
  // The directory hides assignments and memberships of who is deleted: that they are missing says nothing more.
  if (input.life === 'live' && !assigned && !input.pathsIncomplete) triggers.push('unassigned');
  gates.push(lifeGate(input.life));
  if (input.life !== 'live') triggers.push(input.life);
  if (input.life === 'live') {
    gates.push({
      name: 'accountEnabled',
      passed: input.accountEnabled !== false,
      detail: `accountEnabled is ${input.accountEnabled ?? 'not known'}`,
    });
    if (input.accountEnabled === false) triggers.push('blocked');
    if (input.filters) {
      gates.push({ name: 'scopingFilter', passed: input.filters.passed, detail: input.filters.detail });
      if (!input.filters.passed) triggers.push('filteredOut');
    }
  }
  const roleIds = [...new Set(reached.roleIds)].sort();
  if (triggers.length > 0) return { verdict: 'out', gates, triggers, roleIds };
  const isGranted = input.mode === 'all' || reached.isCertain || (assigned && input.hasAccount);
  return { verdict: isGranted ? 'in' : 'unknown', gates, triggers, roleIds };
};

interface Reached {
  readonly paths: readonly string[];
  readonly roleIds: readonly string[];
  /** One of the paths at least stood in the last list of assignments. */
  readonly isCertain: boolean;
}

const reachRoles = (input: ScopeInput): Reached => {
  const direct = input.via[appParent] ?? {};
  const paths = Object.keys(direct).length > 0 ? ['assigned directly'] : [];
  const roleIds = Object.keys(direct);
  let isCertain = !isMissing(direct) && paths.length > 0;
  for (const parent of Object.keys(input.via)) {
    const group = parent === appParent ? undefined : input.groups.get(parent);
    const edge = input.via[parent] ?? {};
    if (!group || !grants(group, edge)) continue;
    paths.push(describePath(parent, group.through ?? []));
    roleIds.push(...group.roleIds);
    isCertain ||= !group.isMissing && !isMissing(edge);
  }
  return { paths, roleIds, isCertain };
};

const describePath = (groupId: string, through: readonly string[]): string =>
  through.length === 0
    ? `member of group ${groupId}`
    : `member of group ${groupId}, nested in ${through.join(' and ')}`;

/** Every role of an edge was missing from the last complete list. */
export const isMissing = (edge: Via): boolean => Object.values(edge).every(({ missingSince }) => missingSince !== null);

const grants = (group: ScopeGroup, edge: Via): boolean =>
  group.roleIds.length > 0 &&
  (group.ready || Object.values(edge).some(({ seenOnDemand }) => seenOnDemand === true)) &&
  !group.gone &&
  group.securityEnabled !== false;

const assignmentGate = (input: ScopeInput, reached: Reached): Gate => {
  if (input.mode === 'all') return { name: 'assignment', passed: true, detail: 'every user is in scope' };
  if (reached.isCertain || (reached.paths.length > 0 && input.hasAccount)) {
    return { name: 'assignment', passed: true, detail: reached.paths.join(', ') };
  }
  if (reached.paths.length > 0) {
    const detail = `${reached.paths.join(', ')}, but the last list of assignments lacks it`;
    return { name: 'assignment', passed: false, detail };
  }
  return {
    name: 'assignment',
    passed: false,
    detail: input.pathsIncomplete
      ? 'no path to the application in what could be read; not every list or stream ended complete'
      : 'neither assigned directly nor a member of an assigned group',
  };
};

const lifeGate = (life: ScopeInput['life']): Gate => ({
  name: 'existence',
  passed: life === 'live',
  detail: { live: 'the user exists', softDeleted: 'the user is in the recycle bin', hardDeleted: 'the user is gone' }[
    life
  ],
});
