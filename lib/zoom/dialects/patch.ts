import type { JsonObject, JsonValue } from '../../engine/model.js';

export const patchSchemaUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: JsonValue;
}

/** A PatchOp message (RFC 7644 3.5.2). `Operations` is spelt with a capital: Zoom does not find it otherwise. */
export const patchBody = (operations: readonly PatchOperation[]): JsonObject => ({
  schemas: [patchSchemaUrn],
  Operations: operations.map(({ op, path, value }) => (value === undefined ? { op, path } : { op, path, value })),
});
