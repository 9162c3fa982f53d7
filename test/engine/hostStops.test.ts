import { setImmediate as nextTurn } from 'node:timers/promises';
import { tick } from '../../lib/engine/tick.js';
import { createTenant } from '../fakes/tenant.js';

describe('a host that stops in the middle of a page', () => {
  it('lets requests under way be answered, sends no more, and leaves the rest to the next slice', async () => {
    const stopping = new AbortController();
    const tenant = await createTenant({ stopping: stopping.signal });
    const people = 60;
    for (let number = 0; number < people; number += 1) tenant.join(`person${number}`);
    const creations = () => tenant.zoom.journal.entries.filter(({ operation }) => operation === 'users.create');

    await tick(tenant.world);
    const slice = tenant.deliver();
    while (creations().length < 10) await nextTurn();
    stopping.abort();
    expect(await slice).toMatchObject({ kind: 'continued' });
    const made = creations();
    expect(made.length).toBeLessThan(people);
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 201));
    expect(tenant.zoom.state().accounts.size).toBe(made.length);
    const { cycle, lease } = await tenant.world.state.jobs.read();
    expect(cycle?.counts).toMatchObject({ created: made.length });
    expect(lease).toBeNull();
    expect(tenant.queue).toHaveLength(1);
  });
});
