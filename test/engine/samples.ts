import type { Scope, TargetAccount, Values } from '../../lib/engine/model.js';
import { emptyRow, type Link, type ObjectRow } from '../../lib/engine/stored.js';
import type { CompiledMapping } from '../../lib/mapping/compiled.js';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';

const compiled = compileObjectMapping(builtInZoomSchema, 'user');
if (!compiled) throw new Error('The built-in schema maps no users.');

/** The built-in schema's mapping of users. */
export const builtInMapping: CompiledMapping = compiled;

export const enterpriseDepartment = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department';

export const inScope: Scope = { verdict: 'in', gates: [], triggers: [], roleIds: [] };

export const adaValues: Values = {
  userName: 'ada@contoso.example',
  displayName: 'Ada',
  'name.givenName': 'Ada',
  'name.familyName': 'Example',
  userType: 'Licensed',
};

export const linkTo = (targetId: string, over: Partial<Link> = {}): Link => ({
  targetId,
  state: 'active',
  origin: 'created',
  invited: false,
  asked: adaValues,
  held: adaValues,
  schemaVersion: builtInMapping.schemaVersion,
  since: '2026-11-23T08:00:00.000Z',
  ...over,
});

export const accountOf = (id: string, over: Partial<TargetAccount> = {}): TargetAccount => ({
  id,
  userName: 'ada@contoso.example',
  active: true,
  complete: true,
  resource: {
    id,
    userName: 'ada@contoso.example',
    displayName: 'Ada',
    name: { givenName: 'Ada', familyName: 'Example' },
    userType: 'Licensed',
  },
  ...over,
});

export const userRow = (id: string, over: Partial<ObjectRow> = {}): ObjectRow => ({ ...emptyRow(id, 'user'), ...over });
