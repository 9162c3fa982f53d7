import type { Gate, Scope } from '../../engine/model.js';
import { evaluateScope } from '../../engine/scope.js';
import { appParent } from '../../engine/stored.js';
import type { CompiledMapping, MappingFault } from '../../mapping/compiled.js';
import type { FileUser } from './readUserFile.js';

export interface EvaluatedGates {
  readonly gates: readonly Gate[];
  readonly verdict: Scope['verdict'];
  /** Filters that could not be answered. */
  readonly faults: readonly MappingFault[];
}

const inScope = { verdict: 'in', gates: [] } as const;

/** The gates of a cycle for a user of a file. An assignment that the file does not speak of is taken to be there. */
export const evaluateGates = (user: FileUser, mapping: CompiledMapping): EvaluatedGates => {
  const attributes = user.attributes(inScope);
  const filters = mapping.evaluateFilters(attributes);
  const input = mapping.evaluateInputFilters(attributes);
  const isAssigned = user.assigned ?? true;
  const { gates, verdict } = evaluateScope({
    mode: 'assigned',
    via: isAssigned ? { [appParent]: { role: { missingSince: null } } } : {},
    groups: new Map(),
    pathsIncomplete: false,
    hasAccount: false,
    life: user.life,
    accountEnabled: user.accountEnabled,
    filters,
  });
  return {
    gates: [
      ...gates.map((gate) => (gate.name === 'assignment' ? { ...gate, detail: describeAssignment(user) } : gate)),
      { name: 'inputFilter', passed: input.passed, detail: input.detail },
    ],
    verdict: verdict === 'in' && !input.passed ? 'out' : verdict,
    faults: [filters.fault, input.fault].filter((fault) => fault !== null),
  };
};

const describeAssignment = ({ assigned, roles }: FileUser): string => {
  if (assigned === false) return 'not assigned';
  const names = roles.map(({ displayName }) => displayName).join(', ');
  const how = names === '' ? 'default access' : names;
  return assigned === null && names === '' ? 'taken for assigned, since the file does not say' : `assigned: ${how}`;
};
