import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import { seedSmallTenant } from '../../lib/sandbox/seedSmallTenant.js';
import { apiAudience, apiRoles, type RunningSimulators, startSimulators } from '../../lib/sandbox/startSimulators.js';

const program = path.resolve(__dirname, '../../lib/sandbox/simulators.js');
const tokenShape = z.object({ access_token: z.string() });
const assignmentsShape = z.object({ value: z.array(z.object({ principalType: z.string(), appRoleId: z.string() })) });
const totalShape = z.object({ totalResults: z.number() });

describe('the simulators', () => {
  let simulators: RunningSimulators;
  const setting = (name: string): string => simulators.settings[name] ?? '';
  beforeAll(async () => {
    simulators = await startSimulators({ seed: 3, seedTenant: seedSmallTenant({ users: 7, groups: 2 }) });
  });
  afterAll(() => simulators.close());

  test('have the application in Graph, with the seeded groups assigned', async () => {
    const url = `${setting('GRAPH_ENDPOINT')}/v1.0/servicePrincipals/${setting('ENTRA_SERVICE_PRINCIPAL_ID')}/appRoleAssignedTo`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${setting('GRAPH_TOKEN')}` } });
    const { value } = assignmentsShape.parse(await response.json());
    expect(value.map((row) => row.principalType)).toEqual(['Group', 'Group']);
    expect(new Set(value.map((row) => row.appRoleId))).toEqual(
      new Set([simulators.appRoleIds.Licensed, simulators.appRoleIds.Basic]),
    );
    expect([...simulators.graph.dir.users()]).toHaveLength(7);
  });

  test('give a Zoom token for the credentials, which opens SCIM', async () => {
    const basic = Buffer.from(`${setting('ZOOM_CLIENT_ID')}:${setting('ZOOM_CLIENT_SECRET')}`).toString('base64');
    const response = await fetch(`${setting('ZOOM_OAUTH_ENDPOINT')}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'account_credentials', account_id: setting('ZOOM_ACCOUNT_ID') }),
    });
    const { access_token: token } = tokenShape.parse(await response.json());
    const users = await fetch(`${setting('ZOOM_SCIM_ENDPOINT')}/Users?startIndex=1&count=1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(totalShape.parse(await users.json()).totalResults).toBe(0);
  });

  test.each(apiRoles)('give an API token that is good at the issuer, for %s alone', async (role) => {
    const issuer = setting('API_ISSUER');
    const configuration: unknown = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    const { jwks_uri: keysUrl } = z.object({ jwks_uri: z.url() }).parse(configuration);
    const { payload } = await jwtVerify(simulators.apiTokens[role], createRemoteJWKSet(new URL(keysUrl)), {
      issuer,
      audience: apiAudience,
    });
    expect(payload).toMatchObject({ roles: [role], tid: setting('ENTRA_TENANT_ID') });
  });

  test('have the same ids and credentials for the same seed', async () => {
    const twin = await startSimulators({ seed: 3 });
    await twin.close();
    const withoutUrls = ({ settings }: RunningSimulators) =>
      Object.entries(settings).filter(([, value]) => !value.startsWith('http://'));
    expect(withoutUrls(twin)).toEqual(withoutUrls(simulators));
  });

  test('leave nothing listening where a port is taken', async () => {
    const taken = Number(new URL(simulators.urls.zoom).port);
    await expect(startSimulators({ zoomPort: taken })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('the program', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  function run(args: readonly string[]) {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    const closed = once(child, 'close');
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    return { child, closed, output: () => output };
  }

  test('prints one line of JSON and ends on SIGTERM', async () => {
    const { child, closed, output } = run([
      '--users',
      '3',
      '--journal',
      'counts',
      '--redirect-uri',
      'http://127.0.0.1:8080/x',
    ]);
    while (!output().includes('\n')) await once(child.stdout, 'data');
    const printed = z
      .object({
        urls: z.object({ graph: z.url(), zoom: z.url(), issuer: z.url() }),
        tenantId: z.guid(),
        servicePrincipalId: z.guid(),
        GRAPH_TOKEN: z.string(),
        ZOOM_CLIENT_SECRET: z.string(),
        API_AUDIENCE: z.string(),
        API_ISSUER: z.url(),
        redirectUris: z.tuple([z.literal('http://127.0.0.1:8080/x')]),
        apiTokens: z.object({ 'Provisioning.Read': z.jwt() }),
      })
      .parse(JSON.parse(output().trim()));
    const state = await fetch(`${printed.urls.graph}/_sim/state?kinds=user`);
    expect((await state.text()).trim().split('\n')).toHaveLength(3);
    child.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
  });

  test.each([
    [['--users', 'many'], '--users: expected a whole number'],
    [['--journal', 'half'], '--journal: expected full or counts'],
    [['--redirect-uri', 'here'], '--redirect-uri: expected a URL'],
    [['--colour'], "Unknown option '--colour'"],
  ])('refuses %j', async (args, message) => {
    const { child, closed, output } = run(args);
    await closed;
    expect([child.exitCode, output()]).toEqual([1, expect.stringContaining(message)]);
  });
});
