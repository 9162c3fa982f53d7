import { describeCycle, describeJudgement, describeMorning } from '../../../lib/sandbox/run/narrate.js';

const totals = {
  kind: 'incremental' as const,
  created: 0,
  adopted: 0,
  updated: 0,
  disabled: 0,
  enabled: 0,
  deleted: 0,
  skipped: 0,
  failed: 0,
  graphRequests: 3,
  zoomRequests: 0,
  durationMs: 1_240,
};
const quiet = {
  title: 'Incremental cycle 3',
  totals,
  held: 0,
  fault: null,
  quarantineReason: null,
  reasons: { skipped: [], failed: [], notApplied: [] },
};

describe('what a cycle did', () => {
  it('is short where there was nothing to do', () => {
    expect(describeCycle(quiet)).toBe('Incremental cycle 3: nothing to do\n  1.2 s, 3 requests to Graph, 0 to Zoom');
  });

  it('names what happened, why people were skipped, and why they failed with what to do', () => {
    const text = describeCycle({
      ...quiet,
      totals: { ...totals, created: 4, disabled: 1, skipped: 3, failed: 2 },
      held: 12,
      quarantineReason: 'TooManyDeletes',
      fault: {
        code: 'SourceUnwell',
        message: 'Graph is down.',
        recommendedAction: 'Wait.',
        whose: 'source',
        retry: 'nextCycle',
      },
      reasons: {
        skipped: [
          { code: 'NotEffectivelyEntitled', count: 2, advice: null },
          { code: 'PendingOrForeign', count: 1, advice: null },
        ],
        failed: [{ code: 'InvalidUserName', count: 2, advice: 'Map mail to userName.' }],
        notApplied: [{ code: 'userName notApplied', count: 2, advice: null }],
      },
    });
    expect(text.split('\n')).toEqual([
      'Incremental cycle 3: 4 created, 1 disabled',
      '  1.2 s, 3 requests to Graph, 0 to Zoom',
      '  skipped 3: NotEffectivelyEntitled 2, PendingOrForeign 1',
      '  failed 2: InvalidUserName 2',
      '    InvalidUserName: Map mail to userName.',
      '  not taken over by Zoom 2: userName notApplied 2',
      '  held 12: more removals than the guard lets through',
      '  ended early: SourceUnwell, Graph is down. Wait.',
      '  the job is in quarantine: TooManyDeletes',
    ]);
  });
});

describe('what happened on the working day', () => {
  it('is told with the group that was unassigned', () => {
    const text = describeMorning({
      joiners: 5,
      moves: { departments: 3, renames: 2, roles: 1 },
      departures: {
        blockedIds: ['a', 'b'],
        deleted: 1,
        deletedIds: [],
        unassigned: 4,
        group: { displayName: 'Pilot', people: 2, nested: 1 },
      },
      returners: 1,
    });
    expect(text.split('\n')).toEqual([
      'A working day:',
      '  joined 5, back again 1',
      '  moved: 3 to another department, 2 renamed, 1 to another role',
      '  left: 2 blocked, 1 deleted, 4 unassigned',
      '  group "Pilot" unassigned: 2 people, 1 of them in a group inside it',
    ]);
  });
});

describe('whether Zoom holds what the tenant says', () => {
  it('is told with those who are left out', () => {
    expect(describeJudgement({ differences: [], activeIds: new Set(['a']), leftOut: 2 })).toBe(
      'Converged: Zoom holds what the tenant says, 1 person active. 2 people left out, whom Zoom reports as invited or in another account.',
    );
  });

  it('lists differences by id and field, fifty at most', () => {
    const field = { name: 'department', expected: 'Sales', found: 'Legal' };
    const differences = Array.from({ length: 52 }, (_, index) => ({
      kind: 'field' as const,
      personId: `p${index}`,
      accountId: `a${index}`,
      field,
    }));
    const lines = describeJudgement({ differences, activeIds: new Set(), leftOut: 0 }).split('\n');
    expect(lines[0]).toBe('Not converged: 52 differences between Zoom and the tenant.');
    expect(lines[1]).toBe('  person p0, account a0: department is "Legal", expected "Sales"');
    expect(lines.at(-1)).toBe('  and 2 more');
    expect(lines).toHaveLength(52);
  });
});
