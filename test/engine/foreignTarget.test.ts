import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { createTenant, domain, type Tenant } from '../fakes/tenant.js';
import { draftSchema, functionSource } from '../schema/schemaDraft.js';
import { type ForeignServer, startScimServer } from '../zoom/foreign/startScimServer.js';

const never = new AbortController().signal;
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const compile = () => {
  const draft = draftSchema();
  draft.add({ targetAttributeName: 'title', source: functionSource('[jobTitle]'), flowNullValues: true });
  draft.add({ targetAttributeName: 'phoneNumbers[type eq "mobile"].value', source: functionSource('[mobile]') });
  draft.add({ targetAttributeName: `${enterprise}:manager`, source: functionSource('[manager]') });
  const mapping = compileObjectMapping(draft.schema, 'user');
  if (mapping === null) throw new Error('The schema maps users.');
  return mapping;
};

describe('whole cycles in the dialect rfc7644, against a server that we did not write', () => {
  let server: ForeignServer;
  let tenant: Tenant;
  beforeAll(async () => {
    server = await startScimServer();
    tenant = await createTenant({
      mapping: compile(),
      connectTarget: (clock) => server.connect({ clock, send: (input, init) => clock.hold(fetch(input, init)) }),
    });
  });
  afterAll(() => server.close());

  const find = async (name: string) => {
    const found = await server.target.findUser('userName', `${name}@${domain}`, never);
    server.takeCalls();
    return found.kind === 'one' ? found.account : null;
  };

  it('creates who is not there and adopts who is', async () => {
    await server.target.createUser({ userName: `eve@${domain}`, displayName: 'Old', title: 'By hand' }, true, never);
    const before = await find('eve');
    tenant.join('ada');
    tenant.join('eve');
    expect((await tenant.runCycle()).counts).toMatchObject({ created: 1, adopted: 1 });
    expect(await find('ada')).toMatchObject({
      active: true,
      resource: { displayName: 'ada Example', userType: 'Licensed', [enterprise]: { department: 'Sales' } },
    });
    const eve = await find('eve');
    expect(eve).toMatchObject({ id: before?.id, resource: { displayName: 'eve Example' } });
    expect(eve?.resource).not.toHaveProperty('title');
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('updates, clears, disables and enables with one request a change, then is idle', async () => {
    const id = tenant.join('ben');
    await tenant.runCycle();
    server.takeCalls();

    tenant.graph.dir.updateUser(id, { jobTitle: 'Counsel', department: 'Legal' });
    expect((await tenant.runCycle()).counts).toMatchObject({ updated: 1 });
    expect(server.takeCalls()).toEqual(['PATCH 200']);
    expect(await find('ben')).toMatchObject({ resource: { title: 'Counsel', [enterprise]: { department: 'Legal' } } });

    tenant.graph.dir.updateUser(id, { jobTitle: null });
    expect((await tenant.runCycle()).counts).toMatchObject({ updated: 1 });
    expect(server.takeCalls()).toEqual(['PATCH 200']);
    expect((await find('ben'))?.resource).not.toHaveProperty('title');

    tenant.graph.dir.updateUser(id, { mobilePhone: '+1 2025550143' });
    expect((await tenant.runCycle()).counts).toMatchObject({ updated: 1 });
    expect(server.takeCalls()).toEqual(['PATCH 400', 'GET 200', 'PATCH 200']);

    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    expect((await tenant.runCycle()).counts).toMatchObject({ disabled: 1 });
    expect(await find('ben')).toMatchObject({ active: false });

    tenant.graph.dir.updateUser(id, { accountEnabled: true });
    expect((await tenant.runCycle()).counts).toMatchObject({ enabled: 1 });
    expect(await find('ben')).toMatchObject({
      active: true,
      resource: { phoneNumbers: [{ type: 'mobile', value: '+1 2025550143' }], userType: 'Licensed' },
    });
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
    await tenant.runCycle('initial');
    expect(server.takeCalls().filter((call) => !call.startsWith('GET'))).toEqual([]);
  });

  it('renames, which this target does', async () => {
    const id = tenant.join('cleo');
    await tenant.runCycle();
    tenant.graph.dir.updateUser(id, { userPrincipalName: `cleo.lind@${domain}` });
    await tenant.runCycle();
    expect(await find('cleo.lind')).toMatchObject({ userName: `cleo.lind@${domain}` });
    expect(await find('cleo')).toBeNull();
  });
});
