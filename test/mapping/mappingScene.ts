import type { Attributes } from '../../lib/expressions/attributes.js';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import type { AttributeMapping, SynchronizationSchema } from '../../lib/schema/synchronizationSchema.js';
import { draftSchema } from '../schema/schemaDraft.js';

export const nowMs = Date.UTC(2026, 10, 23, 9, 0, 0);
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const zoom = 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser';
export const mina: Attributes = {
  userPrincipalName: 'mina@contoso.example',
  mail: 'mina.okoro@contoso.example',
  displayName: 'Mina Okoro',
  givenName: 'Mina',
  surname: 'Okoro',
  department: 'Sales',
  IsSoftDeleted: false,
  appRoleAssignments: [{ id: 'r1', displayName: 'Licensed', value: 'Licensed' }],
};
export const nothingKnown = () => undefined;
export const nothingThere = () => null;

export const compile = (schema: SynchronizationSchema) => {
  const mapping = compileObjectMapping(schema, 'user', {
    createContext: (now) => ({ nowMs: now, random: () => 0, newGuid: () => 'guid' }),
  });
  if (mapping === null) throw new Error('The schema maps users');
  return mapping;
};
export const compileWith = (...mappings: AttributeMapping[]) => {
  const draft = draftSchema();
  for (const mapping of mappings) draft.add(mapping);
  return compile(draft.schema);
};
