import type { Gate, RemovalTrigger, Scope } from '../model.js';
import { isMissing, type ScopeInput } from '../scope.js';
import { appParent, type Via } from '../stored.js';

export interface GroupScopeInput
  extends Pick<ScopeInput, 'mode' | 'via' | 'pathsIncomplete' | 'hasAccount' | 'life' | 'filters'> {
  /** Entra assigns no group that is not security-enabled; null is not known, which bars nothing. */
  readonly securityEnabled: boolean | null;
}

/**
 * Scope of a group itself: it must be assigned to the application directly, be there, and pass the filters. A group in an
 * assigned group has members in scope, and is none of Zoom's groups. Scope is granted and taken away as with users.
 */
export const evaluateGroupScope = (input: GroupScopeInput): Scope => {
  const direct = input.via[appParent] ?? {};
  const isAssigned = input.mode === 'all' || (isAny(direct) && input.securityEnabled !== false);
  const gates: Gate[] = [assignmentGate(input, direct)];
  const triggers: RemovalTrigger[] = [];
  if (input.life === 'live' && !isAssigned && !input.pathsIncomplete) triggers.push('unassigned');
  gates.push(lifeGate(input.life));
  if (input.life !== 'live') triggers.push(input.life);
  if (input.life === 'live' && input.filters) {
    gates.push({ name: 'scopingFilter', passed: input.filters.passed, detail: input.filters.detail });
    if (!input.filters.passed) triggers.push('filteredOut');
  }
  const roleIds = Object.keys(direct).sort();
  if (triggers.length > 0) return { verdict: 'out', gates, triggers, roleIds };
  const isCertain = isAny(direct) && !isMissing(direct);
  const isGranted = input.mode === 'all' || (isAssigned && (isCertain || input.hasAccount));
  return { verdict: isGranted ? 'in' : 'unknown', gates, triggers, roleIds };
};

const isAny = (edge: Via): boolean => Object.keys(edge).length > 0;

const assignmentGate = ({ mode, securityEnabled, pathsIncomplete, hasAccount }: GroupScopeInput, direct: Via): Gate => {
  const gate = (passed: boolean, detail: string): Gate => ({ name: 'assignment', passed, detail });
  if (mode === 'all') return gate(true, 'every group is in scope');
  if (!isAny(direct)) {
    return gate(false, pathsIncomplete ? 'no assignment in what could be read' : 'not assigned to the application');
  }
  if (securityEnabled === false) return gate(false, 'assigned, but not security-enabled');
  const counts = !isMissing(direct) || hasAccount;
  return gate(counts, counts ? 'assigned directly' : 'assigned, but the last list of assignments lacks it');
};

const lifeGate = (life: ScopeInput['life']): Gate => ({
  name: 'existence',
  passed: life === 'live',
  detail: {
    live: 'the group exists',
    softDeleted: 'the group is in the recycle bin',
    hardDeleted: 'the group is gone',
  }[life],
});
