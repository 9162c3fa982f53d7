import type { Gate, Life, Scope } from '../../engine/model.js';
import { addComputedAttributes } from '../../engine/sourceAttributes.js';
import { FieldError, isRow, type Row } from '../../entra/fields.js';
import { compileSelection } from '../../entra/selection.js';
import type { AppRole, Attributes, AttributeValue } from '../../expressions/attributes.js';
import { attributeValueShape } from '../../schema/attributeValues.js';
import { parseJson } from './parseAttributes.js';
import { readTextFile } from './readSchemaFile.js';
import { CommandError, type Terminal } from './terminal.js';

/** One user of a file: what the mappings read, and what stands for the assignment. */
export interface FileUser {
  /** Null: the file does not say, and the user is taken for assigned. */
  readonly assigned: boolean | null;
  readonly life: Life;
  readonly accountEnabled: boolean | null;
  readonly roles: readonly AppRole[];
  /** Everything that `names` asks for, computed attributes included, as of this scope. */
  attributes(scope: { readonly verdict: Scope['verdict']; readonly gates: readonly Gate[] }): Attributes;
}

/**
 * A user from JSON: as Graph answers one, or with attributes by Entra's names; where both are there, Entra's count.
 * Beside them `appRoleAssignments` (names of roles, or roles), `assigned` and `memberOf`. Throws `CommandError`.
 */
export const readUserFile = async (path: string, names: readonly string[], terminal: Terminal): Promise<FileUser> => {
  const row = parseJson(await readTextFile(path, terminal), path);
  if (!isRow(row)) throw new CommandError(`${path}: expected one user, an object.`);
  const raw = readAttributes(row, names, path);
  const roles = readRoles(row, path);
  const { assigned, deletedDateTime, IsSoftDeleted: isSoftDeleted } = row;
  const isDeleted = typeof deletedDateTime === 'string' || isSoftDeleted === true || isSoftDeleted === 'True';
  const memberOf = readValue(row, 'memberOf', path);
  return {
    assigned: typeof assigned === 'boolean' ? assigned : null,
    life: isDeleted ? 'softDeleted' : 'live',
    accountEnabled: typeof raw['accountEnabled'] === 'boolean' ? raw['accountEnabled'] : null,
    roles,
    attributes: ({ verdict, gates }) =>
      addComputedAttributes(
        { ...raw, memberOf: isTexts(memberOf) ? memberOf : [] },
        { verdict, gates, triggers: [], roleIds: roles.map(({ id }) => id) },
        new Map(roles.map((role) => [role.id, role])),
      ),
  };
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

const readValue = (row: Row, name: string, path: string): AttributeValue => {
  const parsed = attributeValueShape.safeParse(row[name] ?? null);
  if (parsed.success) return parsed.data;
  throw new CommandError(`${path}, ${name}: ${parsed.error.issues[0]?.message ?? 'not understood'}.`);
};

const readRoles = (row: Row, path: string): readonly AppRole[] => {
  const value = readValue(row, 'appRoleAssignments', path);
  if (!Array.isArray(value)) return [];
  return value.map((role: string | AppRole, index) =>
    typeof role === 'string' ? { id: String(index), displayName: role, value: role } : { ...role, id: String(index) },
  );
};

/** What the file writes by Entra's name comes first; the rest is read as from Graph's answer. */
const readAttributes = (row: Row, names: readonly string[], path: string): Attributes => {
  const attributes: Record<string, AttributeValue> = {};
  for (const name of new Set([...names, 'accountEnabled', 'userPrincipalName'])) {
    const { manager } = row;
    if (name === 'manager' && isRow(manager)) attributes[name] = readValue(manager, 'id', `${path}, manager`);
    else if (Object.hasOwn(row, name)) attributes[name] = readValue(row, name, path);
    else attributes[name] = readFromGraph(row, name, path);
  }
  return attributes;
};

const readFromGraph = (row: Row, name: string, path: string): AttributeValue => {
  try {
    return compileSelection('user', [name]).readAttributes(row)[name] ?? null;
  } catch (error) {
    if (error instanceof FieldError) throw new CommandError(`${path}: ${error.message}`);
    throw error;
  }
};
