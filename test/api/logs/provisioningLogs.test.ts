import { checkGraphType } from '../../graphTypes/checkGraphType.js';
import { at, jobId, recordOf } from '../../state/samples.js';
import { createLog, idsOf, type Query } from './logUnderTest.js';

const identity = (id: string, details: Readonly<Record<string, string>> = {}) => ({
  id,
  displayName: details['displayName'] ?? '',
  identityType: 'User',
  details: Object.fromEntries(Object.entries(details).filter(([name]) => name !== 'displayName')),
});

/** Ann and Ben, each created and changed; Ann was renamed, then purged, and of her end only the id is known. */
const createSmallLog = async () => {
  const log = createLog();
  await log.append([
    recordOf('ann1', {
      activityDateTime: at(1),
      sourceIdentity: identity('ann', { userPrincipalName: 'Ann@x.example', mail: 'a@x.example', displayName: 'Ann' }),
      targetIdentity: { id: 'zoomAnn', displayName: 'ann@x.example', identityType: 'User', details: {} },
    }),
    recordOf('ben1', {
      activityDateTime: at(2),
      cycleId: 'c2',
      sourceIdentity: identity('ben', { userPrincipalName: 'ben@x.example', displayName: 'Ben' }),
    }),
    recordOf('ann2', {
      activityDateTime: at(3),
      cycleId: 'c2',
      provisioningAction: 'update',
      sourceIdentity: identity('ann', { userPrincipalName: 'anna@x.example' }),
    }),
    recordOf('ann3', {
      activityDateTime: at(4),
      cycleId: 'c3',
      provisioningAction: 'disable',
      sourceIdentity: identity('ann'),
    }),
  ]);
  return log;
};

const faultOf = async (query: Query): Promise<unknown> => {
  const { list } = createLog();
  return list(query).then(
    () => null,
    (error: unknown) => error,
  );
};

