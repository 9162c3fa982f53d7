import { findNearestName } from '../expressions/nearestName.js';
import type { Findings } from './finding.js';
import type { KnownAttributes } from './knownAttributes.js';
import type { AttributeDefinition, AttributeMapping } from './synchronizationSchema.js';
import { parseTargetPath } from './targetPath.js';

const reportUnknown = (name: string, path: string, known: KnownAttributes, findings: Findings): void => {
  const parsed = parseTargetPath(name);
  if (parsed.kind === 'invalid') {
    findings.error(path, 'InvalidTargetPath', `"${name}" is no attribute path`, {
      position: parsed.position,
      expected: parsed.expected,
      nearest: findNearestName(name, known.targetNames),
    });
    return;
  }
  const nearest = findNearestName(name, known.targetNames);
  if (parsed.path.urn !== null || known.isCoreTarget(parsed.path)) {
    findings.warn(path, 'UnknownTargetAttribute', `The target is not known to have "${name}"`, { nearest });
    return;
  }
  findings.error(path, 'UnknownTargetAttribute', `The target has no attribute "${name}"`, {
    expected: 'an attribute of the target directory, of SCIM, or of an extension by its URN',
    nearest,
  });
};

const reportMutability = (
  definition: AttributeDefinition,
  mapping: AttributeMapping,
  path: string,
  findings: Findings,
): void => {
  if (definition.anchor === true) {
    findings.error(path, 'AnchorMapped', `"${definition.name}" is the target's own key and must not be mapped`);
  } else if (definition.mutability === 'ReadOnly') {
    findings.error(path, 'ReadOnlyTarget', `"${definition.name}" can only be read`);
  } else if (definition.mutability === 'Immutable' && mapping.flowType !== 'ObjectAddOnly') {
    findings.warn(path, 'ImmutableTarget', `"${definition.name}" is fixed once the object is made`, {
      expected: 'flowType ObjectAddOnly',
    });
  }
};

const isTyped = (text: string, definition: AttributeDefinition | undefined): boolean => {
  if (definition?.type === 'Boolean') return /^\s*(true|false|0|1)\s*$/i.test(text);
  return definition?.type !== 'Integer' || /^\s*[+-]?\d+\s*$/.test(text);
};

/** A fixed text must be a value of the target attribute's type. */
export const validateFixedText = (
  text: string,
  definition: AttributeDefinition | undefined,
  path: string,
  findings: Findings,
): void => {
  if (isTyped(text, definition)) return;
  findings.error(path, 'ValueType', `"${text.slice(0, 100)}" is no value for a target of type ${definition?.type}`, {
    expected: definition?.type === 'Boolean' ? 'True or False' : 'a whole number',
  });
};

/** Checks where a mapping writes to. `path` is the mapping's own. */
export const validateTarget = (
  mapping: AttributeMapping,
  path: string,
  known: KnownAttributes,
  findings: Findings,
): void => {
  const namePath = `${path}.targetAttributeName`;
  const definition = known.findTarget(mapping.targetAttributeName);
  if (definition === undefined) reportUnknown(mapping.targetAttributeName, namePath, known, findings);
  else {
    reportMutability(definition, mapping, namePath, findings);
    const parsed = parseTargetPath(mapping.targetAttributeName);
    if (parsed.kind === 'invalid') reportUnknown(mapping.targetAttributeName, namePath, known, findings);
  }
  const text = mapping.defaultValue;
  if (text !== null && text !== undefined && text !== '') {
    validateFixedText(text, definition, `${path}.defaultValue`, findings);
  }
};
