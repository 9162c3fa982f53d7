import { createNotifyScene, jobUrl } from './scene.js';

const hourMs = 3_600_000;

describe('quarantine', () => {
  it('is told once on entry, again when its reason changes, and once when it is over', async () => {
    const scene = await createNotifyScene();
    scene.tenant.join('ada');
    await scene.tenant.runCycle();
    await scene.look();
    expect(scene.subjects()).toEqual([]);

    scene.tenant.join('ben');
    scene.tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'account.ssoOff' } });
    await scene.tenant.runCycle();
    await scene.look();
    await scene.tenant.runCycle();
    await scene.look();
    expect(scene.subjects()).toEqual(['[Zoom provisioning] Quarantine: SingleSignOnDisabled']);

    scene.tenant.zoom.clearFaults();
    scene.tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'account.permissionLost' } });
    await scene.tenant.runCycle();
    await scene.look();
    expect(scene.subjects()[1]).toBe('[Zoom provisioning] Quarantine: the reason is now InsufficientRights');

    scene.tenant.zoom.clearFaults();
    await scene.tenant.runCycle();
    await scene.look();
    await scene.look();
    expect(scene.subjects().slice(2)).toEqual(['[Zoom provisioning] Quarantine is over']);
    expect(scene.events.filter(({ name }) => name === 'Notice').map(({ level }) => level)).toEqual([
      'error',
      'error',
      'info',
    ]);
  });

  it('says what, since when, how many people, which request, what to do and where', async () => {
    const scene = await createNotifyScene();
    scene.tenant.join('ada');
    await scene.tenant.runCycle();
    scene.tenant.join('ben');
    scene.tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'account.ssoOff' } });
    await scene.tenant.runCycle();
    await scene.look();
    const { job } = await scene.tenant.world.state.jobs.read();
    const [mail = ''] = scene.mails();
    expect(mail).toMatch(/^Provisioning stopped: it cannot go on .*Single Sign-On/i);
    expect(mail).toContain(`Since: ${job?.quarantine?.since.slice(0, 16).replace('T', ' ')} UTC`);
    expect(mail).toContain('People: 1');
    expect(mail).toMatch(/Request: POST \/scim2\/Users answered 400 \(request id .+\)/);
    expect(mail).toMatch(/What to do: .*single sign-on.*POST to the job’s \/start/i);
    expect(mail).toContain(`Look here: ${jobUrl}\n`);
  });

  it('that an administrator’s worker left before telling is told by the next look', async () => {
    const scene = await createNotifyScene();
    scene.tenant.join('ada');
    scene.tenant.zoom.addFault({ on: 'oauth.token', fault: { mode: 'token.clientSecretWrong' } });
    await scene.tenant.runCycle();
    await scene.look(scene.createOther());
    expect(scene.subjects()).toHaveLength(1);
  });
});

describe('held removals', () => {
  const holdSome = async () => {
    const scene = await createNotifyScene({ engine: { deletionThreshold: 2 } });
    const ids = ['ada', 'ben', 'cem', 'dan'].map((name) => scene.tenant.join(name));
    await scene.tenant.runCycle();
    for (const id of ids) scene.tenant.graph.dir.updateUser(id, { accountEnabled: false });
    await scene.tenant.runCycle();
    return { scene, ids };
  };

  it('are told once, with their number, the remedy and the list', async () => {
    const { scene } = await holdSome();
    await scene.pass();
    await scene.look();
    await scene.tenant.runCycle();
    await scene.pass();
    await scene.look();
    expect(scene.subjects()).toEqual(['[Zoom provisioning] 4 removals are held']);
    const [mail = ''] = scene.mails();
    expect(mail).toContain('more than 2 users');
    expect(mail).toContain('People: 4');
    expect(mail).toMatch(/What to do: .*release.*reject/);
    expect(mail).toContain(`Look here: ${jobUrl}/stagedRemovals`);
    expect(mail).toMatch(/Since: 2026-11-23 \d\d:\d\d UTC/);
  });

  it('are told by the next look where the worker died before it could', async () => {
    const { scene } = await holdSome();
    await scene.look();
    await scene.look();
    expect(scene.subjects()).toEqual(['[Zoom provisioning] Quarantine: TooManyDeletes']);
    expect(scene.mails()[0]).toContain(`${jobUrl}/stagedRemovals`);
  });

  it('are over when they have left the stage', async () => {
    const { scene, ids } = await holdSome();
    await scene.pass();
    await scene.look();
    for (const id of ids) scene.tenant.graph.dir.updateUser(id, { accountEnabled: true });
    await scene.tenant.runCycle();
    await scene.tenant.runCycle();
    await scene.look();
    expect(scene.subjects().at(-1)).toBe('[Zoom provisioning] Quarantine is over');
  });
});

