import { type DecideInput, decide } from '../../lib/engine/decide.js';
import type { Match, RemovalTrigger, Scope } from '../../lib/engine/model.js';
import type { RemovalRule } from '../../lib/engine/removalPolicy.js';
import { accountOf, adaValues, builtInMapping, inScope, linkTo } from './samples.js';

const disable: RemovalRule = { kind: 'disable' };
const input = (over: Partial<DecideInput> = {}): DecideInput => ({
  type: 'user',
  scope: inScope,
  link: null,
  match: { kind: 'none' },
  mapped: { values: { ...adaValues, active: true }, faults: [] },
  mapping: builtInMapping,
  removal: null,
  valuesFault: () => null,
  mapForUpdate: () => ({ values: { ...adaValues, active: true }, faults: [] }),
  ...over,
});
const outBy = (trigger: RemovalTrigger, rule: RemovalRule | null = disable): Partial<DecideInput> => {
  const scope: Scope = {
    verdict: 'out',
    gates: [{ name: 'gate', passed: false, detail: 'why' }],
    triggers: [trigger],
    roleIds: [],
  };
  return { scope, removal: rule && { trigger, rule } };
};
const addAndDelete = { ...builtInMapping, actions: { add: true, update: false, delete: true } };
const linked: Match = { kind: 'linked', targetId: 't1', account: null };

describe('what is decided for who is in scope', () => {
  it('creates where nobody matches, and never sends active as an ordinary value', () => {
    expect(decide(input())).toEqual({ kind: 'create', values: adaValues, active: true });
  });

  it('creates anew where the linked account vanished', () => {
    expect(decide(input({ match: { kind: 'vanished', targetId: 't1' } }))).toMatchObject({ kind: 'create' });
  });

  it('adopts what matches, with the differences only', () => {
    const account = accountOf('t1', { resource: { ...accountOf('t1').resource, userType: 'Basic' } });
    expect(decide(input({ match: { kind: 'found', account } }))).toMatchObject({
      kind: 'update',
      adopt: true,
      enable: false,
      changes: [{ path: 'userType', old: 'Basic', new: 'Licensed' }],
    });
  });

  it('enables an inactive account and asks everything anew', () => {
    const account = accountOf('t1', { active: false });
    const decision = decide(input({ match: { kind: 'found', account } }));
    expect(decision).toMatchObject({ kind: 'update', adopt: true, enable: true });
    expect(decision.kind === 'update' && decision.changes.map(({ path }) => path)).toEqual(Object.keys(adaValues));
  });

  it('sends nothing where the same was asked before', () => {
    expect(decide(input({ match: linked, link: linkTo('t1') }))).toMatchObject({ reason: 'RedundantExport' });
  });

  it('sends nothing again that was asked and not granted', () => {
    const link = linkTo('t1', { held: { ...adaValues, userType: 'Basic' } });
    expect(decide(input({ match: linked, link }))).toMatchObject({ reason: 'RedundantExport' });
  });

  it('asks again for what is not held under another version of the schema', () => {
    const link = linkTo('t1', { held: { ...adaValues, userType: 'Basic' }, schemaVersion: 'older' });
    expect(decide(input({ match: linked, link }))).toMatchObject({
      kind: 'update',
      changes: [{ path: 'userType', old: 'Basic', new: 'Licensed' }],
    });
  });

  it('goes by what the account holds where it had to be looked at', () => {
    const account = accountOf('t1', { resource: { ...accountOf('t1').resource, displayName: 'Somebody' } });
    expect(decide(input({ match: { kind: 'linked', targetId: 't1', account }, link: linkTo('t1') }))).toMatchObject({
      kind: 'update',
      adopt: false,
      enable: false,
      changes: [{ path: 'displayName' }],
    });
  });

  it('asks everything anew of who accepted the invitation', () => {
    const match: Match = { kind: 'linked', targetId: 't1', account: accountOf('t1') };
    const decision = decide(input({ match, link: linkTo('t1', { invited: true }) }));
    expect(decision.kind === 'update' && decision.changes).toHaveLength(Object.keys(adaValues).length);
  });

  it.each<[Match, string]>([
    [{ kind: 'pendingOrForeign' }, 'PendingOrForeign'],
    [{ kind: 'invited' }, 'Invited'],
  ])('skips with a reason: %j', (match, reason) => {
    expect(decide(input({ match }))).toMatchObject({ kind: 'skip', reason });
  });

  it('fails where several match, a value cannot be mapped or the target would refuse it', () => {
    const fault = { path: 'displayName', code: 'X', message: 'y' };
    expect(decide(input({ match: { kind: 'several', targetIds: ['a', 'b'] } }))).toMatchObject({
      kind: 'fail',
      fault: { code: 'DuplicateTargetEntries' },
    });
    expect(decide(input({ mapped: { values: {}, faults: [fault] } }))).toMatchObject({
      kind: 'fail',
      fault: { code: 'AttributeMappingFailed', retry: 'onChange' },
    });
    const refused = {
      code: 'InvalidValue',
      message: '',
      recommendedAction: '',
      whose: 'object',
      retry: 'onChange',
    } as const;
    expect(decide(input({ valuesFault: () => refused }))).toEqual({ kind: 'fail', fault: refused });
    expect(decide(input({ valuesFault: () => refused, match: linked, link: linkTo('t1') }))).toMatchObject({
      kind: 'fail',
    });
  });

  it('skips who has no value to match by, or lacks a required one', () => {
    const { userName: _name, ...without } = adaValues;
    expect(decide(input({ mapped: { values: without, faults: [] } }))).toMatchObject({ reason: 'ImportSkipped' });
    const mapping = { ...builtInMapping, required: ['title'] };
    expect(decide(input({ mapping }))).toMatchObject({
      reason: 'RequiredAttributeMissing',
      detail: 'title has no value',
    });
  });

  it('skips who could not be read', () => {
    expect(decide(input({ mapped: null }))).toMatchObject({ reason: 'NotVisibleYet' });
  });

  it('removes as blocked whom the mapping makes inactive, and creates no such account', () => {
    const values = { ...adaValues, active: false };
    const mapForUpdate = () => ({ values, faults: [] });
    const blocked = (rule: RemovalRule) => ({ trigger: 'blocked' as const, rule });
    const decideFor = (rule: RemovalRule) =>
      decide(input({ match: linked, link: linkTo('t1'), mapForUpdate, removal: blocked(rule) }));
    expect(decideFor({ kind: 'disable' })).toEqual({ kind: 'remove', targetId: 't1', trigger: 'blocked' });
    expect(decideFor({ kind: 'nothing' })).toMatchObject({ reason: 'EntrySynchronizationSkipped' });
    expect(decide(input({ mapped: { values, faults: [] } }))).toMatchObject({ reason: 'NotEffectivelyEntitled' });
    const disabled = linkTo('t1', { state: 'disabled' });
    const off = { match: linked, link: disabled, mapForUpdate, removal: blocked({ kind: 'disable' }) };
    expect(decide(input(off))).toMatchObject({ kind: 'skip' });
    expect(decide(input({ match: { kind: 'found', account: accountOf('t1') }, mapForUpdate }))).toMatchObject({
      kind: 'skip',
    });
  });

  it('does not what the mapping does not allow', () => {
    const mapping = { ...builtInMapping, actions: { add: false, update: false, delete: false } };
    expect(decide(input({ mapping }))).toMatchObject({ reason: 'EntrySynchronizationSkipped' });
    const link = linkTo('t1', { asked: {} });
    expect(decide(input({ mapping, match: linked, link }))).toMatchObject({ reason: 'EntrySynchronizationSkipped' });
    expect(decide(input({ mapping, link, ...outBy('blocked') }))).toMatchObject({
      reason: 'EntrySynchronizationSkipped',
    });
  });
});

