import { basicRoleId } from '../fakes/tenant.js';
import { createNotifyScene } from './scene.js';

const names = ['ada', 'ben', 'cem', 'dan', 'eve', 'fay', 'gus'];
const dayMs = 86_400_000;

describe('licensed seats', () => {
  it('are warned of before they run out, and told when none is left', async () => {
    const scene = await createNotifyScene({ licensedSeats: 7 });
    for (const name of names.slice(0, 1)) scene.tenant.join(name);
    await scene.tenant.runCycle();
    await scene.look();
    expect(scene.subjects()).toEqual([]);
    for (const name of names.slice(1, 3)) scene.tenant.join(name);
    await scene.tenant.runCycle();
    scene.tenant.clock.advance(dayMs);
    await scene.tenant.runCycle();
    await scene.look();
    await scene.look();
    expect(scene.subjects()).toEqual(['[Zoom provisioning] 4 Licensed seats are left']);
    expect(scene.mails()[0]).toMatch(/3 of 7 Licensed seats are taken/);
    expect(scene.mails()[0]).toMatch(/What to do: .*ZOOM_LICENSED_SEATS/);
    for (const name of names.slice(3)) scene.tenant.join(name);
    await scene.tenant.runCycle();
    scene.tenant.clock.advance(dayMs);
    await scene.tenant.runCycle();
    await scene.look();
    expect(scene.subjects().slice(1)).toEqual(['[Zoom provisioning] No Licensed seat is left']);
  });

  it('are not guessed where nobody said how many there are', async () => {
    const scene = await createNotifyScene();
    for (const name of names) scene.tenant.join(name);
    await scene.tenant.runCycle();
    await scene.look();
    expect(scene.subjects()).toEqual([]);
  });

  it('that Zoom did not give are told of with the number of people, at once', async () => {
    const scene = await createNotifyScene({ zoom: { licensedSeats: 1, noSeats: 'silentBasic' } });
    scene.tenant.join('ada');
    scene.tenant.join('zoe', { roleId: basicRoleId });
    await scene.tenant.runCycle();
    await scene.look();
    expect(scene.subjects()).toEqual([]);
    for (const name of ['ben', 'cem']) scene.tenant.join(name);
    await scene.tenant.runCycle();
    await scene.look();
    expect(scene.subjects()).toEqual(['[Zoom provisioning] 2 people have less than their role asks for']);
    expect(scene.mails()[0]).toContain('People: 2');
    expect(scene.mails()[0]).toMatch(/What to do: Buy or free licences/);
  });
});