describe('a job that does nothing', () => {
  it('is told of when no cycle has begun for six intervals, and when cycles run again', async () => {
    const scene = await createNotifyScene();
    scene.tenant.join('ada');
    await scene.tenant.runCycle();
    scene.tenant.clock.advance(4 * hourMs);
    await scene.look();
    expect(scene.subjects()).toEqual([]);
    scene.tenant.clock.advance(2 * hourMs);
    await scene.look();
    await scene.look();
    expect(scene.subjects()).toEqual(['[Zoom provisioning] Nothing has run']);
    expect(scene.mails()[0]).toMatch(/No cycle has run since 2026-11-23T\S+, although one is due every 40 minutes/);
    expect(scene.mails()[0]).toMatch(/What to do: .*provisioning-cycles/);
    await scene.tenant.runCycle();
    await scene.look();
    expect(scene.subjects().slice(1)).toEqual(['[Zoom provisioning] Cycles run again']);
  });

  it('is told of although it never ran, counted from the first look', async () => {
    const scene = await createNotifyScene();
    await scene.look();
    scene.tenant.clock.advance(3 * hourMs);
    await scene.look();
    expect(scene.subjects()).toEqual([]);
    scene.tenant.clock.advance(2 * hourMs);
    await scene.look();
    expect(scene.subjects()).toEqual(['[Zoom provisioning] Nothing has run']);
  });

  it('is not told of while it is paused, nor when it is started after a long pause', async () => {
    const scene = await createNotifyScene();
    await scene.tenant.runCycle();
    await scene.tenant.world.state.jobs.updateJob((job) => ({ ...job, status: 'paused' }));
    scene.tenant.clock.advance(200 * hourMs);
    await scene.look();
    await scene.tenant.world.state.jobs.updateJob((job) => ({ ...job, status: 'on' }));
    const requestedAt = new Date(scene.tenant.clock.nowMs()).toISOString();
    await scene.tenant.world.state.jobs.request({ cycleId: 'asked', kind: 'incremental', requestedAt });
    await scene.look();
    expect(scene.subjects()).toEqual([]);
  });

  it('is told of with the request where cycles run and none ends well', async () => {
    const scene = await createNotifyScene();
    await scene.tenant.runCycle();
    const { job } = await scene.tenant.world.state.jobs.read();
    const fault = {
      code: 'ServiceUnavailable',
      message: 'Zoom is down.',
      recommendedAction: 'See status.zoom.us.',
      whose: 'target',
      retry: 'nextCycle',
      request: { service: 'zoom', method: 'GET', path: '/scim2/Users', status: 503, requestId: 'zm-1' },
    } as const;
    scene.tenant.clock.advance(5 * hourMs);
    const now = new Date(scene.tenant.clock.nowMs()).toISOString();
    const last = job?.lastExecution;
    if (!last) throw new Error('The cycle left no summary.');
    await scene.tenant.world.state.jobs.updateJob((row) => ({
      ...row,
      nextRunAt: now,
      failuresInARow: 3,
      lastExecution: { ...last, state: 'Failed', fault, endedAt: now },
    }));
    await scene.look();
    expect(scene.subjects()).toEqual(['[Zoom provisioning] No cycle ends well']);
    expect(scene.mails()[0]).toContain('Request: GET /scim2/Users answered 503 (request id zm-1)');
    expect(scene.mails()[0]).toContain('See status.zoom.us.');
  });
});
