import type { Mark } from '../../lib/engine/control.js';
import { startCycle } from '../../lib/engine/cycleStart.js';
import { edgesOfMember, memberEdge } from '../../lib/engine/memberEdge.js';
import { expandGroups } from '../../lib/engine/phases/groupExpansion.js';
import { addVia, touchRow } from '../../lib/engine/rows.js';
import type { Slice } from '../../lib/engine/slice.js';
import { createSlice } from '../../lib/engine/sliceRuntime.js';
import type { ObjectChange, Touch } from '../../lib/engine/state.js';
import { appParent, type Edge, memberRole, type ObjectRow } from '../../lib/engine/stored.js';
import { newMark } from '../../lib/engine/streamPlan.js';
import { createTenant, licensedRoleId, type Tenant } from '../fakes/tenant.js';

interface Scene {
  readonly tenant: Tenant;
  readonly slice: Slice;
  /** Makes these members of the group, without a mark. */
  nest(groupId: string, type: 'user' | 'group', ids: readonly string[]): Promise<void>;
  /** Assigns or unassigns a group and marks it, as the list of assignments does. */
  setAssigned(groupId: string, isAssigned: boolean): Promise<void>;
  countDue(type: 'user' | 'group'): Promise<number>;
  /** The phase to its end; how many steps it took. */
  expand(): Promise<number>;
}

/** Groups whose streams have been read to the end, and a slice that expands what is pending. */
const createScene = async (groupIds: readonly string[], mustStop = false): Promise<Scene> => {
  const tenant = await createTenant({ engine: { nestedGroups: true } });
  const { world, settings, mapping, redact, memory } = tenant.options();
  const control = await world.state.jobs.read();
  const { job } = control;
  const lease = await world.state.jobs.takeLease('worker', 90_000);
  if (!job || !lease) throw new Error('There is no job.');
  const nowMs = world.clock.nowMs();
  const { newId } = world;
  const cycle = startCycle({ job, request: null, schemaVersion: '1', settings, nowMs, newId, removed: 0 });
  const marks = new Map<string, Mark>([['groups:1', newMark('groups:1', groupIds, 'an earlier cycle')]]);
  const { signal } = new AbortController();
  const endsAtMs = mustStop ? 0 : Number.MAX_SAFE_INTEGER;
  const input = { world, settings, mapping, redact, memory, lease, signal, endsAtMs };
  const runtime = createSlice(input, { ...control, job, cycle, marks: [] });
  const slice: Slice = { ...runtime.slice, cycle, marks };
  const { state } = world;
  const touch = (row: ObjectRow): ObjectRow => touchRow(row, 'assignment', cycle.startedAt, nowMs);

  const commit = (change: ObjectChange, upserts: readonly Edge[], removals: readonly Edge[] = []): Touch => ({
    change,
    upserts,
    removals,
  });

  const scene: Scene = {
    tenant,
    slice,
    async nest(groupId, type, ids) {
      const touches = ids.map((id) => {
        const change = { id, type, change: (row: ObjectRow) => addVia(row, groupId, memberRole) };
        return commit(change, edgesOfMember(memberEdge(groupId, { id, type }, 1)));
      });
      await state.commit({ touches }, null);
    },
    async setAssigned(groupId, isAssigned) {
      const change = (row: ObjectRow): ObjectRow => {
        const group = row.group ?? { displayName: groupId, securityEnabled: true };
        const named = { ...row, group };
        return touch(isAssigned ? addVia(named, appParent, licensedRoleId) : { ...named, via: {} });
      };
      await state.commit({ touches: [commit({ id: groupId, type: 'group', change }, [])] }, null);
    },
    async countDue(type) {
      let count = 0;
      let cursor: string | null = null;
      do {
        const page = await state.objects.listDue(type, cycle.startedAt, cursor, 5_000);
        count += page.rows.length;
        cursor = page.cursor;
      } while (cursor !== null);
      return count;
    },
    async expand() {
      let cursor: string | null = null;
      for (let steps = 1; ; steps += 1) {
        const { next, checkpoint } = await expandGroups(scene.slice, cursor);
        for (const stream of checkpoint?.removedMarks ?? []) marks.delete(stream);
        for (const mark of checkpoint?.marks ?? []) marks.set(mark.stream, mark);
        if (next === null) return steps;
        cursor = next;
      }
    },
  };
  return scene;
};

