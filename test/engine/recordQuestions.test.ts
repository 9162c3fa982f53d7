import type { RecordRow } from '../../lib/engine/record.js';
import { mapOnlyDepartment } from '../fakes/filteredMapping.js';
import { createTenant, domain, type Tenant, type TenantOptions } from '../fakes/tenant.js';
import { checkGraphType } from '../graphTypes/checkGraphType.js';

/** What an administrator asks about one object, how it came about, and the answer that the log must give. */
interface Question {
  readonly asked: string;
  readonly tenant?: TenantOptions;
  /** Lets it happen, and returns the id of whom the question is about. */
  readonly happen: (tenant: Tenant) => Promise<string>;
  readonly status: 'failure' | 'skipped' | 'warning';
  readonly action?: RecordRow['provisioningAction'];
  readonly code: string;
  readonly reason: RegExp;
  readonly gate?: string;
  readonly recommended: RegExp;
}

/** After a first cycle in which everybody else got an account. */
const joinLate = async (tenant: Tenant, before: () => void): Promise<string> => {
  tenant.join('early');
  await tenant.runCycle();
  before();
  const id = tenant.join('ada');
  await tenant.runCycle();
  return id;
};

const linked = async (tenant: Tenant, change: (id: string) => void): Promise<string> => {
  const id = tenant.join('ada');
  for (const name of ['ben', 'cem']) tenant.join(name);
  await tenant.runCycle();
  change(id);
  await tenant.runCycle();
  return id;
};

const unguarded: TenantOptions = { engine: { deletionThresholdPercent: 100 } };
const status = (code: number, body?: string) =>
  ({ mode: 'status', code, ...(body === undefined ? {} : { body }) }) as const;

