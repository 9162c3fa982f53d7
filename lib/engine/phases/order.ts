import type { CycleKind, PhaseName } from '../control.js';
import type { Phase } from '../slice.js';
import { assignmentsPhase } from './assignments.js';
import { deprovisionPhase, deprovisionProvenPhase } from './deprovision.js';
import { finishPhase } from './finish.js';
import { groupsPhase } from './groups.js';
import { membershipsPhase } from './memberships.js';
import { pendingPhase } from './pending.js';
import { reconcilePhase } from './reconcile.js';
import { referencesPhase } from './references.js';
import { usersPhase } from './users.js';

interface NamedPhase {
  readonly name: PhaseName;
  readonly run: Phase;
  /** The only kind of cycle that has it; absent: every one has. */
  readonly only?: CycleKind;
}

/** A cycle's phases in their order; each can go on at its cursor. */
export const phases: readonly NamedPhase[] = [
  { name: 'assignments', run: assignmentsPhase },
  { name: 'memberships', run: membershipsPhase },
  { name: 'users', run: usersPhase },
  { name: 'pending', run: pendingPhase },
  { name: 'deprovisionProven', run: deprovisionProvenPhase },
  { name: 'reconcile', run: reconcilePhase, only: 'reconcile' },
  { name: 'repair', run: pendingPhase, only: 'reconcile' },
  { name: 'groups', run: groupsPhase },
  { name: 'references', run: referencesPhase },
  { name: 'deprovision', run: deprovisionPhase },
  { name: 'finish', run: finishPhase },
];

/** The phase after this one in a cycle of this kind; null after the last. */
export const phaseAfter = (name: PhaseName, kind: CycleKind): PhaseName | null => {
  const from = phases.findIndex((phase) => phase.name === name) + 1;
  return phases.slice(from).find(({ only }) => only === undefined || only === kind)?.name ?? null;
};
