import type { Send } from '../../lib/http/send.js';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { createTenant, domain, type Tenant } from '../fakes/tenant.js';
import { draftSchema, functionSource } from '../schema/schemaDraft.js';
import { type ForeignServer, startScimServer } from '../zoom/foreign/startScimServer.js';

const never = new AbortController().signal;

/** People are matched by their id; whoever is new gets the first name that is free. */
const compile = () => {
  const draft = draftSchema();
  draft.add({ targetAttributeName: 'externalId', source: functionSource('[objectId]'), matchingPriority: 1 });
  Object.assign(draft.mapping('userName'), {
    matchingPriority: 0,
    flowType: 'ObjectAddOnly',
    source: functionSource(
      'SelectUniqueValue(Join("@", [givenName], "x.example"), Join("@", Append([givenName], "1"), "x.example"), Join("@", Append([givenName], "2"), "x.example"))',
    ),
  });
  const mapping = compileObjectMapping(draft.schema, 'user');
  if (mapping === null) throw new Error('The schema maps users.');
  return mapping;
};

describe('a user name that must be unique', () => {
  let server: ForeignServer;
  let tenant: Tenant;
  /** Stands before the next creation, and throws what comes of it. */
  let beforePost: ((send: () => Promise<Response>) => Promise<never>) | null = null;
  const send: Send = (input, init) => {
    const intercept = init?.method === 'POST' ? beforePost : null;
    if (intercept) beforePost = null;
    const pass = () => fetch(input, init);
    return intercept ? intercept(pass) : pass();
  };
  beforeAll(async () => {
    server = await startScimServer();
    tenant = await createTenant({
      mapping: compile(),
      connectTarget: (clock) => server.connect({ clock, send: (input, init) => clock.hold(send(input, init)) }),
    });
  });
  afterAll(() => server.close());

  const join = (givenName: string, upn: string) => {
    const id = tenant.join(upn);
    tenant.graph.dir.updateUser(id, { givenName, displayName: upn });
    return id;
  };
  const nameOf = async (id: string) => {
    const found = await server.target.findUser('externalId', id, never);
    return found.kind === 'one' ? found.account.userName : found.kind;
  };

  it('is the first that neither the target nor another of the batch has', async () => {
    await server.target.createUser({ userName: 'Mina@x.example' }, true, never);
    const ids = [join('mina', 'mina.a'), join('mina', 'mina.b')];
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 2 });
    const names = await Promise.all(ids.map(nameOf));
    expect(names.sort()).toEqual(['mina1@x.example', 'mina2@x.example']);
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('is a failure of that person where none is free, and nobody is adopted for it', async () => {
    const id = join('mina', 'mina.c');
    const other = join('theo', 'theo.a');
    const { counts, cycleId } = await tenant.runCycle();
    expect(counts).toMatchObject({ created: 1, failed: 1 });
    expect([await nameOf(id), await nameOf(other)]).toEqual(['none', 'theo@x.example']);
    const failed = (await tenant.records(cycleId)).find(({ sourceIdentity }) => sourceIdentity.id === id);
    expect(failed?.provisioningStatusInfo.errorInformation?.reason).toContain('NoUniqueValue');
  });

  it('that was sent and stored although no answer came is the person’s, and there is one account', async () => {
    const id = join('lost', 'lost.a');
    beforePost = async (pass) => {
      await pass();
      throw new TypeError('fetch failed');
    };
    await tenant.runCycle();
    await tenant.runCycle();
    expect(await nameOf(id)).toBe('lost@x.example');
    expect(await server.target.findUser('userName', 'lost1@x.example', never)).toEqual({ kind: 'none' });
  });

  it('that somebody else got meanwhile makes their account nobody’s of ours', async () => {
    const id = join('race', 'race.a');
    beforePost = async () => {
      await server.target.createUser({ userName: 'race@x.example', displayName: 'Stranger' }, true, never);
      throw new TypeError('fetch failed');
    };
    await tenant.runCycle();
    await tenant.runCycle();
    expect(await nameOf(id)).toBe('race1@x.example');
    const stranger = await server.target.findUser('userName', 'race@x.example', never);
    expect(stranger).toMatchObject({ account: { active: true, resource: { displayName: 'Stranger' } } });
  });

  it('stays as it was chosen when the person changes', async () => {
    const id = join('ada', 'ada.a');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { givenName: 'Augusta', department: 'Legal' });
    expect((await tenant.runCycle()).counts).toMatchObject({ updated: 1 });
    expect(await nameOf(id)).toBe('ada@x.example');
  });
});

test('where the target cannot be searched by the attribute, the person fails and the job goes on', async () => {
  const draft = draftSchema();
  const unique = functionSource('SelectUniqueValue([givenName], Append([givenName], "1"))');
  draft.add({ targetAttributeName: 'title', source: unique, flowType: 'ObjectAddOnly' });
  const mapping = compileObjectMapping(draft.schema, 'user');
  if (mapping === null) throw new Error('The schema maps users.');
  const tenant = await createTenant({ mapping });
  tenant.zoom.seed({ users: [{ id: 'z1', userName: `eve@${domain}` }] });
  tenant.join('ada');
  tenant.join('eve');
  expect((await tenant.runCycle()).counts).toMatchObject({ failed: 1, adopted: 1 });
});
