import { comparePreview } from '../../../lib/sandbox/run/comparePreview.js';
import { describeAgreement, describePreview } from '../../../lib/sandbox/run/narratePreview.js';
import type { ShownOperation, ShownPreview } from '../../../lib/sandbox/run/previewClient.js';

const disable = (id: string): ShownOperation => ({
  action: 'disable',
  sourceIdentity: { id, displayName: `Person ${id}`, userPrincipalName: `${id}@contoso.example` },
  reason: 'assignment: neither assigned directly nor a member of an assigned group',
  modifiedProperties: [{ displayName: 'active', oldValue: 'true', newValue: 'false' }],
});

const shown: ShownPreview = {
  report: {
    state: 'completed',
    requestedDateTime: '2026-11-23T08:00:00.000Z',
    completedDateTime: '2026-11-23T08:00:02.500Z',
    counts: { create: 0, disable: 5 },
    skips: { RedundantExport: 2 },
    requests: { graph: 8, zoom: 15 },
    error: null,
    operations: [],
  },
  operations: ['a', 'b', 'c', 'd', 'e'].map(disable),
};

describe('what npm start --preview says', () => {
  it('counts what would be done, and shows a few of each sort', () => {
    expect(describePreview('incremental cycle 1', shown).split('\n')).toEqual([
      'Preview of incremental cycle 1: 5 to disable',
      '  2.5 s, 8 requests to Graph, 15 to Zoom, all of them reads',
      '  to skip: RedundantExport 2',
      '  disable Person a, a@contoso.example: active true -> false',
      '  disable Person b, b@contoso.example: active true -> false',
      '  disable Person c, c@contoso.example: active true -> false',
      '    and 2 more to disable',
    ]);
  });

  it('names what came otherwise', async () => {
    const agreement = await comparePreview(
      [disable('a')],
      { listByCycle: async () => ({ rows: [], cursor: null }) },
      'c',
    );
    expect(describeAgreement(agreement)).toBe(
      'Not as previewed, in 1 operations:\n  not done: disable a (active: true -> false)',
    );
    expect(describeAgreement({ previewed: 3, notDone: [], notPreviewed: [] })).toBe(
      'As previewed: all of 3 operations, value for value, and no other.',
    );
  });
});
