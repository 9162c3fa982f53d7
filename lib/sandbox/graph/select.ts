import {
  foreignUserProperties,
  groupProperties,
  type PropertyTable,
  servicePrincipalProperties,
  userProperties,
} from './directory/properties.js';
import { badRequest, GraphError, notImplemented } from './errors.js';

export type SelectableType = 'user' | 'group' | 'servicePrincipal' | 'appRoleAssignment' | 'directoryObject';

/** Members of group lists may be of any type, so any type's properties may be named there. */
const directoryObjectProperties: PropertyTable = {
  ...servicePrincipalProperties,
  ...groupProperties,
  ...userProperties,
};

/** Relations of directory objects that the simulator does not hold. */
const otherRelations = new Set(['owners', 'directReports', 'memberOf', 'transitiveMemberOf', 'ownedObjects']);

/** Every directory extension of a well-formed name is registered in the simulated tenant, and nobody has a value. */
const directoryExtension = /^extension_[\da-f]{32}_\w+$/i;

const unknownProperty = (name: string, type: SelectableType): GraphError =>
  new GraphError(
    400,
    'BadRequest',
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
  );

/** What a `$select` asks for, beside the id that is always there. */
export interface Selection {
  readonly names: readonly string[];
  /** Whether the relation that may stand in this `$select` was named. */
  readonly relation: boolean;
}

/**
 * Reads a `$select` strictly: 400 for an unknown or empty name, 501 for a property that is not in the directory.
 * `relation` is the one relation that may be named.
 */
export const parseSelect = (
  text: string,
  type: SelectableType,
  table: PropertyTable,
  relation: string | null,
): Selection => {
  const names = new Set<string>();
  let withRelation = false;
  for (const name of text.split(',').map((part) => part.trim())) {
    if (name === '') {
      throw badRequest("The query option '$select' holds an empty name.");
    }
    if (name === relation) {
      withRelation = true;
    } else if (Object.hasOwn(table, name) || name === 'deletedDateTime' || directoryExtension.test(name)) {
      names.add(name);
    } else if (name === '*') {
      throw notImplemented("'$select=*' is not served here; name the properties.");
    } else if (name !== 'id') {
      throw refuse(name, type);
    }
  }
  return { names: [...names], relation: withRelation };
};

const refuse = (name: string, type: SelectableType): GraphError => {
  if (type === 'user' && foreignUserProperties.has(name)) {
    return notImplemented(`Property '${name}' does not live in the directory and cannot be selected here.`);
  }
  if (relationsOf(type).has(name)) {
    return notImplemented(`Relation '${name}' is not served here.`);
  }
  return unknownProperty(name, type);
};

const relationsOf = (type: SelectableType): ReadonlySet<string> =>
  type === 'user' || type === 'group' ? otherRelations : new Set();

export { directoryObjectProperties };
