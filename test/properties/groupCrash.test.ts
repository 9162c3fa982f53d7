import { isDeepStrictEqual } from 'node:util';
import { mapGroups } from '../fakes/groupTenant.js';
import type { KillPoint } from '../fakes/killSwitch.js';
import { createSurroundings, domain, licensedRoleId } from '../fakes/surroundings.js';
import { createWorker } from '../fakes/worker.js';
import { type CycleOrder, createOperator } from './operator.js';

const quiet: CycleOrder = { asked: null, kills: [], isTwice: false };

/** Three groups, in whose next cycle people join and leave, one is renamed, and one is new. */
const startScene = async () => {
  const surroundings = createSurroundings();
  const { graph, zoom } = surroundings;
  const { dir } = graph;
  const names = new Map<string, string>();
  const add = (name: string): string => {
    const address = `${name}@${domain}`;
    const id = dir.createUser({ userPrincipalName: address, mail: address, displayName: name, surname: name });
    names.set(id, name);
    return id;
  };
  const group = (name: string, members: readonly string[]): string => {
    const id = dir.createGroup({ displayName: name, securityEnabled: true });
    for (const member of members) dir.addMember(id, member);
    dir.assign({ principalId: id, appRoleId: licensedRoleId });
    names.set(id, name);
    return id;
  };
  const [ada = '', ben = '', cem = '', dia = ''] = ['ada', 'ben', 'cem', 'dia'].map(add);
  group('All', [ada, ben, cem, dia]);
  const sales = group('Sales', [ada, ben]);
  const legal = group('Legal', [cem]);
  const operator = await createOperator(surroundings, mapGroups());
  await operator.runCycle(quiet);
  dir.removeMember(sales, ada);
  dir.addMember(sales, cem);
  dir.addMember(legal, add('eva'));
  dir.updateGroup(legal, { displayName: 'Law' });
  group('Labs', [ada, dia]);
  return { operator, names, surroundings, zoom };
};

type Scene = Awaited<ReturnType<typeof startScene>>;

const readGroups = ({ zoom }: Scene) => {
  const { groups, accounts } = zoom.state();
  return [...groups.values()].map(({ displayName, memberIds }) => [
    displayName,
    [...memberIds].map((id) => accounts.get(id)?.userName ?? 'nobody').sort(),
  ]);
};

/** Who was told to have come into a group or left it, each once however often. */
const readTold = async ({ surroundings, names }: Scene) => {
  const { records } = createWorker(surroundings).world.state;
  const pages = await Promise.all([...names.keys()].map((id) => records.listByObject(id, null)));
  const told = pages
    .flatMap(({ rows }) => rows)
    .flatMap(({ sourceIdentity, modifiedProperties }) =>
      modifiedProperties
        .filter(({ displayName }) => displayName === 'members')
        .flatMap(({ oldValue, newValue }) => [
          ...idsIn(oldValue).map((id) => `${names.get(id)} left ${names.get(sourceIdentity.id)}`),
          ...idsIn(newValue).map((id) => `${names.get(id)} joined ${names.get(sourceIdentity.id)}`),
        ]),
    );
  return [...new Set(told)].sort();
};

const idsIn = (text: string | null): readonly string[] => (text === null ? [] : JSON.parse(text));

const liveThrough = async (kills: readonly KillPoint[]) => {
  const scene = await startScene();
  await scene.operator.runCycle({ ...quiet, kills });
  const steps = [...scene.operator.lastSteps()];
  for (let cycle = 0; cycle < 2; cycle += 1) await scene.operator.runCycle(quiet);
  const { counts } = await scene.operator.runCycle(quiet);
  const { members } = createWorker(scene.surroundings).world.state;
  const picture = {
    groups: readGroups(scene),
    told: await readTold(scene),
    marks: await members.listMarks(null, 10),
    lastRequests: counts.zoomRequests,
  };
  return { picture, steps };
};

/** What is written of people and cycles alone is played elsewhere. */
const isOfGroups = (step: string): boolean => /GroupMembers|Groups|ProvisioningLogs/.test(step);

describe('a worker that dies while it changes groups', () => {
  it('loses no member and no word of one, whichever write or request about them was its last', async () => {
    const { picture, steps } = await liveThrough([]);
    expect(Object.fromEntries(picture.groups)).toEqual({
      All: ['ada', 'ben', 'cem', 'dia'].map((name) => `${name}@${domain}`),
      Sales: ['ben', 'cem'].map((name) => `${name}@${domain}`),
      Law: ['cem', 'eva'].map((name) => `${name}@${domain}`),
      Labs: ['ada', 'dia'].map((name) => `${name}@${domain}`),
    });
    expect(picture).toMatchObject({ marks: [], lastRequests: 0 });
    const wrong: unknown[] = [];
    for (const [index, step] of steps.entries()) {
      if (!isOfGroups(step)) continue;
      const { picture: after } = await liveThrough([{ at: index + 1, moment: 'after' }]);
      if (!isDeepStrictEqual(after, picture)) wrong.push({ step: `${index + 1}: ${step}`, after });
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});
