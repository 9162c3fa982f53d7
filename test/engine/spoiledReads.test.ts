import fc from 'fast-check';
import type { Fault, FaultSelector } from '../../lib/sandbox/graph/faults/model.js';
import { createTenant, type Tenant } from '../fakes/tenant.js';

/** Failed, empty, partial and reordered reads. */
const spoiled: readonly (readonly [Fault, FaultSelector])[] = [
  [{ kind: 'status', status: 503 }, { routes: ['usersDelta'] }],
  [{ kind: 'status', status: 500 }, { routes: ['appRoleAssignedTo'] }],
  [{ kind: 'status', status: 404 }, { routes: ['user'] }],
  [{ kind: 'status', status: 404 }, { routes: ['memberOf'] }],
  [{ kind: 'reset', when: 'midBody' }, {}],
  [{ kind: 'truncated' }, { routes: ['groupsDelta'] }],
  [{ kind: 'emptyList' }, { routes: ['appRoleAssignedTo'] }],
  [{ kind: 'rowMissing' }, { routes: ['appRoleAssignedTo'], times: 1 }],
  [{ kind: 'emptyPages', count: 2 }, { routes: ['usersDelta'] }],
  [{ kind: 'repeatedRow', order: 'newerFirst' }, { routes: ['usersDelta'] }],
  [{ kind: 'replayedRound' }, { routes: ['usersDelta'] }],
  [{ kind: 'edgeOutOfOrder' }, { routes: ['groupsDelta'] }],
  [{ kind: 'lateChange', rounds: 2 }, { routes: ['usersDelta'] }],
  [
    { kind: 'gone', location: 'initial' },
    { routes: ['usersDelta'], times: 1 },
  ],
  [
    { kind: 'gone', location: 'absent' },
    { routes: ['groupsDelta'], times: 1 },
  ],
  [
    { kind: 'tokenRefused', as: 'expired' },
    { token: 'delta', times: 2 },
  ],
];

type Departure = 'block' | 'delete' | 'unassign' | 'leaveGroup';

interface Step {
  /** Index of the person who really goes in this cycle, and how; null: nobody. */
  readonly leaves: { readonly who: number; readonly how: Departure } | null;
  readonly spoils: readonly number[];
}

const people = 8;
const step: fc.Arbitrary<Step> = fc.record({
  leaves: fc.option(
    fc.record({
      who: fc.nat(people - 1),
      how: fc.constantFrom<Departure>('block', 'delete', 'unassign', 'leaveGroup'),
    }),
    { nil: null, freq: 3 },
  ),
  spoils: fc.uniqueArray(fc.nat(spoiled.length - 1), { maxLength: 3 }),
});

interface Company {
  readonly tenant: Tenant;
  readonly groupId: string;
  readonly ids: readonly string[];
  /** Who is removed by the tenant. */
  readonly gone: Set<number>;
}

/** The first four are assigned directly, the others through a group. */
const open = async (): Promise<Company> => {
  const tenant = await createTenant({ engine: { deletionThresholdPercent: 100 } });
  const ids = Array.from({ length: people }, (_, who) => tenant.join(`user${who}`, { assigned: isDirect(who) }));
  const groupId = tenant.group('Half', ids.slice(people / 2));
  await tenant.runCycle();
  await tenant.runCycle();
  return { tenant, groupId, ids, gone: new Set() };
};

const isDirect = (who: number): boolean => who < people / 2;

const depart = ({ tenant, groupId, ids, gone }: Company, who: number, how: Departure): void => {
  const id = ids[who] ?? '';
  if (gone.has(who)) return;
  const { dir } = tenant.graph;
  if (how === 'unassign' && !isDirect(who)) return;
  if (how === 'leaveGroup' && isDirect(who)) return;
  gone.add(who);
  if (how === 'block') dir.updateUser(id, { accountEnabled: false });
  if (how === 'delete') dir.deleteUser(id);
  if (how === 'unassign') dir.unassign({ principalId: id });
  if (how === 'leaveGroup') dir.removeMember(groupId, id);
};

const wronglyOff = ({ tenant, gone }: Company): readonly number[] =>
  Array.from({ length: people }, (_, who) => who).filter(
    (who) => !gone.has(who) && tenant.account(`user${who}`)?.status !== 'active',
  );

const stillOn = ({ tenant, gone }: Company): readonly number[] =>
  [...gone].filter((who) => tenant.account(`user${who}`)?.status === 'active');

describe('reads that fail, are empty, partial or out of order', () => {
  it('disable nobody whom the tenant has not removed, and whoever was is off within two quiet cycles', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        const company = await open();
        const { graph } = company.tenant;
        for (const { leaves, spoils } of steps) {
          for (const index of spoils) {
            const [fault, selector] = spoiled[index] ?? [{ kind: 'linkLoop' } as const, {}];
            graph.addFault(fault, selector);
          }
          if (leaves) depart(company, leaves.who, leaves.how);
          await company.tenant.runCycle('incremental');
          expect(wronglyOff(company)).toEqual([]);
          graph.clearFaults();
        }
        await company.tenant.runCycle('incremental');
        expect(wronglyOff(company)).toEqual([]);
        await company.tenant.runCycle('incremental');
        expect(wronglyOff(company)).toEqual([]);
        expect(stillOn(company)).toEqual([]);
      }),
      { seed: 20_261_123, numRuns: 40 },
    );
  });
});
