import { z } from 'zod';
import type { JsonObject, JsonValue, Values } from '../../../lib/engine/model.js';
import { createRfc7644Dialect } from '../../../lib/zoom/dialects/rfc7644.js';
import { createZoomDialect } from '../../../lib/zoom/dialects/zoom.js';
import { applyPatch, PatchRefusal } from './applyPatch.js';
import { mergePut } from './putMerge.js';

const json: z.ZodType<JsonValue> = z.json();
const patch = z.object({
  Operations: z.array(z.object({ op: z.string(), path: z.string(), value: json.optional() })),
});

/** A dialect and what a target that speaks it makes of its requests: from a resource to the one after. */
export interface DialectModel {
  readonly name: string;
  create(values: Values): JsonObject;
  update(resource: JsonObject, values: Values): JsonObject;
}

const zoom = createZoomDialect();
const zoomModel: DialectModel = {
  name: 'zoom',
  create: (values) => mergePut({ id: 'u1' }, zoom.createUser(values, true).body ?? {}),
  update: (resource, values) => {
    const seen = zoom.readsBeforeUpdate?.(values) === true ? resource : undefined;
    return mergePut(resource, zoom.updateUser('u1', values, seen).body ?? {});
  },
};

const rfc = createRfc7644Dialect();
const operationsOf = (body: JsonObject | undefined) =>
  patch.parse(body).Operations.map(({ op, path, value }) => (value === undefined ? { op, path } : { op, path, value }));

const rfcModel: DialectModel = {
  name: 'rfc7644',
  create: (values) => ({ ...rfc.createUser(values, true).body, id: 'u1' }),
  update: (resource, values) => {
    try {
      return applyPatch(resource, operationsOf(rfc.updateUser('u1', values).body));
    } catch (error) {
      if (!(error instanceof PatchRefusal) || error.scimType !== 'noTarget') throw error;
      const amended = rfc.amendUser?.('u1', values, resource) ?? null;
      return amended === null ? resource : applyPatch(resource, operationsOf(amended.body));
    }
  },
};

export const dialectModels: readonly DialectModel[] = [zoomModel, rfcModel];
