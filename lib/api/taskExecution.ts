import type { CycleSummary } from '../engine/control.js';

const exportKeys = [
  'created',
  'adopted',
  'updated',
  'enabled',
  'disabled',
  'deleted',
  'groupsCreated',
  'groupsAdopted',
  'groupsUpdated',
  'groupsDeleted',
] as const;

/** A cycle that ended, as Graph's `synchronizationTaskExecution`. */
export const toExecution = (summary: CycleSummary | null) => {
  if (!summary) return null;
  const count = (key: string): number => summary.counts[key] ?? 0;
  const isInitial = summary.kind === 'initial';
  return {
    activityIdentifier: summary.cycleId,
    countEntitled: count('entitled'),
    countEntitledForProvisioning: count('entitledForProvisioning'),
    countEscrowed: count('failed'),
    // Those too that wait for something which is nobody's failure: an invitation, a lagging directory.
    countEscrowedRaw: count('failed') + count('waiting'),
    countExported: exportKeys.reduce((sum, key) => sum + count(key), 0),
    countExports: count('exports'),
    countImported: isInitial ? count('imported') : 0,
    countImportedDeltas: isInitial ? 0 : count('imported'),
    countImportedReferenceDeltas: count('referenceDeltas'),
    error: summary.fault
      ? { code: summary.fault.code, message: summary.fault.message, tenantActionable: summary.fault.whose !== 'us' }
      : null,
    state: summary.state,
    timeBegan: summary.startedAt,
    timeEnded: summary.endedAt,
  };
};
