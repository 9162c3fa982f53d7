import { compileObjectMapping } from '../../../lib/mapping/compileObjectMapping.js';
import { createTenant, domain, type Tenant, type TenantOptions } from '../../fakes/tenant.js';
import { draftSchema, functionSource } from '../../schema/schemaDraft.js';
import { startScimServer } from '../../zoom/foreign/startScimServer.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const tenantWithManagers = (options: TenantOptions = {}): Promise<Tenant> => {
  const draft = draftSchema();
  draft.add({ targetAttributeName: `${enterprise}:manager`, source: functionSource('[manager]') });
  const mapping = compileObjectMapping(draft.schema, 'user');
  if (mapping === null) throw new Error('The schema maps users.');
  return createTenant({ ...options, mapping });
};

const managerOf = (tenant: Tenant, name: string) => {
  const manager = tenant.account(name)?.enterprise['manager'];
  const id = typeof manager === 'object' && manager !== null && 'value' in manager ? manager.value : manager;
  return [...tenant.zoom.state().accounts.values()].find((account) => account.id === id)?.userName.split('@')[0];
};
const writes = (tenant: Tenant) => tenant.takeCalls().filter((call) => !call.startsWith('GET'));

describe('the manager', () => {
  it('is set, changed and removed', async () => {
    const tenant = await tenantWithManagers();
    const [ada = '', ben = '', cem = ''] = ['ada', 'ben', 'cem'].map((name) => tenant.join(name));
    tenant.graph.dir.setManager(ada, ben);
    await tenant.runCycle();
    await tenant.runCycle();
    expect(managerOf(tenant, 'ada')).toBe('ben');
    tenant.graph.dir.setManager(ada, cem);
    writes(tenant);
    await tenant.runCycle();
    expect(managerOf(tenant, 'ada')).toBe('cem');
    expect(writes(tenant)).toHaveLength(1);
    tenant.graph.dir.setManager(ada, null);
    await tenant.runCycle();
    expect(managerOf(tenant, 'ada')).toBeUndefined();
    await tenant.runCycle();
    writes(tenant);
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('is filled in when the manager gets an account, without anybody asking', async () => {
    const tenant = await tenantWithManagers();
    const ada = tenant.join('ada');
    const boss = tenant.join('boss', { assigned: false });
    tenant.graph.dir.setManager(ada, boss);
    await tenant.runCycle();
    expect(managerOf(tenant, 'ada')).toBeUndefined();
    tenant.graph.dir.assign({ principalId: boss, appRoleId: '33333333-3333-4333-8333-333333333333' });
    await tenant.runCycle();
    await tenant.runCycle();
    expect(managerOf(tenant, 'ada')).toBe('boss');
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });
});

describe('the manager, in the dialect rfc7644, against a server that we did not write', () => {
  it('is filled in late, changed and removed', async () => {
    const server = await startScimServer();
    try {
      const tenant = await tenantWithManagers({
        connectTarget: (clock) => server.connect({ clock, send: (input, init) => clock.hold(fetch(input, init)) }),
      });
      const find = async (name: string) => {
        const found = await server.target.findUser('userName', `${name}@${domain}`, new AbortController().signal);
        return found.kind === 'one' ? found.account : null;
      };
      const managerId = async () => {
        const block = (await find('ada'))?.resource[enterprise];
        return typeof block === 'object' && block !== null && 'manager' in block ? block.manager : null;
      };
      const [ada = '', ben = '', cem = ''] = ['ada', 'ben', 'cem'].map((name) => tenant.join(name));
      tenant.graph.dir.setManager(ada, ben);
      await tenant.runCycle();
      await tenant.runCycle();
      expect(await managerId()).toMatchObject({ value: (await find('ben'))?.id });
      tenant.graph.dir.setManager(ada, cem);
      await tenant.runCycle();
      expect(await managerId()).toMatchObject({ value: (await find('cem'))?.id });
      tenant.graph.dir.setManager(ada, null);
      await tenant.runCycle();
      expect(await managerId()).toBeNull();
      await tenant.runCycle();
      expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
    } finally {
      await server.close();
    }
  });
});

describe('a manager who leaves', () => {
  it('stays the manager of record while the account is disabled, and not when another takes over', async () => {
    const tenant = await tenantWithManagers();
    const [ada = '', boss = '', next = ''] = ['ada', 'boss', 'next'].map((name) => tenant.join(name));
    tenant.graph.dir.setManager(ada, boss);
    await tenant.runCycle();
    await tenant.runCycle();
    tenant.graph.dir.unassign({ principalId: boss });
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.account('boss')).toMatchObject({ status: 'inactive' });
    expect(managerOf(tenant, 'ada')).toBe('boss');
    tenant.graph.dir.setManager(ada, next);
    tenant.graph.dir.deleteUser(boss);
    await tenant.runCycle();
    expect(managerOf(tenant, 'ada')).toBe('next');
    await tenant.runCycle();
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('is followed to the account that was made anew', async () => {
    const tenant = await tenantWithManagers();
    const [ada = '', boss = ''] = ['ada', 'boss'].map((name) => tenant.join(name));
    tenant.graph.dir.setManager(ada, boss);
    await tenant.runCycle();
    await tenant.runCycle();
    const target = (await tenant.row(boss))?.link?.targetId ?? '';
    await tenant.clock.settle(tenant.world.target.deleteUser(target, new AbortController().signal));
    tenant.graph.dir.updateUser(boss, { department: 'Legal' });
    await tenant.runCycle();
    await tenant.runCycle();
    expect(managerOf(tenant, 'ada')).toBe('boss');
  });
});

describe('an account that passes over to a new hire of the same name', () => {
  it('does not keep the manager of whoever had it before', async () => {
    const tenant = await tenantWithManagers();
    const [ada = '', boss = ''] = ['ada', 'boss'].map((name) => tenant.join(name));
    tenant.graph.dir.setManager(ada, boss);
    await tenant.runCycle();
    await tenant.runCycle();
    expect(managerOf(tenant, 'ada')).toBe('boss');
    tenant.graph.dir.deleteUser(ada);
    const hire = tenant.join('ada');
    await tenant.runCycle();
    await tenant.runCycle();
    expect((await tenant.row(hire))?.link).toMatchObject({ origin: 'adopted', state: 'active' });
    expect(managerOf(tenant, 'ada')).toBeUndefined();
    writes(tenant);
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('is left the manager it shows while that one has no account yet', async () => {
    const tenant = await tenantWithManagers();
    const create = async (name: string, manager: string) => {
      const values = { userName: `${name}@${domain}`, displayName: name, [`${enterprise}:manager`]: manager };
      await tenant.clock.settle(tenant.world.target.createUser(values, true, new AbortController().signal));
      return tenant.account(name)?.id ?? '';
    };
    await create('ada', await create('boss', 'nobody'));
    const ada = tenant.join('ada');
    tenant.graph.dir.setManager(ada, tenant.join('boss'));
    const update = jest.spyOn(tenant.world.target, 'updateUser');
    await tenant.runCycle();
    await tenant.runCycle();
    const sent = update.mock.calls.map(([targetId, values]) => [targetId, values[`${enterprise}:manager`]]);
    update.mockRestore();
    expect(managerOf(tenant, 'ada')).toBe('boss');
    expect(sent).not.toContainEqual([tenant.account('ada')?.id, null]);
    expect(sent).toContainEqual([tenant.account('boss')?.id, null]);
  });
});

describe('a manager who was another for a moment', () => {
  it('is followed to the account that was made anew, although Zoom was down in between', async () => {
    const tenant = await tenantWithManagers();
    const [ada = '', boss = '', next = ''] = ['ada', 'boss', 'next'].map((name) => tenant.join(name));
    tenant.graph.dir.setManager(ada, boss);
    const others = Array.from({ length: 10 }, (_, at) => tenant.join(`other${at}`));
    await tenant.runCycle();
    await tenant.runCycle();
    tenant.zoom.addFault({ on: '*', fault: { mode: 'status', code: 503 } });
    tenant.graph.dir.setManager(ada, next);
    for (const id of others) tenant.graph.dir.updateUser(id, { department: 'Legal' });
    await tenant.runCycle();
    expect((await tenant.row(ada))?.eval?.managerId).toBe(boss);
    tenant.zoom.clearFaults();
    tenant.graph.dir.setManager(ada, boss);
    await tenant.runCycle();
    const target = (await tenant.row(boss))?.link?.targetId ?? '';
    await tenant.clock.settle(tenant.world.target.deleteUser(target, new AbortController().signal));
    tenant.graph.dir.updateUser(boss, { department: 'Legal' });
    await tenant.runCycle();
    await tenant.runCycle();
    expect(managerOf(tenant, 'ada')).toBe('boss');
  });
});

describe('a manager who changes while the account is being disabled', () => {
  it('is noted as the one they report to', async () => {
    const tenant = await tenantWithManagers();
    const [ada = '', boss = '', next = ''] = ['ada', 'boss', 'next'].map((name) => tenant.join(name));
    tenant.graph.dir.setManager(ada, boss);
    await tenant.runCycle();
    await tenant.runCycle();
    tenant.graph.dir.updateUser(ada, { accountEnabled: false });
    const { readUsers } = tenant.world.directory;
    // After the feed, before the read that confirms the removal.
    const change = jest.spyOn(tenant.world.directory, 'readUsers').mockImplementation((...asked) => {
      tenant.graph.dir.setManager(ada, next);
      return readUsers(...asked);
    });
    await tenant.runCycle();
    change.mockRestore();
    expect((await tenant.row(ada))?.eval).toMatchObject({ outcome: 'removed', managerId: next });
    const edges = await tenant.world.state.edges.list(`manager:${next}`, null);
    expect(edges.rows.map(({ child }) => child)).toEqual([ada]);
  });
});

describe('managers that are not mapped', () => {
  it('cost nothing and send nothing', async () => {
    const tenant = await createTenant();
    const [ada = '', boss = ''] = ['ada', 'boss'].map((name) => tenant.join(name));
    await tenant.runCycle();
    tenant.graph.dir.setManager(ada, boss);
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });
});
