import type { TargetPage } from '../../lib/engine/ports.js';
import { jane, makeSimulatedTarget, never } from './simulatedTarget.js';

const seeded = { id: 'u1', userName: 'jane@contoso.example', givenName: 'Jane', familyName: 'Roe' };

describe('the target against a simulated Zoom', () => {
  it('creates, finds, reads, updates, disables, enables and deletes with the requests that Zoom documents', async () => {
    const { target, run, calls, entries } = makeSimulatedTarget();
    const created = await run(target.createUser(jane, true, never));
    expect(created).toMatchObject({ kind: 'stored', account: { active: true } });
    const id = created.kind === 'stored' ? created.targetId : '';
    expect(await run(target.findUser('userName', 'JANE@contoso.example', never))).toMatchObject({ account: { id } });
    expect(await run(target.updateUser(id, { 'name.familyName': 'Poe' }, never))).toMatchObject({
      account: { resource: { name: { givenName: 'Jane', familyName: 'Poe' } } },
    });
    expect(await run(target.setUserActive(id, false, never))).toMatchObject({ account: { active: false } });
    expect(await run(target.setUserActive(id, true, never))).toMatchObject({ account: { active: true } });
    expect(await run(target.readUser(id, never))).toMatchObject({ kind: 'found', account: { complete: true } });
    expect(await run(target.deleteUser(id, never))).toMatchObject({ kind: 'stored' });
    expect(await run(target.readUser(id, never))).toEqual({ kind: 'gone' });
    expect(calls()).toEqual([
      'POST /scim2/Users',
      'GET /scim2/Users',
      `PUT /scim2/Users/${id}`,
      `PATCH /scim2/Users/${id}`,
      `PATCH /scim2/Users/${id}`,
      `GET /scim2/Users/${id}`,
      `DELETE /scim2/Users/${id}`,
      `GET /scim2/Users/${id}`,
    ]);
    expect(entries('oauth.token')).toHaveLength(1);
  });

  it('reaches accounts whose ids hold signs that paths are made of', async () => {
    const { target, run } = makeSimulatedTarget({ idAlphabet: 'awkward' });
    const created = await run(target.createUser(jane, true, never));
    const id = created.kind === 'stored' ? created.targetId : '';
    expect(await run(target.setUserActive(id, false, never))).toMatchObject({ account: { id, active: false } });
  });

  it('lists everybody, page after page', async () => {
    const { target, zoom, run } = makeSimulatedTarget();
    zoom.seed({ users: Array.from({ length: 250 }, (_, index) => ({ userName: `p${index}@contoso.example` })) });
    const ids = new Set<string>();
    for (let next: number | null = 1; next !== null; ) {
      const page: TargetPage = await run(target.listUsers(next, never));
      for (const { id } of page.accounts) {
        ids.add(id);
      }
      next = page.next;
    }
    expect(ids.size).toBe(250);
  });

  it.each([
    { mode: 'list.shortPage', rows: 7 },
    { mode: 'list.wrongTotal', total: 100 },
    { mode: 'list.shiftingPages', by: -3 },
  ] as const)('loses nobody of a list under %j', async (fault) => {
    const { target, zoom, run } = makeSimulatedTarget();
    zoom.seed({ users: Array.from({ length: 230 }, (_, index) => ({ userName: `p${index}@contoso.example` })) });
    zoom.addFault({ on: 'users.list', fault });
    const ids = new Set<string>();
    let next: number | null = 1;
    for (let pages = 0; next !== null && pages < 60; pages += 1) {
      const page: TargetPage = await run(target.listUsers(next, never));
      for (const { id } of page.accounts) {
        ids.add(id);
      }
      next = page.next;
    }
    expect(ids.size).toBe(230);
  });
});

describe('tokens', () => {
  it('renews one that expires in the middle once, for all requests at the same time, and loses nothing', async () => {
    const { target, zoom, run, entries } = makeSimulatedTarget();
    zoom.seed({
      users: Array.from({ length: 12 }, (_, index) => ({ id: `u${index}`, userName: `p${index}@contoso.example` })),
    });
    await run(target.readUser('u0', never));
    zoom.addFault({ on: 'users.put', fault: { mode: 'token.expireMidCycle' }, nth: 1 });
    const all = Array.from({ length: 12 }, (_, index) => target.updateUser(`u${index}`, { title: 'New' }, never));
    const results = await run(Promise.all(all));
    expect(results.map(({ kind }) => kind)).toEqual(Array(12).fill('stored'));
    expect(entries('oauth.token')).toHaveLength(2);
  });

  it('renews before the hour is over', async () => {
    const { target, zoom, run, entries } = makeSimulatedTarget();
    zoom.seed({ users: [seeded] });
    await run(target.readUser('u1', never));
    zoom.clock.advance(3_545_000);
    await run(target.readUser('u1', never));
    expect(entries('oauth.token')).toHaveLength(2);
    expect(entries('users.get').map(({ status }) => status)).toEqual([200, 200]);
  });

  it.each([
    ['token.clientSecretWrong', 'CredentialsInvalid'],
    ['token.ownerGone', 'ConsentOwnerGone'],
    ['token.revoked', 'ConsentSuperseded'],
    ['token.refreshReused', 'RefreshTokenReused'],
  ] as const)('stops the job on the first call for %s', async (mode, code) => {
    const { target, zoom, run, calls } = makeSimulatedTarget();
    zoom.addFault({ on: 'oauth.token', fault: { mode } });
    expect(await run(target.readUser('u1', never))).toMatchObject({ kind: 'fault', fault: { code, whose: 'job' } });
    expect(calls()).toEqual([]);
  });

  it.each([{ scopeMissingStatus: 400 }, { scopeMissingStatus: 401 }, { scopeMissingCode: 4711 }] as const)(
    'names a scope that lacks (%j)',
    async (settings) => {
      const { target, zoom, run } = makeSimulatedTarget(settings);
      zoom.addFault({ on: 'users.*', fault: { mode: 'token.scopeMissing' } });
      expect(await run(target.readUser('u1', never))).toMatchObject({ fault: { code: 'ScopeMissing', whose: 'job' } });
    },
  );

  it('takes a fixed token, and stops the job when it is refused', async () => {
    const { target, run } = makeSimulatedTarget({}, { auth: { kind: 'bearer', token: 'unknown' } });
    expect(await run(target.readUser('u1', never))).toMatchObject({ fault: { code: 'Unauthorized', whose: 'job' } });
  });
});

