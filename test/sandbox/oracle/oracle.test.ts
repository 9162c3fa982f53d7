import { createOracle } from '../../../lib/sandbox/oracle/oracle.js';
import { managedDomain } from '../../../lib/sandbox/startSimulators.js';
import type { ZoomSeedUser } from '../../../lib/sandbox/zoom/seedSchema.js';
import { createSimulatedWorld } from '../tenant/simulatedWorld.js';

const setUp = (before: readonly ZoomSeedUser[] = []) => {
  const { graph, zoom, servicePrincipalId, appRoleIds } = createSimulatedWorld();
  const { dir } = graph;
  zoom.seed({ users: [...before] });
  const join = (name: string, isAssigned = true): string => {
    const address = `${name}@${managedDomain}`;
    const id = dir.createUser({
      userPrincipalName: address,
      mail: address,
      givenName: name,
      surname: 'Example',
      displayName: `${name} Example`,
      department: 'Sales',
    });
    if (isAssigned) dir.assign({ principalId: id, appRoleId: appRoleIds.Licensed });
    return id;
  };
  const account = (name: string, change: Partial<ZoomSeedUser> = {}): string => {
    const userName = `${name}@${managedDomain}`;
    const seeded = {
      userName,
      givenName: name,
      familyName: 'Example',
      displayName: `${name} Example`,
      department: 'Sales',
      userType: 'Licensed' as const,
      ...change,
    };
    return zoom.seed({ users: [seeded] }).userIds[seeded.userName] ?? '';
  };
  const oracle = createOracle({ dir, servicePrincipalId, readZoom: zoom.state, managedDomains: [managedDomain] });
  return { dir, zoom, appRoleIds, join, account, oracle };
};

describe('the oracle', () => {
  it('is content where everybody has what the tenant says', () => {
    const { join, account, oracle } = setUp();
    const id = join('ada');
    join('outsider', false);
    account('ada');
    expect(oracle.judge()).toEqual({ differences: [], activeIds: new Set([id]), leftOut: 0 });
  });

  it('misses an account', () => {
    const { join, oracle } = setUp();
    const personId = join('ada');
    expect(oracle.judge().differences).toEqual([{ kind: 'missing', personId, accountId: null }]);
  });

  it.each([
    ['givenName', { givenName: 'Eve' }],
    ['familyName', { familyName: 'Other' }],
    ['displayName', { displayName: 'Somebody' }],
    ['department', { department: 'Legal' }],
    ['userType', { userType: 'Basic' as const }],
    ['email', { email: `other@${managedDomain}` }],
  ])('sees another %s', (name, change) => {
    const { join, account, oracle } = setUp();
    const personId = join('ada');
    const accountId = account('ada', change);
    expect(oracle.judge().differences).toMatchObject([{ kind: 'field', personId, accountId, field: { name } }]);
  });

  it('sees an account that is off although its person is there', () => {
    const { join, account, oracle } = setUp();
    join('ada');
    account('ada', { status: 'inactive', userType: 'Licensed' });
    const { differences, activeIds } = oracle.judge();
    expect(differences.map(({ kind }) => kind)).toContain('inactive');
    expect(activeIds.size).toBe(0);
  });

  it.each(['blocked', 'deleted', 'unassigned'])('sees an account that is still on when its person is %s', (how) => {
    const { dir, zoom, join, account, oracle } = setUp();
    const id = join('ada');
    const accountId = account('ada');
    oracle.observe();
    if (how === 'blocked') dir.updateUser(id, { accountEnabled: false });
    if (how === 'deleted') dir.deleteUser(id);
    if (how === 'unassigned') dir.unassign({ principalId: id });
    expect(oracle.judge().differences).toEqual([{ kind: 'stillActive', personId: id, accountId }]);
    account('ada', { status: 'inactive' });
    expect(oracle.judge().differences).toEqual([]);
    zoom.removeAccount(accountId);
    expect(oracle.judge().differences).toEqual([]);
  });

  it('knows a person again who was renamed, since Zoom keeps the old userName', () => {
    const { dir, join, account, oracle } = setUp();
    const id = join('ada');
    account('ada');
    oracle.observe();
    const address = `ada.new@${managedDomain}`;
    dir.updateUser(id, { userPrincipalName: address, mail: address });
    expect(oracle.judge().differences).toMatchObject([{ kind: 'field', field: { name: 'email' } }]);
    account('ada', { email: address });
    expect(oracle.judge().differences).toEqual([]);
  });

  it('sees a second account of one person', () => {
    const { dir, join, account, oracle } = setUp();
    const id = join('ada');
    account('ada');
    oracle.observe();
    dir.updateUser(id, { userPrincipalName: `ada.new@${managedDomain}` });
    const second = account('ada.new', { givenName: 'ada', displayName: 'ada Example' });
    expect(oracle.judge().differences).toEqual([{ kind: 'twice', personId: id, accountId: second }]);
  });

  it('leaves invited and foreign people out', () => {
    const { zoom, join, account, oracle } = setUp();
    join('ada');
    join('ben');
    account('ada', { status: 'pending' });
    zoom.seed({ foreign: [`ben@${managedDomain}`] });
    expect(oracle.judge()).toEqual({ differences: [], activeIds: new Set(), leftOut: 2 });
  });

  it('wants accounts that were nobody’s in scope to stay as they were', () => {
    const userName = `room@${managedDomain}`;
    const { zoom, join, oracle } = setUp([{ userName }, { userName: `eve@${managedDomain}` }]);
    join('eve', false);
    expect(oracle.judge().differences).toEqual([]);
    zoom.seed({ users: [{ userName, department: 'Changed' }] });
    expect(oracle.judge().differences).toMatchObject([{ kind: 'touched', personId: null }]);
    zoom.seed({ users: [{ userName: `eve@${managedDomain}`, status: 'inactive' }] });
    expect(oracle.judge().differences).toMatchObject([{ kind: 'touched' }, { kind: 'touched' }]);
    const [roomId = ''] = [...zoom.state().accounts.keys()];
    zoom.removeAccount(roomId);
    expect(oracle.judge().differences.map(({ kind }) => kind)).toEqual(['touched', 'gone']);
  });

  it('wants no account for somebody who never was in scope', () => {
    const { join, account, oracle } = setUp();
    join('ada', false);
    const accountId = account('ada');
    expect(oracle.judge().differences).toEqual([{ kind: 'unexpected', personId: null, accountId }]);
  });

  it('reaches direct members of an assigned security group, and nobody below a group inside it', () => {
    const { dir, join, oracle, appRoleIds } = setUp();
    const [direct, nested, mailOnly] = [join('direct', false), join('nested', false), join('mail', false)];
    const outer = dir.createGroup({ displayName: 'Outer' });
    const inner = dir.createGroup({ displayName: 'Inner' });
    const list = dir.createGroup({ displayName: 'List', securityEnabled: false, mailEnabled: true });
    dir.addMember(outer, direct);
    dir.addMember(outer, inner);
    dir.addMember(inner, nested);
    dir.addMember(list, mailOnly);
    dir.assign({ principalId: outer, appRoleId: appRoleIds.Basic });
    dir.assign({ principalId: list });
    expect(oracle.judge().differences).toEqual([{ kind: 'missing', personId: direct, accountId: null }]);
    dir.deleteGroup(outer);
    expect(oracle.judge().differences).toEqual([]);
  });
});