/** Nobody below is due any more. */
const evaluateAll = async ({ tenant, slice }: Scene, ids: readonly string[]): Promise<void> => {
  const changes = ids.map((id) => ({
    id,
    type: 'user' as const,
    change: (row: ObjectRow) => ({ ...row, pending: null }),
  }));
  await tenant.world.state.objects.update(changes);
  slice.forgetGroups();
};

const names = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('the expansion of groups', () => {
  it('comes to all 20,000 people below a group, a page a step where time is short, and leaves its mark until then', async () => {
    const scene = await createScene(['company', 'team'], true);
    const people = names('person', 20_000);
    await scene.nest('team', 'user', people);
    await scene.nest('company', 'group', ['team']);
    await scene.setAssigned('company', true);

    const first = await expandGroups(scene.slice, null);
    expect(await scene.countDue('group')).toBe(1);
    let { next } = first;
    let steps = 1;
    for (; next !== null && steps < 3; steps += 1) ({ next } = await expandGroups(scene.slice, next));
    const halfway = await scene.countDue('user');
    expect(halfway).toBeGreaterThan(500);
    expect(halfway).toBeLessThan(19_500);
    expect(await scene.countDue('group')).toBe(1);

    // A worker that died goes on where the last checkpoint was, and another one begins anew: both come to the same.
    for (; next !== null; steps += 1) ({ next } = await expandGroups(scene.slice, next));
    expect(steps).toBeGreaterThan(4);
    expect(await scene.countDue('user')).toBe(20_000);
    expect(await scene.countDue('group')).toBe(0);
  }, 60_000);

  it('costs nothing a member where a group is touched that gives what it gave', async () => {
    const scene = await createScene(['company', 'branch', 'team']);
    const people = names('person', 3_000);
    await scene.nest('team', 'user', people);
    await scene.nest('company', 'group', ['team']);
    await scene.nest('branch', 'group', ['team']);
    await scene.setAssigned('company', true);
    await scene.setAssigned('branch', true);
    await scene.tenant.world.state.objects.update([{ id: 'team', type: 'group', change: named }]);
    await scene.expand();
    await evaluateAll(scene, people);
    const before = scene.tenant.world.state.operationCount();
    await scene.setAssigned('branch', false);
    await scene.expand();
    expect(await scene.countDue('user')).toBe(0);
    expect(scene.tenant.world.state.operationCount() - before).toBeLessThan(120);
    await scene.setAssigned('company', false);
    await scene.expand();
    expect(await scene.countDue('user')).toBe(3_000);
  }, 60_000);

  it.each([
    ['a chain of 100', (index: number) => [index - 1]],
    ['a wide tree of 800', (index: number) => [Math.floor((index - 1) / 40)]],
    ['a web of 120 with circles', (index: number) => [index - 1, Math.floor(index / 2), (index * 7) % 120]],
  ])(
    'comes to an end in %s, and takes all of it down when the top goes',
    async (name, parentsOf) => {
      const size = Number(/[\d,]+/.exec(name)?.[0].replace(',', ''));
      const groups = names('group', size);
      const scene = await createScene(groups);
      const above = new Map<string, string[]>();
      for (let index = 1; index < size; index += 1) {
        for (const parent of new Set(parentsOf(index))) {
          if (parent === index) continue;
          above.set(`group${parent}`, [...(above.get(`group${parent}`) ?? []), `group${index}`]);
        }
      }
      for (const [parent, children] of above) await scene.nest(parent, 'group', children);
      await scene.nest(`group${size - 1}`, 'user', ['ada']);
      await scene.setAssigned('group0', true);
      await scene.expand();
      expect(await scene.countDue('user')).toBe(1);
      await evaluateAll(scene, ['ada']);
      await scene.setAssigned('group0', false);
      await scene.expand();
      expect(await scene.countDue('user')).toBe(1);
      expect((await scene.tenant.row('ada'))?.via).toEqual({});
      expect((await scene.tenant.world.state.objects.read(groups)).size).toBe(0);
    },
    60_000,
  );
});

const named = (row: ObjectRow): ObjectRow => ({ ...row, group: { displayName: row.id, securityEnabled: true } });
