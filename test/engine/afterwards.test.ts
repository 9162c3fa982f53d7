import { type AfterwardsContext, rowAfter } from '../../lib/engine/afterwards.js';
import type { Fault, Scope } from '../../lib/engine/model.js';
import type { Effect, Outcome } from '../../lib/engine/outcome.js';
import type { RemovalRule } from '../../lib/engine/removalPolicy.js';
import type { ObjectRow, Pending, Staged } from '../../lib/engine/stored.js';
import type { Subject } from '../../lib/engine/subject.js';
import { inScope, linkTo, userRow } from './samples.js';

const nowMs = Date.UTC(2026, 10, 23, 8);
const context: AfterwardsContext = { cycleId: 'c2', schemaVersion: 'v1', intervalMs: 40 * 60_000, nowMs, intent: null };
const fault: Fault = { code: 'X', message: '', recommendedAction: '', whose: 'object', retry: 'nextCycle' };
const mark = (over: Partial<Pending> = {}): Pending => ({
  reason: 'seen',
  due: '2026-11-23T07:00:00.000Z',
  touch: 5,
  attempts: 0,
  firstFailureAt: null,
  fault: null,
  ...over,
});
const stagedBefore: Staged = {
  trigger: 'unassigned',
  removal: 'disable',
  since: '2026-11-22T08:00:00.000Z',
  cycleId: 'c1',
  state: 'held',
  incident: 'c1',
  provenByRow: true,
  contradictedIn: 'c1',
  release: null,
};
const outOfScope: Scope = {
  verdict: 'out',
  gates: [{ name: 'assignment', passed: false, detail: '' }],
  triggers: ['unassigned'],
  roleIds: [],
};

interface Given {
  readonly scope?: Scope;
  readonly subject?: Partial<Subject>;
  readonly rule?: RemovalRule;
  readonly decision?: Outcome['decision'];
}

const outcomeOf = (row: ObjectRow, effect: Effect, given: Given = {}): Outcome => ({
  assessment: {
    subject: {
      stored: { row, etag: null },
      source: { type: 'user', id: row.id, attributes: {} },
      life: 'live',
      readAt: '2026-11-23T07:59:00.000Z',
      round: 7,
      provenByRow: false,
      readFault: null,
      ...given.subject,
    },
    scope: given.scope ?? inScope,
    attributes: null,
    mapped: null,
    barred: null,
    removal: given.rule ? { trigger: 'unassigned', rule: given.rule } : null,
  },
  match: null,
  decision: given.decision ?? { kind: 'skip', reason: 'RedundantExport', detail: '' },
  effect,
  changes: [],
  invalidAnchor: false,
  startedMs: nowMs,
  endedMs: nowMs,
});
const remove = { kind: 'remove', targetId: 't1', trigger: 'unassigned' } as const;
const skipped = (reason: Extract<Effect, { kind: 'skipped' }>['reason']): Effect => ({
  kind: 'skipped',
  reason,
  detail: '',
});
const endAs = (row: ObjectRow, effect: Effect, given: Given = {}, touch = row.pending?.touch ?? 0): ObjectRow =>
  rowAfter(row, outcomeOf(row, effect, given), touch, context);

