import type { CompiledMapping } from '../../mapping/compiled.js';
import type { DriftKey, DriftRow } from '../drift.js';
import { redactedValue } from '../model.js';
import { createRedaction, type Redaction } from '../redaction.js';
import type { Slice } from '../slice.js';
import type { ObjectRow } from '../stored.js';
import { recordOfDrift } from './recordOfDrift.js';

/** An account that is not as it was left. `row` null: nobody's. */
export interface Finding extends Pick<DriftRow, 'type' | 'targetId' | 'kind' | 'differences'> {
  readonly row: ObjectRow | null;
}

/** Puts findings on the report and into the provisioning log. A page that is replayed leaves each of them once. */
export const noteDrift = async (
  findings: readonly Finding[],
  mapping: CompiledMapping,
  slice: Slice,
): Promise<void> => {
  if (findings.length === 0) return;
  const context = await slice.provisionContext([]);
  const startedMs = Date.parse(slice.cycle.startedAt);
  const { state, newId } = context.world;
  const noted = await state.drift.find(context.cycleId, findings);
  const recordIds = new Map(noted.map((row) => [keyOf(row), row.recordId]));
  const redaction = createRedaction(context.redact, mapping);
  const drifted = findings.map((finding) => ({
    finding,
    row: toDriftRow(finding, recordIds.get(keyOf(finding)) ?? newId(), redaction),
  }));
  await state.drift.put(
    context.cycleId,
    drifted.map(({ row }) => row),
  );
  await state.records.append(
    drifted.map(({ row, finding }) =>
      recordOfDrift({ row, link: finding.row?.link ?? null, startedMs }, redaction, context),
    ),
  );
};

const keyOf = ({ kind, type, targetId }: DriftKey): string => `${kind}|${type}|${targetId}`;

const toDriftRow = (
  { row, type, targetId, kind, differences }: Finding,
  recordId: string,
  redaction: Redaction,
): DriftRow => ({
  id: row?.id ?? null,
  type,
  targetId,
  kind,
  differences: differences.map((difference) =>
    redaction.showTarget(difference.path, '') === redactedValue
      ? { path: difference.path, wanted: redactedValue, found: redactedValue }
      : difference,
  ),
  recordId,
});
