import type { Findings } from './finding.js';
import { readMappingSource } from './mappingSource.js';
import type { SchemaObjectType } from './objectMappings.js';
import type { AttributeMapping } from './synchronizationSchema.js';
import { validateDistinctness } from './validateDistinctness.js';
import { filterableZoomAttributes } from './zoomAttributes.js';

const priorityOf = (mapping: AttributeMapping): number => mapping.matchingPriority ?? 0;

const isSourced = (mapping: AttributeMapping): boolean => readMappingSource(mapping.source).kind !== 'none';

const reportSharedPriorities = (matching: readonly AttributeMapping[], path: string, findings: Findings): void => {
  const priorities = matching.map(priorityOf);
  const shared = priorities.find((priority, index) => priorities.indexOf(priority) !== index);
  if (shared === undefined) return;
  findings.warn(
    path,
    'SharedPriority',
    `Several attributes match with priority ${shared}; their order is the document's`,
  );
};

/** Checks that an object can be found in the target at all. `path` is that of the attribute mappings. */
export const validateMatching = (
  mappings: readonly AttributeMapping[],
  path: string,
  type: SchemaObjectType,
  findings: Findings,
): void => {
  const matching = mappings.filter((mapping) => priorityOf(mapping) > 0);
  if (!matching.some(isSourced)) {
    findings.error(path, 'NoMatchingAttribute', 'No attribute is used to match: no account would ever be found', {
      expected: 'a matchingPriority above 0 on a mapping with a source',
    });
    return;
  }
  mappings.forEach((mapping, index) => {
    if (priorityOf(mapping) > 0) validateDistinctness(mapping, `${path}[${index}]`, type, findings);
  });
  reportSharedPriorities(matching, path, findings);
  const filterable = filterableZoomAttributes[type];
  const lower = new Set(filterable.map((name) => name.toLowerCase()));
  if (matching.some(({ targetAttributeName }) => lower.has(targetAttributeName.toLowerCase()))) return;
  findings.warn(path, 'MatchNotFilterable', 'Zoom cannot filter on any of the matching attributes', {
    expected: `a matchingPriority above 0 on ${filterable.join(' or ')}`,
  });
};
