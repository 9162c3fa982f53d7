import fc from 'fast-check';
import type { RemovalTrigger } from '../../lib/engine/model.js';
import {
  chooseRemoval,
  defaultRemovalPolicy,
  type RemovalPolicy,
  type RemovalRule,
} from '../../lib/engine/removalPolicy.js';

const nothing: RemovalRule = { kind: 'nothing' };
const disable: RemovalRule = { kind: 'disable' };
const deleteNow: RemovalRule = { kind: 'delete', afterMs: 0 };
const deleteLater: RemovalRule = { kind: 'delete', afterMs: 30 };
const free = { mayDelete: true, skipOutOfScope: false };

describe('what a removal comes to', () => {
  it('is nothing without a trigger', () => {
    expect(chooseRemoval([], defaultRemovalPolicy, free)).toBeNull();
  });

  it('is disabling for every trigger by default', () => {
    for (const trigger of Object.keys(defaultRemovalPolicy)) {
      const [named] = (['unassigned', 'filteredOut', 'blocked', 'softDeleted', 'hardDeleted'] as const).filter(
        (one) => one === trigger,
      );
      if (!named) throw new Error(`Unknown trigger ${trigger}.`);
      expect(chooseRemoval([named], defaultRemovalPolicy, free)).toEqual({ trigger: named, rule: disable });
    }
  });

  it.each<[RemovalRule, RemovalRule, RemovalRule]>([
    [nothing, disable, disable],
    [disable, deleteNow, deleteNow],
    [deleteLater, disable, deleteLater],
    [deleteLater, deleteNow, deleteNow],
  ])('is the harsher of two: %j and %j', (blocked, unassigned, harsher) => {
    const policy = { ...defaultRemovalPolicy, blocked, unassigned };
    expect(chooseRemoval(['unassigned', 'blocked'], policy, free)?.rule).toEqual(harsher);
    expect(chooseRemoval(['blocked', 'unassigned'], policy, free)?.rule).toEqual(harsher);
  });

  it('is disabling where the mapping may not delete', () => {
    const policy = { ...defaultRemovalPolicy, hardDeleted: deleteNow };
    expect(chooseRemoval(['hardDeleted'], policy, { ...free, mayDelete: false })?.rule).toEqual(disable);
  });

  it('is nothing for who is unassigned or filtered out where out-of-scope deletions are skipped', () => {
    const options = { mayDelete: true, skipOutOfScope: true };
    expect(chooseRemoval(['unassigned', 'filteredOut'], defaultRemovalPolicy, options)?.rule).toEqual(nothing);
    expect(chooseRemoval(['unassigned', 'softDeleted'], defaultRemovalPolicy, options)).toEqual({
      trigger: 'softDeleted',
      rule: disable,
    });
  });

  it('does not depend on the order of the triggers', () => {
    const rule = fc.constantFrom(nothing, disable, deleteNow, deleteLater);
    const policy: fc.Arbitrary<RemovalPolicy> = fc.record({
      unassigned: rule,
      filteredOut: rule,
      blocked: rule,
      softDeleted: rule,
      hardDeleted: rule,
    });
    const triggers = fc.uniqueArray(
      fc.constantFrom<RemovalTrigger>('unassigned', 'filteredOut', 'blocked', 'softDeleted', 'hardDeleted'),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(policy, triggers, fc.boolean(), fc.boolean(), (rules, named, mayDelete, skipOutOfScope) => {
        const options = { mayDelete, skipOutOfScope };
        const one = chooseRemoval(named, rules, options);
        const other = chooseRemoval([...named].reverse(), rules, options);
        expect(other?.rule).toEqual(one?.rule);
      }),
      { seed: 7 },
    );
  });
});
