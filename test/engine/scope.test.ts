import fc from 'fast-check';
import { evaluateScope, type ScopeGroup, type ScopeInput } from '../../lib/engine/scope.js';
import { memberRole, type Via } from '../../lib/engine/stored.js';

const present = { missingSince: null };
const edge = (...roles: string[]): Via => Object.fromEntries(roles.map((role) => [role, present]));
const group = (over: Partial<ScopeGroup> = {}): ScopeGroup => ({
  displayName: 'Sales',
  roleIds: ['licensed'],
  isMissing: false,
  ready: true,
  gone: false,
  securityEnabled: true,
  ...over,
});
const input = (over: Partial<ScopeInput> = {}): ScopeInput => ({
  mode: 'assigned',
  via: { app: edge('licensed') },
  groups: new Map(),
  pathsIncomplete: false,
  hasAccount: false,
  life: 'live',
  accountEnabled: true,
  filters: { passed: true, detail: 'no scoping filter', fault: null },
  ...over,
});
const missing = { app: { licensed: { missingSince: 'cycle 1' } } };
const throughGroup = (over: Partial<ScopeGroup> = {}): Partial<ScopeInput> => ({
  via: { g1: edge(memberRole) },
  groups: new Map([['g1', group(over)]]),
});

describe('scope', () => {
  it.each<[string, Partial<ScopeInput>, string, readonly string[]]>([
    ['assigned directly', {}, 'in', []],
    ['a member of an assigned group', throughGroup(), 'in', []],
    ['a member of a group whose kind is not known', throughGroup({ securityEnabled: null }), 'in', []],
    ['a member of a group that is not ready', throughGroup({ ready: false }), 'out', ['unassigned']],
    ['a member of a group that is gone', throughGroup({ gone: true }), 'out', ['unassigned']],
    ['a member of a group that is no security group', throughGroup({ securityEnabled: false }), 'out', ['unassigned']],
    ['a member of a group without a role', throughGroup({ roleIds: [] }), 'out', ['unassigned']],
    ['a member of a group that nobody knows', { via: { g2: edge(memberRole) } }, 'out', ['unassigned']],
    ['not assigned', { via: {} }, 'out', ['unassigned']],
    ['not assigned, while reads are incomplete', { via: {}, pathsIncomplete: true }, 'unknown', []],
    ['assigned, while reads are incomplete', { pathsIncomplete: true }, 'in', []],
    ['anybody, in all-users scope', { mode: 'all', via: {} }, 'in', []],
    ['blocked', { accountEnabled: false }, 'out', ['blocked']],
    ['without an account, by an assignment that the last list lacks', { via: missing }, 'unknown', []],
    ['with an account, by an assignment that the last list lacks', { via: missing, hasAccount: true }, 'in', []],
    ['a member of a group that the last list lacks', throughGroup({ isMissing: true }), 'unknown', []],
    ['of unknown account state', { accountEnabled: null }, 'in', []],
    ['filtered out', { filters: { passed: false, detail: 'x', fault: null } }, 'out', ['filteredOut']],
    [
      'blocked while reads are incomplete',
      { via: {}, pathsIncomplete: true, accountEnabled: false },
      'out',
      ['blocked'],
    ],
    ['soft-deleted', { life: 'softDeleted' }, 'out', ['softDeleted']],
    ['gone for good', { life: 'hardDeleted', via: {} }, 'out', ['hardDeleted']],
    [
      'unassigned, blocked and filtered out',
      { via: {}, accountEnabled: false, filters: { passed: false, detail: 'x', fault: null } },
      'out',
      ['unassigned', 'blocked', 'filteredOut'],
    ],
  ])('of a user who is %s', (_who, over, verdict, triggers) => {
    expect(evaluateScope(input(over))).toMatchObject({ verdict, triggers });
  });

  it('shows at each gate the value it saw', () => {
    const { gates } = evaluateScope(
      input({
        accountEnabled: false,
        filters: { passed: false, detail: "department = 'HR', wanted 'Sales'", fault: null },
      }),
    );
    expect(gates).toEqual([
      { name: 'assignment', passed: true, detail: 'assigned directly' },
      { name: 'existence', passed: true, detail: 'the user exists' },
      { name: 'accountEnabled', passed: false, detail: 'accountEnabled is false' },
      { name: 'scopingFilter', passed: false, detail: "department = 'HR', wanted 'Sales'" },
    ]);
  });

  it('has the same roles whatever the order of edges and groups', () => {
    const roles = fc.uniqueArray(fc.constantFrom('licensed', 'basic', 'pro', 'corp'), { minLength: 1 });
    fc.assert(
      fc.property(
        roles,
        fc.uniqueArray(fc.tuple(fc.constantFrom('g1', 'g2', 'g3'), roles), { selector: ([id]) => id }),
        fc.nat(),
        (direct, groups, turn) => {
          const build = (order: typeof groups, roleOrder: string[]) =>
            evaluateScope(
              input({
                via: { ...Object.fromEntries(order.map(([id]) => [id, edge(memberRole)])), app: edge(...roleOrder) },
                groups: new Map(order.map(([id, roleIds]) => [id, group({ roleIds })])),
              }),
            ).roleIds;
          const cut = turn % (groups.length + 1);
          const turned = [...groups.slice(cut), ...groups.slice(0, cut)].reverse();
          expect(build(turned, [...direct].reverse())).toEqual(build(groups, direct));
        },
      ),
      { seed: 7 },
    );
  });

  it('is never taken away by an incomplete read', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), fc.boolean(), (ready, gone, isMember) => {
        const over = { ...throughGroup({ ready, gone }), ...(isMember ? {} : { via: {} }) };
        const complete = evaluateScope(input(over));
        const incomplete = evaluateScope(input({ ...over, pathsIncomplete: true }));
        expect(incomplete.triggers).toEqual([]);
        expect(incomplete.verdict).toBe(complete.verdict === 'in' ? 'in' : 'unknown');
      }),
      { seed: 7 },
    );
  });
});
