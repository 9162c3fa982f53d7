import type { CompiledMapping } from '../../lib/mapping/compiled.js';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import type { UserProperties } from '../../lib/sandbox/graph/directory/properties.js';
import { type Expect, type ExpectedAccount, expectAccount } from '../../lib/sandbox/oracle/expectation.js';
import type { SynchronizationSchema } from '../../lib/schema/synchronizationSchema.js';
import { managerPath } from '../oracle/judgeGroups.js';
import { draftSchema, functionSource, type SchemaDraft } from '../schema/schemaDraft.js';

/** What an administrator may have made of the built-in schema, and what that means for a person, told without it. */
export interface DrawnSchema {
  readonly name: string;
  readonly schema: SynchronizationSchema;
  readonly mapping: CompiledMapping;
  /** Null: only people are provisioned, and no managers. */
  readonly groupMapping: CompiledMapping | null;
  readonly expect: Expect;
}

interface Variant {
  readonly name: string;
  change(draft: SchemaDraft): void;
  /** Who is let in; everybody by default. */
  readonly admits?: (person: UserProperties) => boolean;
  /** What stands otherwise in the account. */
  readonly holds?: (person: UserProperties) => Partial<ExpectedAccount>;
}

const department = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department';
const departmentOf = (person: UserProperties): string => person.department ?? '';

const clause = (sourceOperandName: string, operatorName: string, ...values: string[]) => ({
  operatorName,
  sourceOperandName,
  targetOperand: { values },
});

const variants: readonly Variant[] = [
  { name: 'the built-in one', change: () => undefined },
  {
    name: 'nobody of Finance',
    change: ({ user }) => {
      user.scope = { groups: [{ clauses: [clause('department', 'NOT EQUALS', 'Finance')] }] };
    },
    admits: (person) => person.department !== 'Finance',
  },
  {
    name: 'Sales or Legal',
    change: ({ user }) => {
      const groups = ['Sales', 'Legal'].map((name) => ({ clauses: [clause('department', 'EQUALS', name)] }));
      user.scope = { groups };
    },
    admits: (person) => ['Sales', 'Legal'].includes(departmentOf(person)),
  },
  {
    name: 'people of the own domain who have a department',
    change: ({ user }) => {
      const own = clause('userPrincipalName', 'REGEX MATCH', '^.*@contoso\\.example$');
      user.scope = { groups: [{ clauses: [own, clause('department', 'IS NOT NULL')] }] };
    },
    admits: (person) => person.userPrincipalName?.endsWith('@contoso.example') === true && departmentOf(person) !== '',
  },
  {
    name: 'Finance off by the mapping of active',
    change: (draft) => {
      const byDepartment = 'Switch([department], "True", "Finance", "False")';
      draft.mapping('active').source = functionSource(`Switch([IsSoftDeleted], ${byDepartment}, "True", "False")`);
    },
    admits: (person) => person.department !== 'Finance',
  },
  {
    name: 'the name turned round',
    change: (draft) => {
      draft.mapping('displayName').source = functionSource('Join(", ", [surname], [givenName])');
    },
    holds: (person) => ({ displayName: `${person.surname}, ${person.givenName}` }),
  },
  {
    name: 'the department in capitals',
    change: (draft) => {
      draft.mapping(department).source = functionSource('ToUpper([department])');
    },
    holds: (person) => ({ department: departmentOf(person).toUpperCase() || null }),
  },
  {
    name: 'the department by a table',
    change: (draft) => {
      draft.mapping(department).source = functionSource('Switch([department], "Other", "Sales", "S", "Legal", "L")');
    },
    holds: (person) => ({ department: { Sales: 'S', Legal: 'L' }[departmentOf(person)] ?? 'Other' }),
  },
  {
    name: 'the department once only',
    change: (draft) => {
      draft.mapping(department).flowType = 'ObjectAddOnly';
    },
    holds: () => ({ department: null }),
  },
  {
    name: 'neither display name nor department',
    change: ({ user }) => {
      const left = user.attributeMappings?.filter(
        ({ targetAttributeName }) => targetAttributeName !== 'displayName' && targetAttributeName !== department,
      );
      user.attributeMappings = left ?? [];
    },
    holds: () => ({ displayName: null, department: null }),
  },
  {
    name: 'everybody Basic',
    change: (draft) => {
      draft.mapping('userType').source = functionSource('"Basic"');
    },
    holds: () => ({ userType: 'Basic' }),
  },
  {
    name: 'matched by e-mail first',
    change: (draft) => {
      draft.mapping('emails[type eq "work"].value').matchingPriority = 1;
      draft.mapping('userName').matchingPriority = 2;
    },
  },
];

const draw = (variant: Variant, mapsGroups: boolean): DrawnSchema => {
  const { change, admits = () => true, holds = () => ({}) } = variant;
  const name = mapsGroups ? `${variant.name}, with groups and managers` : variant.name;
  const draft = draftSchema();
  if (mapsGroups) {
    draft.group.enabled = true;
    draft.add({ targetAttributeName: managerPath, source: functionSource('[manager]') });
  }
  // Which may put another list in place of what is mapped.
  change(draft);
  const mapping = compileObjectMapping(draft.schema, 'user');
  if (!mapping) throw new Error(`The schema "${name}" maps no users.`);
  const expect: Expect = (person, isReached, roleNames) => {
    const plain = expectAccount(person, isReached, roleNames);
    if (plain.kind !== 'out' && !admits(person.properties)) return { kind: 'out' };
    if (plain.kind !== 'account') return plain;
    return { kind: 'account', account: { ...plain.account, ...holds(person.properties) } };
  };
  return { name, schema: draft.schema, mapping, groupMapping: compileObjectMapping(draft.schema, 'group'), expect };
};

/** Every schema that a history may run under; compiled once, since a mapping holds no state. */
export const drawnSchemas: readonly DrawnSchema[] = [false, true].flatMap((mapsGroups) =>
  variants.map((variant) => draw(variant, mapsGroups)),
);
