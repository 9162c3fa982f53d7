import type { ZoomSettingsChange } from '../../lib/sandbox/zoom/settings.js';
import type { ZoomTargetOptions } from '../../lib/zoom/options.js';
import { makeSimulatedTarget, never } from './simulatedTarget.js';

const domain = 'contoso.example';

/** A group g with the members u1 to u3. */
const sceneWith = (settings: ZoomSettingsChange = {}, options: Partial<ZoomTargetOptions> = {}) => {
  const scene = makeSimulatedTarget(settings, options);
  const ids = ['u1', 'u2', 'u3'];
  scene.zoom.seed({
    users: ids.map((id) => ({ id, userName: `${id}@${domain}` })),
    groups: [{ id: 'g', displayName: 'Sales', members: ids }],
  });
  const remove = (members: readonly string[], witness?: string) =>
    scene.run(
      scene.target.groups.changeMembers('g', { remove: members, ...(witness === undefined ? {} : { witness }) }, never),
    );
  return {
    ...scene,
    remove,
    members: () => scene.zoom.state().groups.get('g')?.memberIds,
    groupNames: () => [...scene.zoom.state().groups.values()].map(({ displayName }) => displayName),
  };
};

describe('taking members out of a group', () => {
  it('learns with the first that the filter is taken, and asks no more after that', async () => {
    const { remove, members, calls } = sceneWith();
    expect(await remove(['u1'], 'u3')).toMatchObject({ kind: 'stored' });
    const learnt = calls().length;
    expect(await remove(['u2'], 'u3')).toMatchObject({ kind: 'stored' });
    expect(calls().length).toBe(learnt + 1);
    expect(members()).toEqual(['u3']);
  });

  it.each(['400', 'ignore'] as const)(
    'takes the list of values where the filter is answered with %s',
    async (answer) => {
      const { remove, members, groupNames } = sceneWith({ removeByFilter: answer });
      expect(await remove(['u1', 'u2'], 'u3')).toMatchObject({ kind: 'stored' });
      expect(members()).toEqual(['u3']);
      expect(groupNames()).toEqual(['Sales']);
    },
  );

  it('never uses a form that empties the group', async () => {
    const { remove, members, groupNames } = sceneWith({ removeByFilter: '400', removeByValue: 'emptyGroup' });
    expect(await remove(['u1'], 'u3')).toMatchObject({ kind: 'fault', fault: { code: 'MemberRemovalUnsupported' } });
    expect(members()).toEqual(['u1', 'u2', 'u3']);
    expect(groupNames()).toEqual(['Sales']);
  });

  it('says so where neither form does anything', async () => {
    const { remove, members } = sceneWith({ removeByFilter: 'ignore', removeByValue: 'ignore' });
    expect(await remove(['u1'], 'u3')).toMatchObject({ kind: 'fault', fault: { code: 'MemberRemovalUnsupported' } });
    expect(members()).toEqual(['u1', 'u2', 'u3']);
  });

  it.each(['filter', 'value'] as const)('uses the form %s where it is told to, and looks at nothing', async (form) => {
    const { remove, members, calls } = sceneWith({}, { memberRemoval: form });
    expect(await remove(['u1', 'u2'])).toMatchObject({ kind: 'stored' });
    expect(calls()).toEqual(['PATCH /scim2/Groups/g']);
    expect(members()).toEqual(['u3']);
  });

  it('names the group as gone where it is', async () => {
    const { target, run } = sceneWith();
    expect(await run(target.groups.changeMembers('nowhere', { add: ['u1'] }, never))).toMatchObject({ kind: 'gone' });
  });
});

describe('groups of the target', () => {
  it('are created, found by name, read, renamed, listed and deleted', async () => {
    const { target, run } = makeSimulatedTarget();
    const { groups } = target;
    const created = await run(groups.createGroup({ displayName: 'Sales' }, never));
    const id = created.kind === 'stored' ? created.targetId : '';
    expect(await run(groups.findGroup('Sales', never))).toMatchObject({ kind: 'one', account: { id } });
    expect(await run(groups.findGroup('Legal', never))).toEqual({ kind: 'none' });
    expect(await run(groups.updateGroup(id, { displayName: 'EMEA' }, never))).toMatchObject({ kind: 'stored' });
    expect(await run(groups.readGroup(id, never))).toMatchObject({ kind: 'found', account: { userName: 'EMEA' } });
    expect(await run(groups.listGroups(1, never))).toMatchObject({ total: 1, next: null, accounts: [{ id }] });
    expect(await run(groups.createGroup({ displayName: 'emea' }, never))).toMatchObject({ kind: 'conflict' });
    expect(await run(groups.deleteGroup(id, never))).toMatchObject({ kind: 'stored' });
    expect(await run(groups.readGroup(id, never))).toEqual({ kind: 'gone' });
  });
});
