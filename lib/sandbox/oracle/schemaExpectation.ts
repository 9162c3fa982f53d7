import { compileSelection } from '../../entra/selection.js';
import type { Attributes } from '../../expressions/attributes.js';
import type { CompiledMapping } from '../../mapping/compiled.js';
import type { JsonValue } from '../../mapping/json.js';
import { enterpriseUrn } from '../../schema/zoomAttributes.js';
import type { ExpectGroup } from './compareGroups.js';
import { type Expect, isAddress, stripGuestMark } from './expectation.js';

const workEmail = 'emails[type eq "work"].value';

const textOrNull = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** The names that groups should have under a schema of the caller's. */
export const expectGroupBySchema = (mapping: CompiledMapping): ExpectGroup => {
  const selection = compileSelection('group', mapping.sourceAttributes);
  return ({ id, properties }) => {
    const attributes: Attributes = { ...selection.readAttributes({ ...properties, id }), IsSoftDeleted: false };
    const passes = mapping.evaluateFilters(attributes).passed && mapping.evaluateInputFilters(attributes).passed;
    return passes ? textOrNull(mapping.mapForCreate(attributes, 0).values['displayName']) : null;
  };
};

/**
 * What people should have under a schema of the caller's. It evaluates the schema's mappings and filters, and nothing of
 * the engine that carries them out. What a mapping does not say on update is not expected.
 */
export const expectBySchema = (mapping: CompiledMapping): Expect => {
  const selection = compileSelection('user', mapping.sourceAttributes);
  return (person, isReached, roleNames) => {
    const { properties, deletedAtMs } = person;
    if (!isReached || deletedAtMs !== null || properties.accountEnabled === false) return { kind: 'out' };
    const original = properties.userPrincipalName ?? '';
    const attributes: Attributes = {
      ...selection.readAttributes({ ...properties, id: person.id }),
      manager: person.managerId,
      userPrincipalName: stripGuestMark(original),
      originalUserPrincipalName: original,
      IsSoftDeleted: false,
      appRoleAssignments: roleNames.map((name) => ({ id: name, displayName: name, value: name })),
    };
    const passes = mapping.evaluateFilters(attributes).passed && mapping.evaluateInputFilters(attributes).passed;
    if (!passes) return { kind: 'out' };
    const { values } = mapping.mapForUpdate(attributes, () => undefined, 0);
    const userName = textOrNull(values['userName']) ?? '';
    if (values['active'] === false) return { kind: 'out' };
    if (!isAddress(userName)) return { kind: 'none' };
    return {
      kind: 'account',
      account: {
        userName,
        email: textOrNull(values[workEmail]) ?? userName,
        givenName: textOrNull(values['name.givenName']),
        familyName: textOrNull(values['name.familyName']),
        displayName: textOrNull(values['displayName']),
        department: textOrNull(values[`${enterpriseUrn}:department`]),
        userType: textOrNull(values['userType']),
      },
    };
  };
};
