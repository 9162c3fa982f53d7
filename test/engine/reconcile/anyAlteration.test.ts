import fc from 'fast-check';
import type { DriftKind } from '../../../lib/engine/drift.js';
import type { ZoomSeedUser } from '../../../lib/sandbox/zoom/seedSchema.js';
import { address, createLinkedTenant } from './alteredZoom.js';

interface Alteration {
  /** Null: the account is erased. */
  readonly change: Omit<ZoomSeedUser, 'userName'> | null;
  /** What it is found as; null where it is nobody's business. */
  readonly kind: DriftKind | null;
}

const alterations: readonly Alteration[] = [
  { change: {}, kind: null },
  { change: { title: 'Not mapped' }, kind: null },
  { change: { department: 'By hand' }, kind: 'differs' },
  { change: { displayName: 'By hand', givenName: 'By hand' }, kind: 'differs' },
  { change: { userType: 'Basic' }, kind: 'differs' },
  { change: { status: 'inactive' }, kind: 'active' },
  { change: { status: 'inactive', familyName: 'By hand' }, kind: 'active' },
  { change: null, kind: 'missing' },
];

const names = ['ada', 'ben', 'cem', 'dia', 'eva', 'fay'] as const;
const drawAlterations = fc.array(fc.constantFrom(...alterations), { minLength: names.length, maxLength: names.length });

describe('whatever was altered by hand', () => {
  it('is found, all of it and nothing else, each time; once repaired nothing is', async () => {
    await fc.assert(
      fc.asyncProperty(drawAlterations, fc.boolean(), fc.nat({ max: 3 }), async (drawn, isEnabled, strangers) => {
        const tenant = await createLinkedTenant({ engine: { deletionThresholdPercent: 100 } });
        const wanted = isEnabled ? [`active ${tenant.id('gus')}`] : [];
        const unmanaged = Array.from({ length: strangers }, () => 'unmanaged null');
        const users: ZoomSeedUser[] = unmanaged.map((_, index) => ({ userName: address(`x${index}`) }));
        if (isEnabled) users.push({ userName: address('gus'), status: 'active' });
        for (const [index, { change, kind }] of drawn.entries()) {
          const name = names[index] ?? 'ada';
          if (kind) wanted.push(`${kind} ${tenant.id(name)}`);
          if (change) users.push({ userName: address(name), ...change });
          else tenant.zoom.removeAccount(tenant.target(name));
        }
        tenant.zoom.seed({ users });
        const found = async () => (await tenant.drift()).map(({ kind, id }) => `${kind} ${id}`).sort();
        for (const reconcileMode of ['report', 'report', 'repair'] as const) {
          tenant.configure({ reconcileMode });
          await tenant.runCycle('reconcile');
          expect(await found()).toEqual([...wanted, ...unmanaged].sort());
        }
        const { counts } = await tenant.runCycle('reconcile');
        expect(await found()).toEqual(unmanaged);
        expect(counts.zoomRequests).toBe(1);
        expect((await tenant.world.state.jobs.read()).counters).toEqual({ linkedActive: 6, linkedDisabled: 1 });
      }),
      { numRuns: 6, seed: 8 },
    );
  });
});