describe('what is decided for who is not in scope', () => {
  it.each(['unassigned', 'blocked', 'softDeleted', 'hardDeleted'] as const)(
    'removes a linked user who is %s',
    (trigger) => {
      expect(decide(input({ link: linkTo('t1'), ...outBy(trigger) }))).toEqual({
        kind: 'remove',
        targetId: 't1',
        trigger,
      });
    },
  );

  it('removes nobody without a link, or whose link was let go', () => {
    expect(decide(input(outBy('unassigned')))).toMatchObject({ reason: 'NotEffectivelyEntitled', detail: 'why' });
    const link = linkTo('t1', { state: 'detached' });
    expect(decide(input({ link, ...outBy('filteredOut') }))).toMatchObject({ reason: 'ScopingFilter' });
  });

  it('disables once, and deletes also who is disabled', () => {
    const link = linkTo('t1', { state: 'disabled' });
    expect(decide(input({ link, ...outBy('blocked') }))).toMatchObject({ kind: 'skip' });
    expect(decide(input({ link, ...outBy('hardDeleted', { kind: 'delete', afterMs: 0 }) }))).toMatchObject({
      kind: 'remove',
    });
  });

  it('does nothing where the policy says so, or active is not mapped', () => {
    const link = linkTo('t1');
    expect(decide(input({ link, ...outBy('unassigned', { kind: 'nothing' }) }))).toMatchObject({ kind: 'skip' });
    const mapping = { ...builtInMapping, mapsActive: false };
    expect(decide(input({ link, mapping, ...outBy('unassigned') }))).toMatchObject({ kind: 'skip' });
  });

  it('does nothing while scope is not known', () => {
    const scope: Scope = {
      verdict: 'unknown',
      gates: [{ name: 'a', passed: false, detail: 'no list' }],
      triggers: [],
      roleIds: [],
    };
    expect(decide(input({ scope, link: linkTo('t1') }))).toEqual({
      kind: 'skip',
      reason: 'ScopeUnknown',
      detail: 'no list',
    });
  });
});

describe('an object mapping without Update', () => {
  const link = linkTo('t1');

  it('disables nobody, and deletes where a removal is a deletion', () => {
    const mapping = addAndDelete;
    expect(decide(input({ ...outBy('unassigned'), link, match: linked, mapping }))).toMatchObject({ kind: 'skip' });
    const now: RemovalRule = { kind: 'delete', afterMs: 0 };
    expect(decide(input({ ...outBy('hardDeleted', now), link, match: linked, mapping }))).toMatchObject({
      kind: 'remove',
    });
    const later: RemovalRule = { kind: 'delete', afterMs: 1 };
    expect(decide(input({ ...outBy('hardDeleted', later), link, match: linked, mapping }))).toMatchObject({
      kind: 'skip',
    });
  });

  it('adopts what is as it should be, and nothing else', () => {
    const equal = accountOf('t1');
    const other = accountOf('t1', { resource: { ...equal.resource, userType: 'Basic' } });
    expect(decide(input({ match: { kind: 'found', account: equal }, mapping: addAndDelete }))).toMatchObject({
      adopt: true,
      changes: [],
    });
    expect(decide(input({ match: { kind: 'found', account: other }, mapping: addAndDelete }))).toMatchObject({
      kind: 'skip',
    });
  });
});
