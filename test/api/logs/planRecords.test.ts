import { parseFilter } from '../../../lib/api/logs/parseFilter.js';
import { planRecords, type RecordPlan } from '../../../lib/api/logs/planRecords.js';
import { provisioningMembers } from '../../../lib/api/logs/provisioningMembers.js';

const plan = (filter: string): RecordPlan | null =>
  planRecords(parseFilter(filter, provisioningMembers), { jobId: 'ours', tenantId: 'home' });

const at = (time: string): number => Date.parse(`2026-11-23T${time}Z`);
const day = { path: { kind: 'day' }, fromMs: null, toMs: null };
const object = (...sourceIds: string[]) => ({ ...day, path: { kind: 'object', sourceIds } });
const cycle = (...cycleIds: string[]) => ({ ...day, path: { kind: 'cycle', cycleIds } });
const v7 = '019ab000-0000-7000-8000-000000000001';
const v7Ms = 0x019ab0000000;

describe('the plan of a question', () => {
  test.each<[string, unknown]>([
    ["sourceIdentity/id eq 'a'", object('a')],
    ["sourceIdentity/id eq 'a' and cycleId eq 'c'", object('a')],
    ["provisioningStatusInfo/status eq 'failure' and sourceIdentity/id eq 'a'", object('a')],
    ["sourceIdentity/id eq 'a' or sourceIdentity/id eq 'b'", object('a', 'b')],
    ["not (sourceIdentity/id ne 'a' and sourceIdentity/id ne 'b')", object('a', 'b')],
    ["sourceIdentity/id eq 'a' or cycleId eq 'c'", day],
    ["sourceIdentity/id ne 'a'", day],
    ["not (sourceIdentity/id eq 'a')", day],
    ["contains(sourceIdentity/id,'a')", day],
    ["cycleId eq 'c'", cycle('c')],
    ["cycleId eq 'c' or cycleId eq 'd'", cycle('c', 'd')],
    ["cycleId eq 'c' and cycleId eq 'd'", null],
    ["sourceIdentity/id eq 'a' and not (sourceIdentity/id ne 'b')", null],
    ["jobId eq 'ours'", day],
    ["jobId eq 'theirs'", null],
    ["jobId ne 'ours'", null],
    ["not (tenantId eq 'home')", null],
    ["jobId eq 'theirs' or cycleId eq 'c'", cycle('c')],
    [`id eq '${v7}'`, { ...day, fromMs: v7Ms, toMs: v7Ms }],
    [`changeId eq '${v7}'`, { ...day, fromMs: v7Ms, toMs: v7Ms }],
    ["changeId eq 'of another kind'", day],
    ['activityDateTime ge 2026-11-23T08:00:00Z', { ...day, fromMs: at('08:00:00') }],
    ['activityDateTime gt 2026-11-23T08:00:00Z', { ...day, fromMs: at('08:00:00.001') }],
    ['activityDateTime lt 2026-11-23T08:00:00Z', { ...day, toMs: at('07:59:59.999') }],
    ['activityDateTime lt 2026-11-23T08:00:00.0005Z', { ...day, toMs: at('08:00:00') }],
    ['activityDateTime gt 2026-11-23T08:00:00.0005Z', { ...day, fromMs: at('08:00:00.001') }],
    ['not (activityDateTime le 2026-11-23T08:00:00Z)', { ...day, fromMs: at('08:00:00.001') }],
    ['activityDateTime eq 2026-11-23T08:00:00.0005Z', null],
    ['activityDateTime gt 2026-11-23T09:00:00Z and activityDateTime lt 2026-11-23T08:00:00Z', null],
    [
      "sourceIdentity/id eq 'a' and activityDateTime ge 2026-11-23T08:00:00Z and activityDateTime le 2026-11-23T09:00:00Z",
      { ...object('a'), fromMs: at('08:00:00'), toMs: at('09:00:00') },
    ],
    [
      'activityDateTime eq 2026-11-23T08:00:00Z or activityDateTime eq 2026-11-23T09:00:00Z',
      { ...day, fromMs: at('08:00:00'), toMs: at('09:00:00') },
    ],
    ["activityDateTime ge 2026-11-23T08:00:00Z or sourceIdentity/id eq 'a'", day],
  ])('%s', (filter, expected) => {
    expect(plan(filter)).toEqual(expected);
  });

  test('of a question about very many objects is the order of days', () => {
    const many = Array.from({ length: 30 }, (_none, index) => `sourceIdentity/id eq 'u${index}'`).join(' or ');
    expect(plan(many)).toEqual(day);
    expect(plan(`cycleId eq 'c' and (${many})`)).toEqual(cycle('c'));
  });
});
