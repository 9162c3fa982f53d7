import fc from 'fast-check';
import type { GraphSimulator } from '../../lib/sandbox/graph/model.js';
import { createMirror, createSimulatedTenant, mirrorGroups, mirrorUsers } from './simulatedTenant.js';

/** What an administrator may do; numbers choose among what there is. */
const mutation = fc.record({
  act: fc.constantFrom('rename', 'clear', 'manager', 'unmanage', 'delete', 'restore', 'join', 'leave', 'create'),
  who: fc.nat(30),
  other: fc.nat(30),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer One> ? One : never;

const trouble = fc.constantFrom('throttled', 'status', 'reset', 'truncated', 'tokenRefused', 'none');

const apply = ({ dir }: GraphSimulator, groupId: string, { act, who, other }: Mutation): void => {
  const users = [...dir.users()].map(({ id }) => id);
  const pick = (index: number) => users[index % users.length] ?? '';
  const members = [...dir.members(groupId)].filter(({ softDeleted }) => !softDeleted).map(({ id }) => id);
  switch (act) {
    case 'create':
      dir.createUser({
        displayName: `New ${who} ${other}`,
        userPrincipalName: `n${users.length}-${who}-${other}-${Math.floor(who * 31 + other)}@c.com`,
      });
      return;
    case 'rename':
      dir.updateUser(pick(who), { department: `D${other}` });
      return;
    case 'clear':
      dir.updateUser(pick(who), { department: null });
      return;
    case 'manager':
      dir.setManager(pick(who), pick(who) === pick(other) ? null : pick(other));
      return;
    case 'unmanage':
      dir.setManager(pick(who), null);
      return;
    case 'delete':
      if (users.length > 3) {
        dir.deleteUser(pick(who));
      }
      return;
    case 'restore': {
      const [deleted] = dir.deletedUsers();
      if (deleted !== undefined) {
        dir.restoreUser(deleted.id);
      }
      return;
    }
    case 'join':
      if (!members.includes(pick(who))) {
        dir.addMember(groupId, pick(who));
      }
      return;
    case 'leave':
      if (members.length > 0) {
        dir.removeMember(groupId, members[other % members.length] ?? '');
      }
  }
};

const plan = (graph: GraphSimulator, kind: string): void => {
  const routes = {
    routes: ['usersDelta', 'groupsDelta'] as Array<'usersDelta' | 'groupsDelta'>,
    times: 1,
    probability: 0.5,
  };
  switch (kind) {
    case 'throttled':
      graph.addFault({ kind: 'throttled', retryAfter: 'date', seconds: 5 }, routes);
      return;
    case 'status':
      graph.addFault({ kind: 'status', status: 502, body: 'html' }, routes);
      return;
    case 'reset':
      graph.addFault({ kind: 'reset', when: 'midBody' }, routes);
      return;
    case 'truncated':
      graph.addFault({ kind: 'truncated' }, routes);
      return;
    case 'tokenRefused':
      graph.addFault({ kind: 'tokenRefused', as: 'expired' }, { ...routes, times: 2, probability: 1 });
  }
};

describe('what the streams tell', () => {
  it('adds up to the directory’s truth, whatever was changed and whatever failed in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1_000),
        fc.array(fc.tuple(fc.array(mutation, { maxLength: 8 }), trouble), { minLength: 1, maxLength: 5 }),
        async (seed, rounds) => {
          const { graph, directory, clock } = createSimulatedTenant({
            seed,
            settings: { removedMemberProbability: 0 },
          });
          for (let index = 0; index < 12; index += 1) {
            graph.dir.createUser({ displayName: `U${index}`, userPrincipalName: `u${index}@c.com`, department: 'D' });
          }
          const groupId = graph.dir.createGroup({ displayName: 'G', securityEnabled: true });
          const mirror = createMirror();
          const deleted = new Set<string>();
          for (const [mutations, kind] of [...rounds, [[], 'none'] as const, [[], 'none'] as const]) {
            for (const one of mutations) {
              clock.advance(1_000);
              apply(graph, groupId, one);
              for (const { id } of graph.dir.deletedUsers()) {
                deleted.add(id);
              }
            }
            plan(graph, kind);
            await mirrorUsers(directory, mirror, ['department', 'manager']);
            await mirrorGroups(directory, mirror, [groupId]);
            graph.clearFaults();
          }

          const truth = [...graph.dir.users()].map(({ id, properties }) => [
            id,
            properties.department ?? null,
            properties.displayName ?? null,
          ]);
          const told = [...mirror.users].map(([id, { attributes }]) => [
            id,
            attributes.department,
            attributes.displayName,
          ]);
          expect(told.sort()).toEqual(truth.sort());
          // A restored user's row says nothing of its manager, who did not change: that takes a read by id.
          const managed = [...graph.dir.users()].filter(({ id }) => !deleted.has(id));
          expect(managed.map(({ id }) => [id, mirror.users.get(id)?.managerId])).toEqual(
            managed.map(({ id, managerId }) => [id, managerId]),
          );
          const live = (id: string) => mirror.users.has(id);
          const edges = [...graph.dir.members(groupId)].filter(({ softDeleted }) => !softDeleted).map(({ id }) => id);
          expect([...(mirror.edges.get(groupId) ?? [])].filter(live).sort()).toEqual(edges.sort());
          expect(graph.journal.violations).toEqual([]);
        },
      ),
      { seed: 41, numRuns: 40 },
    );
  });
});
