import { createFailingTables } from '../fakes/failingTables.js';
import { createTenant } from '../fakes/tenant.js';

/** While its log is down, a worker ends after its writes to Zoom and before its rows. */
const createFailingLog = () => {
  const storage = createFailingTables();
  const setDown = (isDown: boolean): void =>
    isDown ? storage.failWhere((table) => (table.startsWith('ProvisioningLogs') ? 'refused' : null)) : storage.heal();
  return { tables: storage.tables, setDown };
};

const cutShort = (run: Promise<unknown>): Promise<void> => expect(run).rejects.toThrow();

describe('a cycle that was cut short between Zoom and its own rows', () => {
  it('makes no second account for a person renamed since, whose recovery was cut short as well', async () => {
    const log = createFailingLog();
    const tenant = await createTenant({ tables: log.tables });
    const id = tenant.join('ada');
    log.setDown(true);
    await cutShort(tenant.runCycle());
    tenant.graph.dir.updateUser(id, {
      userPrincipalName: 'lovelace@contoso.example',
      mail: 'lovelace@contoso.example',
    });
    await cutShort(tenant.runCycle());
    log.setDown(false);
    await tenant.runCycle();
    await tenant.runCycle();
    expect([...tenant.zoom.state().accounts.values()]).toMatchObject([{ email: 'lovelace@contoso.example' }]);
    expect(await tenant.row(id)).toMatchObject({ link: { origin: 'created', state: 'active' }, intent: null });
  });

  it('disables the account of a person who left, whose recovery was cut short as well', async () => {
    const log = createFailingLog();
    const tenant = await createTenant({ tables: log.tables });
    const id = tenant.join('ada');
    tenant.join('ben');
    log.setDown(true);
    await cutShort(tenant.runCycle());
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    await cutShort(tenant.runCycle());
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    log.setDown(false);
    await tenant.runCycle();
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('ben')).toMatchObject({ status: 'active' });
  });

  it('goes on with the account it was adopting, by whatever name the person goes now', async () => {
    const log = createFailingLog();
    const tenant = await createTenant({ tables: log.tables });
    tenant.zoom.seed({ users: [{ userName: 'ada@contoso.example', department: 'As it was' }] });
    const id = tenant.join('ada');
    log.setDown(true);
    await cutShort(tenant.runCycle());
    tenant.graph.dir.updateUser(id, {
      userPrincipalName: 'lovelace@contoso.example',
      mail: 'lovelace@contoso.example',
    });
    log.setDown(false);
    await tenant.runCycle();
    await tenant.runCycle();
    expect([...tenant.zoom.state().accounts.values()]).toMatchObject([{ email: 'lovelace@contoso.example' }]);
    expect(await tenant.row(id)).toMatchObject({ link: { origin: 'adopted', state: 'active' }, intent: null });
  });

  it('disables the account of a person who left while it was being adopted', async () => {
    const log = createFailingLog();
    const tenant = await createTenant({ tables: log.tables });
    tenant.zoom.seed({ users: [{ userName: 'ada@contoso.example', status: 'inactive' }] });
    const id = tenant.join('ada');
    tenant.join('ben');
    log.setDown(true);
    await cutShort(tenant.runCycle());
    expect(tenant.account('ada')).toMatchObject({ status: 'active' });
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    log.setDown(false);
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    expect(tenant.account('ben')).toMatchObject({ status: 'active' });
  });

  it('takes a change back that Zoom had taken although nobody knew', async () => {
    const log = createFailingLog();
    const tenant = await createTenant({ tables: log.tables });
    const id = tenant.join('ada', { department: 'Sales' });
    await tenant.runCycle();
    log.setDown(true);
    tenant.graph.dir.updateUser(id, { department: 'Legal' });
    await cutShort(tenant.runCycle());
    log.setDown(false);
    await tenant.runCycle();
    const updates = () => tenant.zoom.journal.entries.filter(({ operation }) => operation === 'users.put').length;
    expect(updates()).toBe(1);
    tenant.graph.dir.updateUser(id, { department: 'Sales' });
    await tenant.runCycle();
    expect(tenant.account('ada')?.enterprise).toMatchObject({ department: 'Sales' });
    expect(updates()).toBe(2);
  });

  it('disables nobody a second time whose disabling Zoom had carried out', async () => {
    const log = createFailingLog();
    const tenant = await createTenant({ tables: log.tables });
    const id = tenant.join('ada');
    tenant.join('ben');
    await tenant.runCycle();
    log.setDown(true);
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await cutShort(tenant.runCycle());
    log.setDown(false);
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
    expect((await tenant.row(id))?.link).toMatchObject({ state: 'disabled' });
    expect(tenant.zoom.journal.entries.filter(({ operation }) => operation === 'users.patch')).toHaveLength(1);
    expect((await tenant.runCycle()).counts.zoomRequests).toBe(0);
  });

  it('makes no second account in place of one that vanished, for a person renamed since', async () => {
    const { tenant, id, log } = await replaceVanished();
    tenant.graph.dir.updateUser(id, {
      userPrincipalName: 'lovelace@contoso.example',
      mail: 'lovelace@contoso.example',
    });
    log.setDown(false);
    await tenant.runCycle();
    await tenant.runCycle();
    expect([...tenant.zoom.state().accounts.values()]).toMatchObject([{ email: 'lovelace@contoso.example' }]);
    expect(await tenant.row(id)).toMatchObject({ link: { origin: 'created', state: 'active' }, intent: null });
  });

  it.each(['contoso.example', 'partner.example'])(
    'gives an account to a person renamed since, whose old address at %s Zoom keeps for a stranger',
    async (domain) => {
      const log = createFailingLog();
      const tenant = await createTenant({ tables: log.tables });
      tenant.zoom.seed({ foreign: [`hal@${domain}`] });
      tenant.join('ben');
      await tenant.runCycle();
      const id = tenant.join('hal');
      const named = (name: string) => ({ userPrincipalName: `${name}@${domain}`, mail: `${name}@${domain}` });
      tenant.graph.dir.updateUser(id, named('hal'));
      log.setDown(true);
      await cutShort(tenant.runCycle('initial'));
      tenant.graph.dir.updateUser(id, named('kim'));
      log.setDown(false);
      await tenant.runCycle();
      await tenant.runCycle();
      expect(await tenant.row(id)).toMatchObject({ link: { origin: 'created' }, intent: null });
    },
  );

  it('disables the account made in place of one that vanished, when its person leaves', async () => {
    const { tenant, id, log } = await replaceVanished();
    tenant.graph.dir.updateUser(id, { accountEnabled: false });
    log.setDown(false);
    await tenant.runCycle();
    expect(tenant.account('ada')).toMatchObject({ status: 'inactive' });
  });
});

/** Ada's account was deleted in Zoom; a new one was made in its place, and the worker ended before it knew. */
const replaceVanished = async () => {
  const log = createFailingLog();
  const tenant = await createTenant({ tables: log.tables });
  const id = tenant.join('ada');
  await tenant.runCycle();
  tenant.graph.dir.updateUser(id, { department: 'Legal' });
  tenant.zoom.addFault({ on: 'users.put', fault: { mode: 'user.deletedInZoom' }, times: 1 });
  log.setDown(true);
  await cutShort(tenant.runCycle());
  expect(tenant.zoom.state().accounts.size).toBe(1);
  return { tenant, id, log };
};
