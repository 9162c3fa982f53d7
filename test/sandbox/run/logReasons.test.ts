import type { RecordRow, RecordStatus } from '../../../lib/engine/record.js';
import { readLogReasons } from '../../../lib/sandbox/run/logReasons.js';

const system = { id: '', displayName: '', details: {} };
const identity = { id: '', displayName: '', identityType: 'User', details: {} };

const recordOf = (status: RecordStatus, errorCode: string | null, notApplied?: string): RecordRow => ({
  id: 'record',
  activityDateTime: '2026-01-05T08:00:00Z',
  tenantId: '',
  jobId: '',
  cycleId: 'cycle',
  changeId: '',
  provisioningAction: 'other',
  durationInMilliseconds: 1,
  initiatedBy: { id: '', displayName: '', initiatorType: 'system' },
  servicePrincipal: { id: '', displayName: '' },
  sourceSystem: system,
  targetSystem: system,
  sourceIdentity: identity,
  targetIdentity: identity,
  provisioningStatusInfo: {
    status,
    errorInformation:
      errorCode === null
        ? null
        : {
            errorCode,
            reason: '',
            additionalDetails: null,
            recommendedAction: status === 'failure' ? 'Do this.' : null,
            errorCategory: 'nonServiceFailure',
          },
  },
  provisioningSteps: [
    {
      name: 'EntryExportUpdate',
      provisioningStepType: 'export',
      status,
      description: '',
      details: notApplied === undefined ? {} : { [notApplied]: 'notApplied' },
    },
  ],
  modifiedProperties: [],
});

describe('reasons in the provisioning log of a cycle', () => {
  it('are counted over all pages, most frequent first', async () => {
    const pages = [
      [recordOf('skipped', 'PendingOrForeign'), recordOf('success', null), recordOf('skipped', 'RedundantExport')],
      [recordOf('skipped', 'RedundantExport'), recordOf('failure', 'InvalidUserName')],
      [recordOf('warning', null, 'userName')],
    ];
    const records = {
      listByCycle: async (cycleId: string, cursor: string | null) => {
        expect(cycleId).toBe('cycle');
        const index = Number(cursor ?? '0');
        return { rows: pages[index] ?? [], cursor: index + 1 < pages.length ? String(index + 1) : null };
      },
    };
    expect(await readLogReasons(records, 'cycle')).toEqual({
      skipped: [
        { code: 'RedundantExport', count: 2, advice: null },
        { code: 'PendingOrForeign', count: 1, advice: null },
      ],
      failed: [{ code: 'InvalidUserName', count: 1, advice: 'Do this.' }],
      notApplied: [{ code: 'userName notApplied', count: 1, advice: null }],
    });
  });
});
