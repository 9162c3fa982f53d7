import type { AppRole } from '../attributes.js';
import { fromItem } from '../convert.js';
import { defineFunction } from '../defineFunction.js';
import { defineForm, type FunctionDefinition } from '../functionDefinition.js';
import { any, collection } from '../parameters.js';
import type { CollectionItem, RoleValue } from '../values.js';

const roleType = 'WindowsAzureActiveDirectoryRole';
const defaultAccessId = '00000000-0000-0000-0000-000000000000';
const assignments = collection('appRoleAssignments', 'The attribute [appRoleAssignments].');

/** Functions that turn a user's app roles into values. They need assignments: with the scope "all users" there are none. */
export const roleFunctions: readonly FunctionDefinition[] = [
  defineFunction({
    name: 'SingleAppRoleAssignment',
    summary: 'The value of the only app role; of several, the one that is listed first. Default access gives no value.',
    parameters: [assignments],
    result: 'String',
    evaluate: ([roles]) => {
      const [first] = roles;
      return first === undefined ? null : toRoleName(readRole(first));
    },
  }),
  defineFunction({
    name: 'AppRoleAssignmentsComplex',
    summary: 'All app roles as values of a multi-valued roles attribute; an update adds them to what the target has.',
    parameters: [assignments],
    result: 'Collection',
    evaluate: ([roles]) =>
      roles.map((item): RoleValue => {
        const { id, displayName, value } = readRole(item);
        return {
          kind: 'role',
          members: { primary: false, type: roleType, display: displayName, displayName, value, id },
        };
      }),
  }),
  defineFunction({
    name: 'AssertiveAppRoleAssignmentsComplex',
    summary: 'All app roles as values of a multi-valued roles attribute; an update replaces what the target has.',
    origin: 'customization',
    parameters: [assignments],
    result: 'Collection',
    evaluate: ([roles]) =>
      roles.map((item): RoleValue => {
        const { displayName, value } = readRole(item);
        return { kind: 'role', members: { primary: false, type: roleType, display: displayName, value } };
      }),
  }),
  defineForm({
    name: 'AppRoleAssignments',
    summary:
      'Not supported: use SingleAppRoleAssignment, AppRoleAssignmentsComplex or AssertiveAppRoleAssignmentsComplex.',
    origin: 'graph',
    parameters: [any('source', 'The attribute [appRoleAssignments].')],
    result: 'Collection',
    compile: (call) => {
      const expected = ['SingleAppRoleAssignment', 'AppRoleAssignmentsComplex', 'AssertiveAppRoleAssignmentsComplex'];
      const message = `AppRoleAssignments is not supported; use ${expected.join(', ')}`;
      call.report.refuse(call.node, 'UnsupportedFunction', message, { expected });
      return () => null;
    },
  }),
];

function toRoleName({ id, displayName, value }: AppRole): string | null {
  if (value !== null && value !== '') return value;
  return id === defaultAccessId || displayName === '' ? null : displayName;
}

/** A role of the source, or the JSON text of one; any other text names the role by itself. */
function readRole(item: CollectionItem): AppRole {
  if (typeof item === 'object' && !('kind' in item)) return item;
  const text = fromItem(item);
  if (typeof text === 'object') return readMembers(text.members);
  const parsed = parseObject(text);
  return parsed === undefined ? { id: '', displayName: text, value: text } : readMembers(parsed);
}

function readMembers(members: Readonly<Record<string, unknown>>): AppRole {
  const { id, displayName, display, value } = members;
  return { id: textOr(id, ''), displayName: textOr(displayName, textOr(display, '')), value: textOr(value, null) };
}

function textOr<T>(member: unknown, otherwise: T): string | T {
  return typeof member === 'string' ? member : otherwise;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
