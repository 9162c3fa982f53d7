import { clearRow } from '../../lib/engine/clearRow.js';
import type { Reset } from '../../lib/engine/control.js';
import { newJob } from '../../lib/engine/newJob.js';
import { chooseClearing, type ResetScope, restartJob } from '../../lib/engine/restart.js';
import { emptyRow, type ObjectRow, type Pending } from '../../lib/engine/stored.js';
import { linkTo, stagedIn } from '../state/samples.js';

const nowMs = Date.UTC(2026, 10, 23, 9);
const release = { by: 'ada', at: new Date(nowMs).toISOString() };

const resetOf = (...scopes: ResetScope[]): Reset => {
  const { reset } = restartJob(newJob('job', 'on', 1), chooseClearing(scopes), 'reset', release);
  if (!reset) throw new Error('These scopes clear no rows.');
  return reset;
};

const failed: Pending = {
  reason: 'failed',
  due: '2026-11-30T00:00:00.000Z',
  touch: 7,
  attempts: 4,
  firstFailureAt: '2026-11-20T00:00:00.000Z',
  fault: {
    code: 'EntryConflict',
    message: 'm',
    recommendedAction: 'a',
    whose: 'object',
    retry: 'nextCycle',
  },
};
const intent = {
  operation: 'create',
  userName: 'ada@contoso.example',
  targetId: null,
  token: 't',
  until: '2026-11-23T08:00:00.000Z',
  recordId: 'r',
  touch: 7,
} as const;
const row = (parts: Partial<ObjectRow>): ObjectRow => ({ ...emptyRow('ada', 'user'), ...parts });
const due = new Date(nowMs).toISOString();

describe('a restart that drops escrows', () => {
  const reset = resetOf('Escrows');

  it('forgets a failure, so that it is not tried again', () => {
    expect(clearRow(row({ link: linkTo('z1'), pending: failed }), reset, nowMs)).toMatchObject({
      pending: null,
      link: { targetId: 'z1' },
    });
  });

  it.each<[string, Partial<ObjectRow>]>([
    ['a removal waits', { staged: stagedIn('c1') }],
    ['somebody touched the object since', { pending: { ...failed, reason: 'assignment' } }],
  ])('makes it due at once where %s', (_why, parts) => {
    const { pending } = clearRow(row({ pending: failed, ...parts }), reset, nowMs) ?? row({});
    expect(pending).toMatchObject({ due, attempts: 0, fault: null, touch: 7 });
  });

  it('leaves the mark of a write whose outcome nobody knows where it is', () => {
    const cleared = clearRow(row({ pending: { ...failed, reason: 'intent' }, intent }), reset, nowMs);
    expect(cleared).toMatchObject({ intent, pending: { reason: 'intent', due: failed.due, fault: null } });
  });

  it('leaves everybody else alone', () => {
    expect(clearRow(row({ pending: { ...failed, fault: null, reason: 'unknown' } }), reset, nowMs)).toBeNull();
    expect(clearRow(row({ link: linkTo('z1') }), reset, nowMs)).toBeNull();
  });
});

describe('a full restart', () => {
  const reset = resetOf('Full');

  it('lets pairs go', () => {
    const removal = { trigger: 'unassigned', since: due, due } as const;
    expect(clearRow(row({ link: linkTo('z1'), removal }), reset, nowMs)).toMatchObject({
      link: { targetId: 'z1', state: 'detached' },
      removal: null,
    });
  });

  it.each(['staged', 'held', 'released'] as const)('keeps the link of an object whose removal is %s', (state) => {
    expect(clearRow(row({ link: linkTo('z1'), staged: stagedIn('c1', state) }), reset, nowMs)).toBeNull();
  });

  it('keeps an open invitation', () => {
    expect(clearRow(row({ link: { ...linkTo('z1'), invited: true } }), reset, nowMs)).toBeNull();
  });

  it('changes nothing a second time', () => {
    const once = clearRow(row({ link: linkTo('z1'), pending: failed }), reset, nowMs);
    expect(clearRow(once ?? row({}), reset, nowMs)).toBeNull();
  });
});

describe('a restart that forces deletions', () => {
  it('releases what is held, with who and when, and nothing else', () => {
    const reset = resetOf('ForceDeletes');
    expect(clearRow(row({ staged: stagedIn('c1', 'held') }), reset, nowMs)?.staged).toEqual({
      ...stagedIn('c1', 'held'),
      state: 'released',
      release,
    });
    expect(clearRow(row({ staged: stagedIn('c1') }), reset, nowMs)).toBeNull();
  });
});
