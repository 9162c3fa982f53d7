import { answerJson } from '../fakes/scriptedSend.js';
import { answerError, createFixture, faultOf, root, servicePrincipalId, signal } from './directoryFixture.js';

const listUrl = `${root}/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo?$top=999&$select=id,appRoleId,principalId,principalType`;
const next = `${root}/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo?$top=999&$skiptoken=x`;
const zero = '00000000-0000-0000-0000-000000000000';
const row = (principalId: string, principalType: string, appRoleId = zero) => ({
  id: 'a',
  principalId,
  principalType,
  appRoleId,
});

describe('the assignment list', () => {
  it('is asked for in pages of 999 and read to its end', async () => {
    const { directory, sent } = createFixture([
      answerJson({ value: [row('u1', 'User', 'r1')], '@odata.nextLink': next }),
      answerJson({ value: [row('g1', 'Group')] }),
    ]);
    expect(await directory.listAssignments(null, signal)).toEqual({
      rows: [{ principalId: 'u1', principalType: 'user', roleId: 'r1' }],
      next,
    });
    expect(await directory.listAssignments(next, signal)).toEqual({
      rows: [{ principalId: 'g1', principalType: 'group', roleId: zero }],
      next: null,
    });
    expect(sent.map(({ url }) => url.href)).toEqual([listUrl, next]);
  });

  it('passes by service principals and types that nobody knows yet', async () => {
    const { directory } = createFixture([
      answerJson({ value: [row('s1', 'ServicePrincipal'), row('x1', 'Robot'), row('u1', 'user')] }),
    ]);
    expect((await directory.listAssignments(null, signal)).rows).toEqual([
      { principalId: 'u1', principalType: 'user', roleId: zero },
    ]);
  });

  it.each([
    ['without principal', { id: 'a', principalType: 'User', appRoleId: zero }],
    ['without role', { id: 'a', principalType: 'User', principalId: 'u1' }],
    ['without type', { id: 'a', principalId: 'u1', appRoleId: zero }],
  ])('fails as a whole for a row %s, since a list without it says that somebody left', async (_, bad) => {
    const { directory } = createFixture([answerJson({ value: [row('u1', 'User'), bad] })]);
    expect((await faultOf(directory.listAssignments(null, signal))).code).toBe('SourceUnreadable');
  });

  it('says where the application is gone', async () => {
    const { directory } = createFixture([answerError(404, 'Request_ResourceNotFound')]);
    expect(await faultOf(directory.listAssignments(null, signal))).toMatchObject({
      code: 'ServicePrincipalNotFound',
      whose: 'job',
      request: { status: 404, requestId: 'inner-1' },
    });
  });

  it('is to be read anew where its next page is no longer known', async () => {
    const { directory } = createFixture([answerError(400, 'Directory_ExpiredPageToken')]);
    expect(await faultOf(directory.listAssignments(next, signal))).toMatchObject({
      code: 'ListLinkExpired',
      whose: 'source',
    });
  });

  it('is not read in a circle', async () => {
    const { directory } = createFixture([answerJson({ value: [], '@odata.nextLink': next })]);
    expect((await faultOf(directory.listAssignments(next, signal))).code).toBe('ListLoop');
  });

  it('is not followed to another host', async () => {
    const { directory } = createFixture([answerJson({ value: [], '@odata.nextLink': 'https://evil.example/x' })]);
    expect((await faultOf(directory.listAssignments(null, signal))).code).toBe('ForeignLink');
  });
});

describe('the application’s roles', () => {
  it('are read by id, default access among them', async () => {
    const { directory, sent } = createFixture([
      answerJson({
        id: servicePrincipalId,
        appRoles: [
          { id: 'r1', displayName: 'Licensed', value: 'licensed', isEnabled: true },
          { id: 'r2', displayName: 'Basic', value: null },
        ],
      }),
    ]);
    expect([...(await directory.readAppRoles(signal)).values()]).toEqual([
      { id: zero, displayName: 'Default Access', value: null },
      { id: 'r1', displayName: 'Licensed', value: 'licensed' },
      { id: 'r2', displayName: 'Basic', value: null },
    ]);
    expect(sent[0]?.url.href).toBe(`${root}/servicePrincipals/${servicePrincipalId}?$select=id,appRoles`);
  });

  it('are a fault of the job where the application is gone', async () => {
    const { directory } = createFixture([answerError(404, 'Request_ResourceNotFound')]);
    expect((await faultOf(directory.readAppRoles(signal))).code).toBe('ServicePrincipalNotFound');
  });
});

describe('the recycle bin', () => {
  it('is listed by id', async () => {
    const link = `${root}/directory/deletedItems/microsoft.graph.user?$skiptoken=y`;
    const { directory, sent } = createFixture([
      answerJson({ value: [{ id: 'u1' }, { id: 'u2' }], '@odata.nextLink': link }),
      answerJson({ value: [] }),
    ]);
    expect(await directory.listDeletedUsers(null, signal)).toEqual({ rows: ['u1', 'u2'], next: link });
    expect(await directory.listDeletedUsers(link, signal)).toEqual({ rows: [], next: null });
    expect(sent[0]?.url.href).toBe(`${root}/directory/deletedItems/microsoft.graph.user?$select=id&$top=999`);
  });
});
