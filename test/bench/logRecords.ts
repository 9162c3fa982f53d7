import { createHash } from 'node:crypto';
import type { RecordRow } from '../../lib/engine/record.js';
import { benchDomain, benchServicePrincipalId, benchTenantId } from './constants.js';

const daysFilled = 90;
const dayMs = 24 * 60 * 60 * 1_000;
const recordsPerCycle = 500;

/** How often somebody is in the log, whatever its size. */
export const recordsPerPerson = 10;
/**
 * Records of the same people follow one another in blocks, days long. Written a block at a time no row is written twice,
 * which the emulator takes very long for.
 */
export const recordsPerBlock = 2_000;
const peoplePerBlock = recordsPerBlock / recordsPerPerson;

const idOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** A time-ordered id (RFC 9562, version 7), as the service makes them. */
const timeOrderedId = (instantMs: number, index: number): string => {
  const time = instantMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${index.toString(16).padStart(12, '0')}`;
};

export const personId = (person: number): string => idOf(`person ${person}`);
export const personName = (person: number): string => `user${person}@${benchDomain}`;

/** Whoever has an even number is gone for good: of the last records only the id is known. */
const isGone = (person: number, turn: number): boolean => person % 2 === 0 && turn === recordsPerPerson - 1;

/** Record `index` of `size`, oldest first, spread evenly over 90 days up to `endMs`. */
export const makeLogRecord = (index: number, size: number, jobId: string, endMs: number): RecordRow => {
  const inBlock = index % recordsPerBlock;
  const person = Math.floor(index / recordsPerBlock) * peoplePerBlock + (inBlock % peoplePerBlock);
  const turn = Math.floor(inBlock / peoplePerBlock);
  const instantMs = Math.floor(endMs - (daysFilled * dayMs * (size - index)) / size);
  const id = timeOrderedId(instantMs, index);
  const known = !isGone(person, turn);
  return {
    id,
    activityDateTime: new Date(instantMs).toISOString(),
    tenantId: benchTenantId,
    jobId,
    cycleId: idOf(`cycle ${Math.floor(index / recordsPerCycle)}`),
    changeId: id,
    provisioningAction: turn === 0 ? 'create' : known ? 'update' : 'disable',
    durationInMilliseconds: 140,
    initiatedBy: { id: '', displayName: 'entra-zoom-sync', initiatorType: 'system' },
    servicePrincipal: { id: benchServicePrincipalId, displayName: 'Zoom' },
    sourceSystem: { id: benchTenantId, displayName: 'Microsoft Entra ID', details: {} },
    targetSystem: { id: benchServicePrincipalId, displayName: 'Zoom', details: {} },
    sourceIdentity: {
      id: personId(person),
      displayName: known ? `User ${person}` : '',
      identityType: 'User',
      details: known ? { userPrincipalName: personName(person), mail: personName(person) } : {},
    },
    targetIdentity: { id: idOf(`zoom ${person}`), displayName: personName(person), identityType: 'User', details: {} },
    provisioningStatusInfo: { status: 'success', errorInformation: null },
    provisioningSteps: ['EntryImport', 'EntrySynchronizationScoping', 'EntryMatching', 'EntryExportUpdate'].map(
      (name) => ({
        name,
        provisioningStepType: 'import',
        status: 'success',
        description: 'Read from Microsoft Entra ID.',
        details: { department: `Department ${person % 40}`, assignment: 'assigned directly' },
      }),
    ),
    modifiedProperties: [{ displayName: 'name.familyName', oldValue: String(turn), newValue: String(turn + 1) }],
  };
};
