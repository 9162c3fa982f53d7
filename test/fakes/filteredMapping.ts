import type { CompiledMapping } from '../../lib/mapping/compiled.js';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';

/** The built-in mapping of users, with a scoping filter that wants this department. */
export const mapOnlyDepartment = (department: string): CompiledMapping => {
  const schema = structuredClone(builtInZoomSchema);
  const clause = {
    operatorName: 'EQUALS',
    sourceOperandName: 'department',
    targetOperand: { values: [department] },
  };
  const scope = {
    categoryFilterGroups: [],
    groups: [{ name: 'Department', clauses: [clause] }],
    inputFilterGroups: [],
  };
  for (const { objectMappings } of schema.synchronizationRules) {
    for (const mapping of objectMappings ?? []) mapping.scope = mapping.sourceObjectName === 'User' ? scope : null;
  }
  const mapping = compileObjectMapping(schema, 'user');
  if (!mapping) throw new Error('The built-in schema maps no users.');
  return mapping;
};
