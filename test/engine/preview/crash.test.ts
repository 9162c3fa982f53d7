import { createMemoryTables } from '../../../lib/state/memoryTables.js';
import { hurryClock } from '../../fakes/hurryClock.js';
import { createKillSwitch, type KillPoint } from '../../fakes/killSwitch.js';
import { createPreviewer, type PreviewProcess, type Shown } from '../../fakes/previewer.js';
import { createSurroundings } from '../../fakes/surroundings.js';
import { createTenant } from '../../fakes/tenant.js';
import { createWorker } from '../../fakes/worker.js';

/** Somebody to be made, changed and disabled by the next cycle. */
const openScene = async () => {
  const tables = createMemoryTables();
  const tenant = await createTenant({ tables });
  const [ada = '', ben = ''] = ['ada', 'ben', 'cem'].map((name) => tenant.join(name));
  await tenant.runCycle();
  await tenant.runCycle();
  tenant.join('dia');
  tenant.graph.dir.updateUser(ada, { department: 'Legal' });
  tenant.graph.dir.updateUser(ben, { accountEnabled: false });
  const { graph, zoom, clock } = tenant;
  const graphToken = graph.issueToken(['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All'], 1e12);
  const newId = () => crypto.randomUUID();
  const surroundings = { ...createSurroundings(), graph, graphToken, zoom, clock, tables, newId };
  const startProcess = (kill = createKillSwitch()): PreviewProcess => {
    const worker = createWorker(surroundings, {
      engine: { sliceBudgetMs: 8, deletionThresholdPercent: 100 },
      wrapTables: kill.wrapTables,
      wrapSend: kill.wrapSend,
    });
    const world = { ...worker.world, clock: hurryClock(worker.world.clock) };
    return { options: { ...worker, world }, tables: kill.wrapTables(tables), kill };
  };
  /** The first worker has the switch, the others live. */
  const show = async (kill: ReturnType<typeof createKillSwitch>): Promise<Shown> => {
    const switches = [kill];
    return createPreviewer(clock, startProcess(), () => startProcess(switches.shift())).show();
  };
  return { tenant, show };
};

const tell = ({ preview, operations }: Shown) => ({
  state: preview.state,
  sent: [
    ...new Set(operations.filter(({ action }) => action !== 'skip').map((one) => `${one.action} ${one.sourceId}`)),
  ],
});

describe('a preview whose worker dies', () => {
  it('after any write or request ends, and says the same', async () => {
    const { tenant, show } = await openScene();
    const whole = createKillSwitch();
    const expected = tell(await show(whole));
    expect(expected).toMatchObject({ state: 'completed' });
    expect(expected.sent).toHaveLength(3);
    const accounts = JSON.stringify([...tenant.zoom.state().accounts]);
    for (let at = 1; at <= whole.steps.length; at += 1) {
      const point: KillPoint = { at, moment: 'after' };
      const told = tell(await show(createKillSwitch(point)));
      expect({ at, ...told, sent: told.sent.sort() }).toEqual({ at, ...expected, sent: [...expected.sent].sort() });
    }
    expect(JSON.stringify([...tenant.zoom.state().accounts])).toBe(accounts);
  });
});
