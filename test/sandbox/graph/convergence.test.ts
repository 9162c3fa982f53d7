import fc from 'fast-check';
import { z } from 'zod';
import type { GraphSimulator } from '../../../lib/sandbox/graph/model.js';
import { createGraphSimulator } from '../../../lib/sandbox/graph/simulator.js';
import { type Client, createClient, type Row } from './client.js';

/** What a client that honours every rule of delta queries knows. */
interface Mirror {
  readonly users: Map<string, Row>;
  readonly managers: Map<string, string>;
  readonly edges: Map<string, Set<string>>;
}

const removedSchema = z.object({ reason: z.enum(['changed', 'deleted']) }).optional();
const entriesSchema = z.array(z.object({ id: z.string(), '@removed': removedSchema })).default([]);
const rowSchema = z.looseObject({
  id: z.string(),
  '@removed': removedSchema,
  'manager@delta': entriesSchema,
  'members@delta': entriesSchema,
});

const takeUser = (mirror: Mirror, given: Row): void => {
  const { id, '@removed': removed, 'manager@delta': managers } = rowSchema.parse(given);
  if (removed !== undefined) {
    mirror.users.delete(id);
    mirror.managers.delete(id);
    return;
  }
  const { 'manager@delta': _, ...row } = given;
  mirror.users.set(id, row);
  for (const entry of managers) {
    if (entry['@removed'] === undefined) {
      mirror.managers.set(id, entry.id);
    } else if (mirror.managers.get(id) === entry.id) {
      mirror.managers.delete(id);
    }
  }
};

const takeGroup = (mirror: Mirror, given: Row): void => {
  const { id, '@removed': removed, 'members@delta': members } = rowSchema.parse(given);
  const edges = mirror.edges.get(id) ?? new Set<string>();
  if (removed !== undefined) {
    mirror.edges.delete(id);
    return;
  }
  mirror.edges.set(id, edges);
  for (const entry of members) {
    if (entry['@removed'] === undefined) {
      edges.add(entry.id);
    } else {
      edges.delete(entry.id);
    }
  }
};

type Act = { readonly kind: number; readonly first: number; readonly second: number };

/** One random change; what the directory refuses is no change. */
const change = (simulator: GraphSimulator, users: string[], groups: readonly string[], act: Act): void => {
  const { dir } = simulator;
  const user = users[act.first % users.length] ?? '';
  const other = users[act.second % users.length] ?? '';
  const group = groups[act.second % groups.length] ?? '';
  const isDeleted = dir.user(user)?.deletedAtMs !== null;
  const moves: readonly (() => void)[] = [
    () => dir.updateUser(user, { displayName: `Name ${act.second}` }),
    () => dir.updateUser(user, { city: act.second % 2 === 0 ? 'Oslo' : null }),
    () => dir.setManager(user, other),
    () => dir.setManager(user, null),
    () => dir.addMember(group, user),
    () => dir.removeMember(group, user),
    () => (isDeleted ? dir.restoreUser(user) : dir.deleteUser(user)),
    () => (isDeleted ? dir.purgeUser(user) : dir.updateUser(user, { department: `D${act.second % 3}` })),
    () => users.push(dir.createUser({ userPrincipalName: `n${users.length}@contoso.com`, displayName: 'New' })),
    () => simulator.clock.advance(act.second * 100),
  ];
  try {
    moves[act.kind % moves.length]?.();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'DirectoryError') {
      throw error;
    }
  }
};

const acts = fc.array(fc.record({ kind: fc.nat(9), first: fc.nat(30), second: fc.nat(30) }), { maxLength: 8 });

/** One page of a round taken into the mirror; the link to go on with. */
const follow = async (client: Client, link: string, take: (row: Row) => void): Promise<string> => {
  const { status, body } = await client.get(link);
  expect(status).toBe(200);
  for (const row of body.value ?? []) {
    take(row);
  }
  return body['@odata.nextLink'] ?? body['@odata.deltaLink'] ?? '';
};

const settle = async (client: Client, link: string, take: (row: Row) => void): Promise<void> => {
  let { deltaLink, rows } = await client.walk(link);
  rows.forEach(take);
  for (let round = 0; round < 4; round += 1) {
    ({ deltaLink, rows } = await client.walk(deltaLink));
    rows.forEach(take);
  }
  expect(rows).toEqual([]);
};

test('whatever happens between pages, a client that honours the rules ends up with the truth', async () => {
  const weights = fc.record({
    seed: fc.nat(),
    share: fc.constantFrom(0, 0.5, 1),
    lagProbability: fc.constantFrom(0, 0.7),
  });
  await fc.assert(
    fc.asyncProperty(weights, fc.array(acts, { maxLength: 15 }), async ({ seed, share, lagProbability }, steps) => {
      const simulator = createGraphSimulator({
        seed,
        settings: {
          usersPerPage: 2,
          groupsPerPage: 2,
          membersPerRow: 2,
          membersPerPage: 3,
          repeatProbability: share,
          tombstoneProbability: share,
          removedMemberProbability: share,
          tailProbability: share,
          shortPageProbability: share / 2,
          emptyPageProbability: share / 2,
          lagProbability,
          lagMaxMs: 3_000,
          purgedEdgeProbability: 1,
          softDeletedEdgesInInitial: true,
          managerOfRestoredUsers: true,
        },
      });
      const users = Array.from({ length: 6 }, (_, index) =>
        simulator.dir.createUser({ userPrincipalName: `u${index}@contoso.com`, displayName: `U${index}` }),
      );
      const groups = ['A', 'B', 'C'].map((displayName) => simulator.dir.createGroup({ displayName }));
      simulator.addFault({ kind: 'lateChange', rounds: 2 }, { probability: share / 2, times: 3 });
      simulator.addFault({ kind: 'replayedRound' }, { probability: share / 2 });
      const mirror: Mirror = { users: new Map(), managers: new Map(), edges: new Map() };
      const client = createClient(simulator);
      const takers = [(row: Row) => takeUser(mirror, row), (row: Row) => takeGroup(mirror, row)] as const;
      let usersLink = '/users/delta?$select=displayName,city,manager';
      let groupsLink = '/groups/delta?$select=displayName,members';
      for (const step of steps) {
        for (const act of step) {
          change(simulator, users, groups, act);
        }
        usersLink = await follow(client, usersLink, takers[0]);
        groupsLink = await follow(client, groupsLink, takers[1]);
      }
      simulator.clearFaults();
      simulator.settings.lagProbability = 0;
      await settle(client, usersLink, takers[0]);
      await settle(client, groupsLink, takers[1]);

      const live = [...simulator.dir.users()];
      expect(new Set(mirror.users.keys())).toEqual(new Set(live.map((user) => user.id)));
      for (const user of live) {
        const { displayName, city } = user.properties;
        expect(mirror.users.get(user.id)).toEqual({
          id: user.id,
          displayName,
          ...(city === undefined ? {} : { city }),
        });
        expect(mirror.managers.get(user.id) ?? null).toBe(user.managerId);
      }
      for (const group of groups) {
        const truth = new Set([...simulator.dir.members(group)].map((member) => member.id));
        expect(mirror.edges.get(group) ?? new Set()).toEqual(truth);
      }
    }),
    { numRuns: 15, seed: 20_260_105 },
  );
});
