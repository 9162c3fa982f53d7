import type { AuditEntry } from '../engine/audit.js';
import type { SchemaInForce } from '../engine/jobSchemas.js';
import type { SchemaVersion } from '../engine/schemaStore.js';
import type { World } from '../engine/world.js';
import { describeFinding } from '../schema/describeFinding.js';
import type { SchemaFinding } from '../schema/finding.js';
import { listSchemaChanges } from '../schema/listSchemaChanges.js';
import { readSchemaText } from '../schema/readSchemaText.js';
import type { SynchronizationSchema } from '../schema/synchronizationSchema.js';
import type { Caller } from './authorise.js';

type AuditParts = Pick<World, 'state' | 'clock' | 'newId'>;

/** One entry is one value of a table: so much of it stays below 30,000 characters. */
const mostChanges = 20;
const mostReasons = 20;
const longestReason = 200;

export interface SchemaSave {
  readonly before: SchemaInForce;
  readonly after: SynchronizationSchema;
  readonly saved: SchemaVersion;
  readonly warnings: readonly string[];
}

/** Notes who saved a schema: the versions, what changed in the mappings in force, and what the caller was warned of. */
export const recordSave = async (world: AuditParts, save: SchemaSave, caller: Caller): Promise<void> => {
  const { before, after, saved, warnings } = save;
  const old = readSchemaText(before.text);
  // Of one that could not be used no part was in force.
  const changes = old.kind === 'valid' ? listSchemaChanges(old.schema, after) : [];
  const others = changes.length - mostChanges;
  await record(world, caller, {
    result: 'success',
    reason: warnings.length === 0 ? null : shorten(warnings),
    changes: [
      { name: 'schema.version', old: String(before.version?.version ?? 0), new: String(saved.version) },
      ...changes.slice(0, mostChanges),
      ...(others > 0 ? [{ name: 'others', old: null, new: `${others} more changes` }] : []),
    ],
  });
};

/** Notes who tried to save a schema that is not valid. */
export const recordRefusal = (world: AuditParts, errors: readonly SchemaFinding[], caller: Caller): Promise<void> =>
  record(world, caller, {
    result: 'failure',
    reason: shorten(errors.map((error) => `${error.path}: ${describeFinding(error)}`)),
    changes: [],
  });

const record = (
  { state, clock, newId }: AuditParts,
  { objectId, applicationId }: Caller,
  told: Pick<AuditEntry, 'result' | 'reason' | 'changes'>,
): Promise<void> =>
  state.audit.record({
    id: newId(),
    at: new Date(clock.nowMs()).toISOString(),
    activity: 'Update attribute mappings or scope',
    actor: { objectId, applicationId },
    ...told,
  });

const shorten = (lines: readonly string[]): string => {
  const shown = lines.slice(0, mostReasons).map((line) => line.slice(0, longestReason));
  const others = lines.length - shown.length;
  return [...shown, ...(others > 0 ? [`and ${others} more`] : [])].join('\n');
};