describe('the row after an outcome', () => {
  it('is done after an export: no mark, nothing staged, no removal in force', () => {
    const row = userRow('u', {
      pending: mark(),
      staged: stagedBefore,
      removal: { trigger: 'blocked', since: '', due: null },
      gone: { reason: 'changed', since: '' },
      via: { app: { r: { missingSince: null } } },
    });
    expect(endAs(row, { kind: 'exported', operation: 'update', link: linkTo('t1'), unapplied: [] })).toMatchObject({
      pending: null,
      staged: null,
      removal: null,
      gone: null,
      link: { targetId: 't1' },
      eval: { outcome: 'exported', inScope: true, round: 7, cycleId: 'c2' },
    });
  });

  it('keeps a mark that somebody left meanwhile', () => {
    const row = userRow('u', { pending: mark({ touch: 6 }) });
    const effect: Effect = { kind: 'exported', operation: 'update', link: linkTo('t1'), unapplied: [] };
    expect(endAs(row, effect, {}, 5).pending).toEqual(mark({ touch: 6 }));
  });

  it('is in escrow after a failure, and keeps its first', () => {
    const row = userRow('u', { pending: mark({ fault, attempts: 2, firstFailureAt: '2026-11-01T00:00:00.000Z' }) });
    expect(endAs(row, { kind: 'failed', fault }).pending).toMatchObject({
      reason: 'failed',
      attempts: 3,
      firstFailureAt: '2026-11-01T00:00:00.000Z',
      due: new Date(nowMs + 1 + 160 * 60_000).toISOString(),
    });
  });

  it('waits no longer than a day where a removal failed', () => {
    const row = userRow('u', { link: linkTo('t1'), staged: stagedBefore, pending: mark({ fault, attempts: 20 }) });
    const failed = endAs(row, { kind: 'failed', fault }, { decision: remove, scope: outOfScope });
    expect(Date.parse(failed.pending?.due ?? '')).toBe(nowMs + 1 + 24 * 60 * 60_000);
    expect(failed.staged).toEqual(stagedBefore);
  });

  it('is staged once: since, cycle, state and incident stay, a contradiction is forgotten', () => {
    const row = userRow('u', { link: linkTo('t1'), staged: stagedBefore });
    const given = { decision: remove, scope: outOfScope, rule: { kind: 'disable' } as const };
    expect(endAs(row, { kind: 'staged' }, given).staged).toEqual({ ...stagedBefore, contradictedIn: null });
    const fresh = endAs(userRow('u', { link: linkTo('t1') }), { kind: 'staged' }, given).staged;
    expect(fresh).toMatchObject({ cycleId: 'c2', state: 'staged', incident: null, provenByRow: false });
  });

  it('is staged as a deletion only where that is due now', () => {
    const row = userRow('u', { link: linkTo('t1') });
    const staged = (afterMs: number) =>
      endAs(row, { kind: 'staged' }, { decision: remove, scope: outOfScope, rule: { kind: 'delete', afterMs } }).staged;
    expect(staged(0)?.removal).toBe('delete');
    expect(staged(1)?.removal).toBe('disable');
  });

  it('lets no failed update delay a removal that is new, and keeps the attempts of one that is not', () => {
    const pending = mark({ fault, attempts: 4, due: '2026-12-23T08:00:00.000Z' });
    const given = { decision: remove, scope: outOfScope, rule: { kind: 'disable' } as const };
    expect(endAs(userRow('u', { link: linkTo('t1'), pending }), { kind: 'staged' }, given).pending).toBeNull();
    const again = userRow('u', { link: linkTo('t1'), pending, staged: stagedBefore });
    expect(endAs(again, { kind: 'staged' }, given).pending).toEqual(pending);
  });

  it.each(['ScopeUnknown', 'NotVisibleYet'] as const)('stays staged and pending where it is %s', (reason) => {
    const row = userRow('u', { link: linkTo('t1'), staged: stagedBefore });
    expect(endAs(row, skipped(reason))).toMatchObject({
      staged: stagedBefore,
      pending: { reason: 'unknown', fault: null },
    });
  });

  it('stays staged where it could not be read', () => {
    const row = userRow('u', { link: linkTo('t1'), staged: stagedBefore });
    const given = { subject: { readFault: fault, source: null }, decision: { kind: 'fail', fault } as const };
    expect(endAs(row, { kind: 'failed', fault }, given).staged).toEqual(stagedBefore);
  });

  it('remembers when a dated deletion is due, and forgets it in scope', () => {
    const row = userRow('u', { link: linkTo('t1') });
    const link = linkTo('t1', { state: 'disabled' });
    const given = { scope: outOfScope, decision: remove, rule: { kind: 'delete', afterMs: 86_400_000 } as const };
    const disabled = endAs(row, { kind: 'removed', operation: 'disable', link }, given);
    expect(disabled.removal).toEqual({
      trigger: 'unassigned',
      since: new Date(nowMs).toISOString(),
      due: new Date(nowMs + 86_400_000).toISOString(),
    });
    expect(endAs(disabled, skipped('RedundantExport')).removal).toBeNull();
  });

  it('is empty for a stranger, and keeps the bare stay in the recycle bin', () => {
    const row = userRow('u', { pending: mark() });
    expect(endAs(row, skipped('NotEffectivelyEntitled'), { scope: outOfScope })).toEqual(userRow('u'));
    const scope: Scope = { ...outOfScope, triggers: ['hardDeleted'] };
    const subject = { life: 'hardDeleted', source: null } as const;
    expect(endAs(row, skipped('NotEffectivelyEntitled'), { scope, subject })).toEqual(userRow('u'));
  });

  it('has no edges once the user is gone for good', () => {
    const row = userRow('u', { link: linkTo('t1'), via: { app: { r: { missingSince: null } } } });
    const scope: Scope = { ...outOfScope, triggers: ['hardDeleted'] };
    const done = endAs(
      row,
      { kind: 'staged' },
      { scope, subject: { life: 'hardDeleted', source: null }, decision: remove },
    );
    expect(done).toMatchObject({ via: {}, gone: { reason: 'deleted' } });
  });

  it('takes a manager that was cleared for cleared, and one that was not named for the same', () => {
    const evaluated = userRow('u', {
      eval: { readAt: '', schemaVersion: '', cycleId: null, round: null, outcome: '', inScope: true, managerId: 'm1' },
    });
    const managerAfter = (managerId?: string | null) => {
      const source = {
        type: 'user',
        id: 'u',
        attributes: {},
        ...(managerId === undefined ? {} : { managerId }),
      } as const;
      return endAs(evaluated, skipped('RedundantExport'), { subject: { source } }).eval?.managerId;
    };
    expect([managerAfter(), managerAfter(null), managerAfter('m2')]).toEqual(['m1', null, 'm2']);
  });

  it('is due at once where nothing was sent', () => {
    const row = userRow('u', { pending: mark({ reason: 'intent', due: '2026-11-23T09:00:00.000Z' }) });
    expect(endAs(row, { kind: 'deferred', retryAt: null }).pending).toMatchObject({
      reason: 'left',
      due: new Date(nowMs).toISOString(),
      touch: 5,
    });
  });
});
