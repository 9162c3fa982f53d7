import { findNearestName } from '../expressions/nearestName.js';
import type { Findings } from './finding.js';
import { collectKnownAttributes, type KnownAttributes } from './knownAttributes.js';
import type { FoundObjectMapping, SchemaObjectType } from './objectMappings.js';
import { type AttributeMapping, type ObjectMapping, objectFlowTypes } from './synchronizationSchema.js';
import { validateMatching } from './validateMatching.js';
import { validateScope } from './validateScope.js';
import { validateSource } from './validateSource.js';
import { validateTarget } from './validateTarget.js';

const readFlowTypes = ({ flowTypes }: ObjectMapping): readonly string[] =>
  (flowTypes ?? 'Add, Update, Delete')
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '');

const validateFlowTypes = (mapping: ObjectMapping, path: string, findings: Findings): void => {
  const tokens = readFlowTypes(mapping);
  const known = new Set(objectFlowTypes.map((name) => name.toLowerCase()));
  for (const token of tokens.filter((name) => !known.has(name.toLowerCase()))) {
    findings.error(`${path}.flowTypes`, 'UnknownFlowType', `There is no action "${token}"`, {
      expected: `${objectFlowTypes.join(', ')}, joined by commas`,
      nearest: findNearestName(token, objectFlowTypes),
    });
  }
  if (tokens.some((token) => token.toLowerCase() === 'delete')) {
    findings.warn(`${path}.flowTypes`, 'DeleteNeedsPolicy', 'Delete removes nobody by itself', {
      expected: 'a removal policy that says delete for the trigger; until then accounts are disabled',
    });
  }
};

const reportRepeated = (mappings: readonly AttributeMapping[], path: string, findings: Findings): void => {
  const seen = new Map<string, number>();
  mappings.forEach(({ targetAttributeName }, index) => {
    const name = targetAttributeName.toLowerCase();
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else {
      const message = `"${targetAttributeName}" is mapped already by ${path}[${first}]`;
      findings.error(`${path}[${index}].targetAttributeName`, 'RepeatedTarget', message);
    }
  });
};

const reportUnmapped = (found: FoundObjectMapping, path: string, findings: Findings): void => {
  const mapped = new Set((found.mapping.attributeMappings ?? []).map((one) => one.targetAttributeName.toLowerCase()));
  const adds = readFlowTypes(found.mapping).some((token) => token.toLowerCase() === 'add');
  for (const { name, required, anchor } of found.targetObject?.attributes ?? []) {
    if (required !== true || anchor === true || mapped.has(name.toLowerCase()) || !adds) continue;
    findings.error(path, 'RequiredNotMapped', `The target requires "${name}" and nothing is mapped to it`);
  }
};

const reportActive = (mappings: readonly AttributeMapping[], path: string, findings: Findings): void => {
  const index = mappings.findIndex(({ targetAttributeName }) => targetAttributeName.toLowerCase() === 'active');
  const text = mappings[index]?.source?.expression ?? '';
  if (index < 0) {
    findings.warn(path, 'ActiveNotMapped', '"active" is not mapped: no account is ever disabled');
  } else if (!text.includes('[IsSoftDeleted]')) {
    findings.warn(`${path}[${index}]`, 'ActiveIgnoresScope', '"active" does not follow IsSoftDeleted', {
      expected: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
    });
  }
};

const validateAttributes = (
  found: FoundObjectMapping,
  known: KnownAttributes,
  type: SchemaObjectType,
  findings: Findings,
): void => {
  const path = `${found.path}.attributeMappings`;
  const mappings = found.mapping.attributeMappings ?? [];
  mappings.forEach((mapping, index) => {
    if (mapping.flowNullValues === true) {
      const message = 'Entra flows no nulls to applications; this app clears the target’s value';
      findings.warn(`${path}[${index}].flowNullValues`, 'BeyondEntra', message);
    }
    validateTarget(mapping, `${path}[${index}]`, known, findings);
    validateSource(mapping, `${path}[${index}]`, known, findings);
  });
  reportRepeated(mappings, path, findings);
  reportUnmapped(found, path, findings);
  validateMatching(mappings, path, type, findings);
  if (type === 'user') reportActive(mappings, path, findings);
};

/** Checks one object mapping for users or groups in all its parts. */
export const validateObjectMapping = (found: FoundObjectMapping, type: SchemaObjectType, findings: Findings): void => {
  const known = collectKnownAttributes(found, type);
  validateFlowTypes(found.mapping, found.path, findings);
  validateAttributes(found, known, type, findings);
  const { scope } = found.mapping;
  if (scope !== null && scope !== undefined) validateScope(scope, `${found.path}.scope`, known, findings);
};
