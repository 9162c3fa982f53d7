import fc from 'fast-check';
import type { DriftKind } from '../../../lib/engine/drift.js';
import { createGroupTenant } from '../../fakes/groupTenant.js';

interface Alteration {
  /** Members that are put in and taken out, by the name before the domain. */
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  readonly renamed?: boolean;
  readonly erased?: boolean;
  /** What it is found as; null where it is nobody's business. */
  readonly kind: DriftKind | null;
}

const alterations: readonly Alteration[] = [
  { kind: null },
  { added: ['zed'], kind: null },
  { added: ['cem'], kind: 'differs' },
  { removed: ['ada'], kind: 'differs' },
  { added: ['cem', 'zed'], removed: ['ada', 'ben'], kind: 'differs' },
  { renamed: true, kind: 'differs' },
  { renamed: true, added: ['cem'], kind: 'differs' },
  { erased: true, kind: 'missing' },
];

const names = ['Sales', 'Legal', 'Crew', 'Board'] as const;
const drawAlterations = fc.array(fc.constantFrom(...alterations), { minLength: names.length, maxLength: names.length });

const createLinkedGroups = async () => {
  const tenant = await createGroupTenant(undefined, { zoom: { exposeMembers: true } });
  const [ada = '', ben = '', cem = ''] = ['ada', 'ben', 'cem'].map((name) => tenant.join(name));
  tenant.group('Everybody', [ada, ben, cem]);
  const ids = new Map(names.map((name) => [name, tenant.group(name, [ada, ben])]));
  await tenant.runCycle();
  await tenant.runCycle();
  tenant.zoom.seed({ users: [{ userName: 'zed@contoso.example' }] });
  const drift = async () => {
    const report = await tenant.world.state.drift.readReport();
    const { rows } = await tenant.world.state.drift.list(report?.cycleId ?? '', null, null, 100);
    return rows.flatMap(({ id, kind }) => (kind === 'unmanaged' ? [] : [`${kind} ${id}`])).sort();
  };
  return { tenant, ids, drift };
};

type Linked = Awaited<ReturnType<typeof createLinkedGroups>>['tenant'];

const alter = (tenant: Linked, name: string, { added = [], removed = [], renamed, erased }: Alteration): void => {
  const id = tenant.zoomGroup(name)?.id ?? '';
  if (erased) {
    tenant.zoom.removeGroup(id);
    return;
  }
  const held = ['ada', 'ben'].filter((one) => !removed.includes(one));
  const members = [...held, ...added].map((one) => tenant.account(one)?.id ?? 'zed@contoso.example');
  tenant.zoom.seed({ groups: [{ id, displayName: renamed ? `${name} by hand` : name, members }] });
};

describe('whatever was altered by hand of groups', () => {
  it('is found, all of it and nothing else, each time; once repaired nothing is', async () => {
    await fc.assert(
      fc.asyncProperty(drawAlterations, async (drawn) => {
        const { tenant, ids, drift } = await createLinkedGroups();
        const wanted: string[] = [];
        for (const [index, name] of names.entries()) {
          const alteration = drawn[index];
          if (alteration === undefined) continue;
          alter(tenant, name, alteration);
          if (alteration.kind) wanted.push(`${alteration.kind} ${ids.get(name)}`);
        }
        for (const reconcileMode of ['report', 'report', 'repair'] as const) {
          tenant.configure({ reconcileMode });
          await tenant.runCycle('reconcile');
          expect(await drift()).toEqual(wanted.toSorted());
        }
        for (const [index, name] of names.entries()) {
          const own = tenant.membersOf(name).filter((one) => one !== 'zed');
          expect([name, own]).toEqual([name, ['ada', 'ben']]);
          const hasStranger = drawn[index]?.added?.includes('zed') === true;
          expect(tenant.membersOf(name).includes('zed')).toBe(hasStranger);
        }
        await tenant.runCycle('reconcile');
        expect(await drift()).toEqual([]);
      }),
      { numRuns: 8, seed: 8 },
    );
  });
});
