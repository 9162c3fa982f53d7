import { answerJson } from '../fakes/scriptedSend.js';
import { answerError, createFixture, faultOf, root, signal } from './directoryFixture.js';

describe('finding users by a name', () => {
  it('asks for userPrincipalName and mail in one request, quoted, and reads every page', async () => {
    const link = `${root}/users?$skiptoken=a`;
    const { directory, sent } = createFixture([
      answerJson({ value: [{ id: 'u1' }], '@odata.nextLink': link }),
      answerJson({ value: [{ id: 'u1' }, { id: 'u2' }] }),
    ]);
    expect(await directory.findUsers("o'neil#ext#@contoso.com", signal)).toEqual(['u1', 'u2']);
    expect(sent[0]?.url.searchParams.get('$filter')).toBe(
      "userPrincipalName eq 'o''neil#ext#@contoso.com' or mail eq 'o''neil#ext#@contoso.com'",
    );
    expect(sent[1]?.url.href).toBe(link);
  });

  it('throws what could not be read', async () => {
    const { directory } = createFixture([answerError(403, 'Authorization_RequestDenied')]);
    expect((await faultOf(directory.findUsers('ada', signal))).code).toBe('InsufficientGraphPermissions');
  });
});

describe('listing the members of a group', () => {
  const row = (type: string, id: string) => ({ '@odata.type': `#microsoft.graph.${type}`, id });

  it('gives a page with the type of each, and the link to the next', async () => {
    const link = `${root}/groups/g/members?$skiptoken=a`;
    const { directory, sent } = createFixture([
      answerJson({ value: [row('user', 'u1'), row('group', 'g2'), row('device', 'd')], '@odata.nextLink': link }),
      answerJson({ value: [row('user', 'u2')] }),
    ]);
    expect(await directory.listMembers('g/1', null, signal)).toEqual({
      rows: [
        { id: 'u1', type: 'user', removed: false },
        { id: 'g2', type: 'group', removed: false },
        { id: 'd', type: 'other', removed: false },
      ],
      next: link,
    });
    expect((await directory.listMembers('g/1', link, signal))?.next).toBeNull();
    expect(sent[0]?.url.href).toBe(`${root}/groups/g%2F1/members?$select=id&$top=100`);
  });

  it('tells a group that does not exist from a list that cannot be read', async () => {
    const { directory } = createFixture([
      answerError(404, 'Request_ResourceNotFound'),
      answerError(404, 'Request_ResourceNotFound'),
    ]);
    expect(await directory.listMembers('g', null, signal)).toBeNull();
    expect((await faultOf(directory.listMembers('g', `${root}/groups/g/members?x`, signal))).code).toBe(
      'ListLinkExpired',
    );
  });
});