describe('GET /auditLogs/provisioning', () => {
  test('answers records in the shape of Graph’s provisioningObjectSummary, newest first', async () => {
    const { list } = await createSmallLog();
    const answer = await list();
    expect(idsOf(answer)).toEqual(['ann3', 'ann2', 'ben1', 'ann1']);
    expect(checkGraphType('Collection(provisioningObjectSummary)', answer.value, { everyMember: true })).toEqual([]);
    expect(answer).not.toHaveProperty('@odata.nextLink');
    expect(answer).not.toHaveProperty('@odata.count');
  });

  test.each<[string, readonly string[]]>([
    ["sourceIdentity/id eq 'ann'", ['ann3', 'ann2', 'ann1']],
    ["sourceIdentity/details/userPrincipalName eq 'ann@X.example'", ['ann3', 'ann2', 'ann1']],
    ["sourceIdentity/details/userPrincipalName eq 'anna@x.example'", ['ann3', 'ann2', 'ann1']],
    ["sourceIdentity/details/mail eq 'A@x.example'", ['ann3', 'ann2', 'ann1']],
    ["sourceIdentity/details/userPrincipalName ne 'ann@x.example'", ['ben1']],
    ["startswith(sourceIdentity/details/userPrincipalName,'anna')", ['ann2']],
    ["sourceIdentity/details/userPrincipalName eq 'nobody@x.example'", []],
    ["sourceIdentity/displayName eq 'Ann'", ['ann1']],
    ["sourceIdentity/displayName eq 'ann'", []],
    ["contains(sourceIdentity/displayName,'e')", ['ben1']],
    ["targetIdentity/id eq 'zoomAnn'", ['ann1']],
    ["cycleId eq 'c2'", ['ann2', 'ben1']],
    ["provisioningAction eq 'disable' or action eq 'Update'", ['ann3', 'ann2']],
    [`jobId eq '${jobId}' and activityDateTime gt ${at(2)}`, ['ann3', 'ann2']],
    ["jobId eq 'another'", []],
    ["id eq 'ben1'", ['ben1']],
    ["statusInfo/status eq 'Success' and not (sourceIdentity/id eq 'ann')", ['ben1']],
    ['provisioningStatusInfo/errorInformation/errorCode ne null', []],
  ])('finds by %s', async ($filter, expected) => {
    const { list } = await createSmallLog();
    expect(idsOf(await list({ $filter }))).toEqual(expected);
  });

  test('counts all matches on the first page, and links to the next with every other option kept', async () => {
    const { list, follow } = await createSmallLog();
    const first = await list({ $top: '2', $count: 'true', $filter: "sourceIdentity/id eq 'ann'", custom: 'a b&c' });
    expect([idsOf(first), first['@odata.count']]).toEqual([['ann3', 'ann2'], 3]);
    const link = first['@odata.nextLink'] ?? '';
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:7071\/api\/auditLogs\/provisioning\?.*\$skiptoken=[\w.-]+$/);
    expect(Object.fromEntries(new URL(link).searchParams)).toMatchObject({
      $top: '2',
      $count: 'true',
      custom: 'a b&c',
    });
    const second = await follow(link);
    expect(idsOf(second)).toEqual(['ann1']);
    expect(second).not.toHaveProperty('@odata.nextLink');
  });

  test('refuses a token that was touched, or that belongs to another question', async () => {
    const { list } = await createSmallLog();
    const link = (await list({ $top: '1' }))['@odata.nextLink'] ?? '';
    const token = new URL(link).searchParams.get('$skiptoken') ?? '';
    const [text = '', sum = ''] = token.split('.');
    const forged = Buffer.from(Buffer.from(text, 'base64url').toString().replace('ann3', 'ben1')).toString('base64url');
    for (const bad of ['', 'x', '.', text, `${text}.`, `${forged}.${sum}`, `${text}.${sum.slice(1)}x`]) {
      await expect(list({ $top: '1', $skiptoken: bad })).rejects.toMatchObject({ status: 400, target: '$skiptoken' });
    }
    const others: Query[] = [{ $filter: "cycleId eq 'c1'" }, { $orderby: 'activityDateTime asc' }];
    for (const other of others) {
      await expect(list({ ...other, $skiptoken: token })).rejects.toMatchObject({ status: 400, target: '$skiptoken' });
    }
    expect(idsOf(await list({ $top: '3', $skiptoken: token }))).toEqual(['ann2', 'ben1', 'ann1']);
  });

  test.each<[Query, string]>([
    [{ $top: '0' }, '$top'],
    [{ $top: '-1' }, '$top'],
    [{ $top: '1.5' }, '$top'],
    [{ $top: 'all' }, '$top'],
    [{ $count: 'yes' }, '$count'],
    [{ $orderby: 'cycleId' }, '$orderby'],
    [{ $orderby: 'activityDateTime down' }, '$orderby'],
    [{ $select: 'id' }, '$select'],
    [{ $skip: '5' }, '$skip'],
    [{ $filter: "secret eq 'x'" }, 'secret'],
    [{ $filter: "durationInMilliseconds gt '5'" }, 'durationInMilliseconds'],
    [{ $filter: 'modifiedProperties eq null' }, 'modifiedProperties'],
  ])('refuses %j and names it', async (query, target) => {
    expect(await faultOf(query)).toMatchObject({ status: 400, code: 'BadRequest', target });
  });

  test('gives pages of a thousand at most', async () => {
    const { append, list } = createLog();
    await append(
      Array.from({ length: 1_050 }, (_none, index) => recordOf(`r${index}`, { activityDateTime: at(index) })),
    );
    expect((await list({ $top: '5000' })).value).toHaveLength(1_000);
    expect((await list()).value).toHaveLength(100);
  });
});

describe('what a question costs', () => {
  const fill = async (size: number) => {
    const log = createLog();
    const made = Array.from({ length: size }, (_none, index) =>
      recordOf(`r${index}`, {
        activityDateTime: at(index * 60),
        cycleId: `c${Math.floor(index / 500)}`,
        sourceIdentity: identity(`u${index % (size / 5)}`, { userPrincipalName: `u${index % (size / 5)}@x.example` }),
      }),
    );
    for (let from = 0; from < size; from += 1_000) await log.append(made.slice(from, from + 1_000));
    return log;
  };

  test('about one person is the same few requests in a log of five times the size', async () => {
    const [small, large] = await Promise.all([fill(800), fill(4_000)]);
    for (const $filter of ["sourceIdentity/id eq 'u7'", "sourceIdentity/details/userPrincipalName eq 'U7@x.example'"]) {
      expect((await large.list({ $filter })).value).toHaveLength(5);
      expect(await large.cost({ $filter })).toBe(await small.cost({ $filter }));
      expect(await large.cost({ $filter })).toBeLessThan(12);
    }
  });

  test('that nothing answers is bounded, a page at a time, to the end', async () => {
    const log = await fill(6_000);
    const $filter = "provisioningStatusInfo/status eq 'failure'";
    const first = await log.list({ $filter });
    expect(first.value).toEqual([]);
    expect(first['@odata.nextLink']).toBeDefined();
    expect(await log.cost({ $filter })).toBeLessThan(100);
    const pages = await log.pages({ $filter });
    expect(idsOf(...pages)).toEqual([]);
    expect(pages).toHaveLength(2);
  });
});