const questions: readonly Question[] = [
  {
    asked: 'the token expired and no other is to be had',
    happen: (tenant) =>
      joinLate(tenant, () => {
        tenant.zoom.addFault({
          on: 'users.create',
          fault: status(401, '{"code":124,"message":"Invalid access token."}'),
        });
        tenant.zoom.addFault({
          on: 'users.filter',
          fault: status(401, '{"code":124,"message":"Invalid access token."}'),
        });
      }),
    status: 'failure',
    code: 'Unauthorized',
    reason: /did not accept the access token, nor a new one/,
    recommended: /credentials .*that the app is active/,
  },
  {
    asked: 'the credentials were revoked: the secret was changed',
    happen: (tenant) =>
      joinLate(tenant, () => {
        tenant.zoom.addFault({ on: 'users.filter', fault: { mode: 'token.expireMidCycle' } });
        tenant.zoom.addFault({ on: 'oauth.token', fault: { mode: 'token.clientSecretWrong' } });
      }),
    status: 'failure',
    code: 'CredentialsInvalid',
    reason: /secret is wrong/,
    recommended: /ZOOM_CLIENT_SECRET again/,
  },
  {
    asked: 'single sign-on is missing in Zoom',
    happen: (tenant) =>
      joinLate(tenant, () => tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'account.ssoOff' } })),
    status: 'failure',
    action: 'create',
    code: 'SingleSignOnDisabled',
    reason: /has not enabled single sign-on/,
    recommended: /Enable single sign-on in the Zoom account/,
  },
  {
    asked: 'the e-mail is taken and cannot be found',
    happen: (tenant) =>
      joinLate(tenant, () => tenant.zoom.addFault({ on: 'users.create', fault: { mode: 'user.conflict' } })),
    status: 'failure',
    action: 'create',
    code: 'EntryConflict',
    reason: /already has an account with this user name or e-mail/,
    recommended: /Correct the value, or the matching attribute/,
  },
  {
    asked: 'two people of the directory have the same e-mail',
    happen: async (tenant) => {
      tenant.join('ada');
      await tenant.runCycle();
      const twin = tenant.join('twin');
      tenant.graph.dir.updateUser(twin, { userPrincipalName: `ada.twin@${domain}` });
      const [owner] = [...tenant.zoom.state().accounts.values()];
      tenant.zoom.seed({ users: [{ ...(owner ? { id: owner.id } : {}), userName: `ada.twin@${domain}` }] });
      await tenant.runCycle();
      return twin;
    },
    status: 'failure',
    action: 'update',
    code: 'DuplicateSourceEntries',
    reason: /belongs to the source object .* which is in scope/,
    recommended: /different matching values/,
  },
  {
    asked: 'the userPrincipalName is no e-mail address',
    happen: async (tenant) => {
      const id = tenant.join('ada');
      tenant.graph.dir.updateUser(id, { userPrincipalName: 'ada' });
      await tenant.runCycle();
      return id;
    },
    status: 'failure',
    code: 'InvalidUserName',
    reason: /userName is no e-mail address/,
    recommended: /Map mail to userName/,
  },
  {
    asked: 'invited by us and not accepted yet',
    tenant: { zoom: { associatedDomains: [] } },
    happen: async (tenant) => {
      const id = tenant.join('ada');
      await tenant.runCycle();
      await tenant.runCycle();
      return id;
    },
    status: 'skipped',
    code: 'Invited',
    reason: /has not accepted the invitation/,
    recommended: /Ask the person to accept Zoom’s invitation/,
  },
  {
    asked: 'invited by somebody else, or in another Zoom account',
    happen: async (tenant) => {
      tenant.zoom.seed({ foreign: [`ada@${domain}`] });
      const id = tenant.join('ada');
      await tenant.runCycle();
      return id;
    },
    status: 'skipped',
    code: 'PendingOrForeign',
    reason: /invited or as part of another account/,
    recommended: /other Zoom account consolidated/,
  },
  {
    asked: 'out of scope: not assigned any more',
    tenant: unguarded,
    happen: async (tenant) => {
      const id = await linked(tenant, (one) => tenant.graph.dir.unassign({ principalId: one }));
      for (let cycle = 0; cycle < 2; cycle += 1) await tenant.runCycle();
      tenant.graph.dir.updateUser(id, { department: 'Legal' });
      await tenant.runCycle();
      return id;
    },
    status: 'skipped',
    code: 'NotEffectivelyEntitled',
    reason: /^neither assigned directly nor a member of an assigned group$/,
    gate: 'assignment',
    recommended: /Assign the user, or a group/,
  },
  {
    asked: 'out of scope: by the scoping filter',
    tenant: { mapping: mapOnlyDepartment('Sales') },
    happen: async (tenant) => {
      const id = tenant.join('ada', { department: 'Legal' });
      await tenant.runCycle();
      return id;
    },
    status: 'skipped',
    code: 'ScopingFilter',
    reason: /^department = 'Legal', wanted EQUALS 'Sales'$/,
    gate: 'scopingFilter',
    recommended: /Correct the attribute’s value or the scoping filter/,
  },
  {
    asked: 'out of scope: by two gates at once',
    tenant: { mapping: mapOnlyDepartment('Sales') },
    happen: async (tenant) => {
      const id = tenant.join('ada', { department: 'Legal' });
      tenant.graph.dir.updateUser(id, { accountEnabled: false });
      await tenant.runCycle();
      return id;
    },
    status: 'skipped',
    code: 'NotEffectivelyEntitled',
    reason: /^accountEnabled is false; department = 'Legal', wanted EQUALS 'Sales'$/,
    gate: 'accountEnabled, scopingFilter',
    recommended: /Enable the user in Microsoft Entra ID/,
  },
  {
    asked: 'out of scope: disabled in the directory',
    happen: async (tenant) => {
      const id = tenant.join('ada');
      tenant.graph.dir.updateUser(id, { accountEnabled: false });
      await tenant.runCycle();
      return id;
    },
    status: 'skipped',
    code: 'NotEffectivelyEntitled',
    reason: /^accountEnabled is false$/,
    gate: 'accountEnabled',
    recommended: /Enable the user in Microsoft Entra ID/,
  },
  {
    asked: 'out of scope: in the recycle bin',
    tenant: unguarded,
    happen: async (tenant) => {
      const id = await linked(tenant, (one) => tenant.graph.dir.updateUser(one, { accountEnabled: false }));
      tenant.graph.dir.deleteUser(id);
      await tenant.runCycle();
      return id;
    },
    status: 'skipped',
    code: 'NotEffectivelyEntitled',
    reason: /^the user is in the recycle bin$/,
    gate: 'existence',
    recommended: /Restore the user .* within 30 days/,
  },
  {
    asked: 'still active because Zoom refused',
    tenant: unguarded,
    happen: (tenant) =>
      linked(tenant, (id) => {
        tenant.zoom.seed({ users: [{ userName: `ada@${domain}`, role: 'Admin' }] });
        tenant.graph.dir.updateUser(id, { accountEnabled: false });
      }),
    status: 'failure',
    action: 'disable',
    code: 'AdminNotDeactivatable',
    reason: /^Still active in Zoom: /,
    recommended: /role/,
  },
  {
    asked: 'has an account with another licence than the role says',
    tenant: { zoom: { licensedSeats: 0, noSeats: 'silentBasic' } },
    happen: async (tenant) => {
      const id = tenant.join('ada');
      await tenant.runCycle();
      return id;
    },
    status: 'warning',
    action: 'create',
    code: 'Downgraded',
    reason: /does not hold what was asked at userType/,
    recommended: /Buy or free licences/,
  },
  {
    asked: 'the group is not in Zoom, only its members are',
    happen: async (tenant) => {
      const id = tenant.group('Pilots', [tenant.join('ada', { assigned: false })]);
      await tenant.runCycle();
      return id;
    },
    status: 'skipped',
    code: 'GroupNotMapped',
    reason: /only the group’s members are provisioned/,
    recommended: /enabled mapping of groups/,
  },
];

/** The newest record of the object. */
const newestOf = async (tenant: Tenant, id: string): Promise<RecordRow> => {
  const [record] = (await tenant.world.state.records.listByObject(id, null)).rows;
  if (!record) throw new Error('The log says nothing of the object.');
  return record;
};

describe('why somebody has no account, or not the right one', () => {
  test.each(questions.map((question) => [question.asked, question] as const))('%s', async (_asked, question) => {
    const tenant = await createTenant(question.tenant);
    const record = await newestOf(tenant, await question.happen(tenant));
    const { status: ended, errorInformation: error } = record.provisioningStatusInfo;
    expect({ status: ended, code: error?.errorCode }).toEqual({ status: question.status, code: question.code });
    expect(error?.reason).toMatch(question.reason);
    expect(error?.recommendedAction).toMatch(question.recommended);
    if (question.action) expect(record.provisioningAction).toBe(question.action);
    if (question.gate) expect(error?.additionalDetails).toBe(`Out of scope by: ${question.gate}.`);
    expect(checkGraphType('provisioningObjectSummary', record, { everyMember: true })).toEqual([]);
  });

  test('has an answer of its own for each question', () => {
    const answers = questions.map(({ code, reason }) => `${code} ${reason}`);
    expect(new Set(answers).size).toBe(questions.length);
  });
});
