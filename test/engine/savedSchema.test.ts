import { setImmediate as nextTurn } from 'node:timers/promises';
import { putSchema } from '../../lib/api/schema.js';
import { openSchemaDoors, type SchemaDoors } from '../fakes/schemaDoors.js';
import { draftSchema, functionSource } from '../schema/schemaDraft.js';

/** The built-in schema and a title, from an attribute that is not read otherwise. */
const schemaWithTitle = () => {
  const draft = draftSchema();
  draft.add({ targetAttributeName: 'title', source: functionSource('ToUpper([jobTitle])') });
  return draft.schema;
};

const joinWithTitle = ({ tenant }: SchemaDoors, name: string): void => {
  const id = tenant.join(name);
  tenant.graph.dir.updateUser(id, { jobTitle: 'Engineer' });
};

/** Requests to the users delta since the last look: what they selected, and whether they began a round. */
const watchUsersDelta = ({ tenant }: SchemaDoors) => {
  let seen = 0;
  return () => {
    const entries = tenant.graph.journal.since(seen);
    seen = tenant.graph.journal.summary().lastSeq;
    return entries
      .filter(({ route }) => route === 'usersDelta')
      .map(({ query }) => new URLSearchParams(query))
      .map((query) => ({
        isNew: !query.has('$deltatoken') && !query.has('$skiptoken'),
        select: query.get('$select')?.split(',').sort() ?? [],
      }));
  };
};

const takeWrites = ({ tenant }: SchemaDoors) => tenant.takeCalls().filter((call) => !call.startsWith('GET'));

/** What its mappings read, and what scope always looks at. */
const builtInSelect = [
  'accountEnabled',
  'department',
  'displayName',
  'givenName',
  'id',
  'mail',
  'surname',
  'userPrincipalName',
  'userType',
];

describe('a schema that is saved', () => {
  it('makes the next cycle an initial one, in a new round that selects just what the schema needs', async () => {
    const doors = await openSchemaDoors();
    const takeDelta = watchUsersDelta(doors);
    joinWithTitle(doors, 'ada');
    await doors.tenant.runCycle();
    expect(takeDelta()[0]).toEqual({ isNew: true, select: builtInSelect });
    expect(await doors.tenant.runCycle()).toMatchObject({ kind: 'incremental' });
    expect(takeDelta().map(({ isNew }) => isNew)).not.toContain(true);

    await doors.call(putSchema, { body: schemaWithTitle() });
    doors.tenant.takeCalls();
    expect(await doors.tenant.deliver()).toMatchObject({ kind: 'finished', summary: { kind: 'initial' } });
    expect(takeDelta()[0]).toEqual({ isNew: true, select: [...builtInSelect, 'jobTitle'].sort() });
    expect(doors.tenant.account('ada')).toMatchObject({ title: 'ENGINEER' });
    expect(takeWrites(doors)).toEqual(['PUT users.put']);

    expect(await doors.tenant.runCycle()).toMatchObject({ kind: 'incremental' });
    expect(takeWrites(doors)).toEqual([]);
  });

  it('takes effect at the next object of a cycle that runs, which starts anew under its own id', async () => {
    const doors = await openSchemaDoors();
    const { tenant } = doors;
    const people = 60;
    for (let number = 0; number < people; number += 1) joinWithTitle(doors, `person${number}`);
    const writes = () => tenant.zoom.journal.entries.filter(({ operation }) => operation === 'users.create');

    const cycleId = tenant.world.newId();
    await tenant.world.state.jobs.request({ cycleId, kind: 'incremental', requestedAt: new Date(0).toISOString() });
    const slice = tenant.runMessage({ jobId: tenant.world.jobId, cycleId, slice: 1 });
    while (writes().length < 10) await nextTurn();
    await doors.call(putSchema, { body: schemaWithTitle() });
    tenant.clock.advance(5_000);
    expect(await slice).toMatchObject({ kind: 'continued', cycleId });
    expect(writes().length).toBeLessThan(people);

    let end = await tenant.deliver();
    while (end.kind !== 'finished') end = await tenant.deliver();
    expect(end.summary).toMatchObject({ cycleId, kind: 'initial', state: 'Succeeded' });
    const titles = [...tenant.zoom.state().accounts.values()].map(({ title }) => title);
    expect(titles).toEqual(Array.from({ length: people }, () => 'ENGINEER'));
    expect((await tenant.world.state.jobs.read()).request).toBeNull();
  });

  it('that says the same as the one in force leaves a running cycle alone, and asks for another', async () => {
    const doors = await openSchemaDoors();
    doors.tenant.join('ada');
    await doors.tenant.runCycle();
    await doors.call(putSchema, { body: draftSchema().schema });
    doors.tenant.takeCalls();
    expect(await doors.tenant.deliver()).toMatchObject({ kind: 'finished', summary: { kind: 'initial' } });
    expect(takeWrites(doors)).toEqual([]);
  });

  it('is not in force where it was refused', async () => {
    const doors = await openSchemaDoors();
    doors.tenant.join('ada');
    await doors.tenant.runCycle();
    const draft = draftSchema();
    draft.mapping('userName').matchingPriority = 0;
    await expect(doors.call(putSchema, { body: draft.schema })).rejects.toMatchObject({ status: 400 });
    expect(await doors.tenant.runCycle()).toMatchObject({ kind: 'incremental' });
  });
});
