import type { PhaseName } from '../control.js';
import type { Phase } from '../slice.js';
import { assignmentsPhase } from './assignments.js';
import { deprovisionPhase, deprovisionProvenPhase } from './deprovision.js';
import { finishPhase } from './finish.js';
import { groupsPhase } from './groups.js';
import { membershipsPhase } from './memberships.js';
import { pendingPhase } from './pending.js';
import { referencesPhase } from './references.js';
import { usersPhase } from './users.js';

/** A cycle's phases in their order; each can go on at its cursor. */
export const phases: readonly { readonly name: PhaseName; readonly run: Phase }[] = [
  { name: 'assignments', run: assignmentsPhase },
  { name: 'memberships', run: membershipsPhase },
  { name: 'users', run: usersPhase },
  { name: 'pending', run: pendingPhase },
  { name: 'deprovisionProven', run: deprovisionProvenPhase },
  { name: 'groups', run: groupsPhase },
  { name: 'references', run: referencesPhase },
  { name: 'deprovision', run: deprovisionPhase },
  { name: 'finish', run: finishPhase },
];

/** The phase after this one; null after the last. */
export const phaseAfter = (name: PhaseName): PhaseName | null =>
  phases[phases.findIndex((phase) => phase.name === name) + 1]?.name ?? null;
