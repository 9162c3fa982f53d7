import { findUnknownGroup, memberOf, withholdFilter } from '../../lib/engine/memberships.js';
import type { Scope } from '../../lib/engine/model.js';
import type { ScopeGroup } from '../../lib/engine/scope.js';

const group = (gone: boolean): ScopeGroup => ({
  displayName: null,
  roleIds: [],
  isMissing: false,
  ready: true,
  gone,
  securityEnabled: true,
});
const edge = { member: { missingSince: null } };
const out = (...triggers: Scope['triggers'][number][]): Scope => ({ verdict: 'out', gates: [], triggers, roleIds: [] });

test('a person is a member of the groups that are there, and of no application', () => {
  const groups = new Map([
    ['g1', group(false)],
    ['g2', group(true)],
  ]);
  expect(memberOf({ app: { r1: { missingSince: null } }, g1: edge, g2: edge, g3: edge }, groups)).toEqual(['g1']);
});

test('a group that no stream has read to the end is not known, whatever the case of its id', () => {
  const mapping = { filterGroups: ['aa', 'bb'] };
  expect(findUnknownGroup(mapping, new Set(['AA', 'bb']))).toBeNull();
  expect(findUnknownGroup(mapping, new Set(['aa']))).toMatchObject({ code: 'GroupMembersUnknown' });
  expect(findUnknownGroup(mapping, undefined)).toMatchObject({ message: expect.stringContaining('aa') });
  expect(findUnknownGroup({ filterGroups: [] }, undefined)).toBeNull();
});

test('memberships that may be out of date take nothing away, and keep no other removal back', () => {
  expect(withholdFilter(out('filteredOut'), true, true)).toMatchObject({ verdict: 'unknown', triggers: [] });
  for (const [scope, byGroup, incomplete] of [
    [out('filteredOut'), true, false],
    [out('filteredOut'), false, true],
    [out('blocked', 'filteredOut'), true, true],
    [out('unassigned'), true, true],
  ] as const) {
    expect(withholdFilter(scope, byGroup, incomplete)).toBe(scope);
  }
});