describe('answers that refuse one user', () => {
  it.each(['user.pending', 'user.foreign'] as const)('finds %s to be pending or foreign', async (mode) => {
    const { target, zoom, run } = makeSimulatedTarget();
    zoom.addFault({ on: 'users.filter', fault: { mode } });
    expect(await run(target.findUser('userName', 'x@contoso.example', never))).toEqual({ kind: 'pendingOrForeign' });
  });

  it('shows that an account outside the known domains came out invited: its id does not answer', async () => {
    const { target, run } = makeSimulatedTarget();
    const created = await run(target.createUser({ ...jane, userName: 'jane@other.example' }, true, never));
    const id = created.kind === 'stored' ? created.targetId : '';
    expect(await run(target.readUser(id, never))).toEqual({ kind: 'notBelonging' });
    expect(await run(target.setUserActive(id, false, never))).toMatchObject({ kind: 'notBelonging' });
  });

  it.each([{ duplicateStatus: 409 }, { duplicateStatus: 400 }] as const)(
    'reports a conflict (%j)',
    async (settings) => {
      const { target, zoom, run } = makeSimulatedTarget(settings);
      zoom.seed({ foreign: ['jane@contoso.example'] });
      expect(await run(target.createUser(jane, true, never))).toMatchObject({ kind: 'conflict' });
    },
  );

  it('says gone for an account that was deleted in Zoom', async () => {
    const { target, zoom, run } = makeSimulatedTarget();
    zoom.seed({ users: [seeded] });
    zoom.addFault({ on: 'users.put', fault: { mode: 'user.deletedInZoom' } });
    expect(await run(target.updateUser('u1', { title: 'X' }, never))).toMatchObject({ kind: 'gone' });
  });

  it('answers what Zoom holds where it silently does otherwise', async () => {
    const { target, zoom, run } = makeSimulatedTarget({ licensedSeats: 0 });
    zoom.seed({ users: [{ ...seeded, role: 'Admin' }] });
    expect(await run(target.setUserActive('u1', false, never))).toMatchObject({ account: { active: true } });
    expect(await run(target.updateUser('u1', { userType: 'Licensed' }, never))).toMatchObject({
      account: { resource: { userType: 'Basic' } },
    });
    zoom.addFault({ on: 'users.put', fault: { mode: 'user.renameIgnored' } });
    expect(await run(target.updateUser('u1', { 'name.givenName': 'Joan' }, never))).toMatchObject({
      account: { resource: { name: { givenName: 'Jane' } } },
    });
  });

  it.each([400, 403] as const)('names an admin who cannot be deactivated (%d)', async (status) => {
    const { target, zoom, run } = makeSimulatedTarget({ adminDeactivate: `${status}` });
    zoom.seed({ users: [{ ...seeded, role: 'Admin' }] });
    expect(await run(target.setUserActive('u1', false, never))).toMatchObject({
      fault: { code: 'AdminNotDeactivatable', whose: 'object' },
    });
  });

  it.each([400, 403, 409] as const)('names licences that are used up (%d)', async (status) => {
    const { target, zoom, run } = makeSimulatedTarget();
    zoom.seed({ users: [seeded] });
    zoom.addFault({ on: 'users.put', fault: { mode: 'licence.error', status } });
    expect(await run(target.updateUser('u1', { userType: 'Licensed' }, never))).toMatchObject({
      fault: { code: 'LicenseLimitExceeded', whose: 'object' },
    });
  });

  it.each([400, 403] as const)('names the limit of Basic users (%d)', async (basicCapStatus) => {
    const { target, run } = makeSimulatedTarget({ basicMax: 0, basicCapStatus });
    expect(await run(target.createUser(jane, true, never))).toMatchObject({ fault: { code: 'BasicUserLimit' } });
  });

  it('names a value and a domain that Zoom refuses', async () => {
    const { target, zoom, run } = makeSimulatedTarget({ emailChange: 'rejectUnmanagedDomain' });
    zoom.seed({ users: [seeded] });
    expect(await run(target.updateUser('u1', { userType: 'Gold' }, never))).toMatchObject({
      fault: { code: 'InvalidValue', retry: 'onChange' },
    });
    const moved = { 'emails[type eq "work"].value': 'jane@other.example' };
    expect(await run(target.updateUser('u1', moved, never))).toMatchObject({ fault: { code: 'DomainNotManaged' } });
  });
});

describe('answers that refuse everybody', () => {
  it('names single sign-on that is off', async () => {
    const { target, run } = makeSimulatedTarget({ sso: false });
    expect(await run(target.createUser(jane, true, never))).toMatchObject({
      fault: { code: 'SingleSignOnDisabled', whose: 'job' },
    });
  });

  it('names the right that lacks', async () => {
    const { target, run } = makeSimulatedTarget({ rights: ['User:Read'] });
    const result = await run(target.createUser(jane, true, never));
    expect(result).toMatchObject({ fault: { code: 'InsufficientRights', whose: 'job' } });
    expect(JSON.stringify(result)).toContain('User:Edit');
  });
});
