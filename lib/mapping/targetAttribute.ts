import type { AttributeDefinition, AttributeType, ObjectDefinition } from '../schema/synchronizationSchema.js';
import { zoomGroupAttributes, zoomUserAttributes } from '../schema/zoomAttributes.js';

/** How values of one target attribute are typed and compared. */
export interface TargetAttribute {
  readonly path: string;
  readonly type: AttributeType;
  readonly multivalued: boolean;
  readonly caseExact: boolean;
  readonly required: boolean;
}

const findByName = (definitions: readonly AttributeDefinition[], path: string): AttributeDefinition | undefined => {
  const exact = definitions.find((definition) => definition.name === path);
  if (exact !== undefined) return exact;
  const lower = path.toLowerCase();
  return definitions.find((definition) => definition.name.toLowerCase() === lower);
};

/**
 * The attribute at a target path: as the schema's directory defines it, else as Zoom is known to have it, else a
 * single text. `active` is a Boolean whatever a directory says: its text form is what breaks strict servers.
 */
export const resolveTargetAttribute = (path: string, targetObject: ObjectDefinition | null): TargetAttribute => {
  const definition =
    findByName(targetObject?.attributes ?? [], path) ??
    findByName(zoomUserAttributes, path) ??
    findByName(zoomGroupAttributes, path);
  return {
    path,
    type: path.toLowerCase() === 'active' ? 'Boolean' : (definition?.type ?? 'String'),
    multivalued: definition?.multivalued ?? false,
    caseExact: definition?.caseExact ?? false,
    required: definition?.required ?? false,
  };
};
