import { compileExpression } from '../expressions/compileExpression.js';
import type { Findings } from './finding.js';
import { readMappingSource } from './mappingSource.js';
import type { SchemaObjectType } from './objectMappings.js';
import type { AttributeMapping } from './synchronizationSchema.js';

/** How much of the object a source lets through: all of one attribute, something made of attributes, or nothing. */
const readDependence = (mapping: AttributeMapping): 'attribute' | 'made' | 'fixed' | 'unknown' => {
  const source = readMappingSource(mapping.source);
  if (source.kind === 'none') return 'unknown';
  if (source.kind === 'constant') return 'fixed';
  const expression = compileExpression(source.text);
  if (expression.kind === 'refused') return 'unknown';
  if (expression.tree.kind === 'attribute') return 'attribute';
  return expression.attributes.length === 0 ? 'fixed' : 'made';
};

/**
 * Checks that a matching attribute tells one object from another: a fixed text would match everybody with one account,
 * and two groups whose names come to the same would be one group in Zoom. `path` is the attribute mapping's.
 */
export const validateDistinctness = (
  mapping: AttributeMapping,
  path: string,
  type: SchemaObjectType,
  findings: Findings,
): void => {
  const dependence = readDependence(mapping);
  if (dependence === 'fixed') {
    findings.error(
      `${path}.source`,
      'FixedMatch',
      `Every ${type} would be matched with the same object of the target`,
      {
        expected: 'a source that reads an attribute, or matchingPriority 0',
      },
    );
  }
  if (dependence === 'made' && type === 'group') {
    findings.warn(
      `${path}.source`,
      'GroupsMayMeet',
      'Two Entra groups for which this gives the same text ask for one Zoom group, and the second one fails',
    );
  }
};
