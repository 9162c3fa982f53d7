import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { apiRoles } from '../../lib/api/roles.js';

/** The Azure CLI as far as the script uses it, over a directory that keeps what was posted in files. */
const fakeAz = String.raw`#!/usr/bin/env bash
printf '%s\0' "$@" >> "$STATE/calls"; printf '\n' >> "$STATE/calls"
body=''; for ((i = 1; i < $#; i++)); do [[ "${'$'}{!i}" == --body ]] && { j=$((i + 1)); body="${'$'}{!j}"; }; done
case "$*" in
  'account show'*) echo 99999999-9999-4999-8999-999999999999 ;;
  'cloud show'*) echo https://graph.example/ ;;
  *'--method get'*"servicePrincipals(appId='00000003"*) echo graph-sp ;;
  *'--method get'*/appRoleAssignments*) cat "$STATE/held" 2>/dev/null ;;
  *'--method get'*'$select=appRoles'*) sed "s/.*value=='\([A-Za-z.]*\)'.*/role-\1/" <<<"$*" ;;
  *'--method post'*/appRoleAssignedTo*) sed 's/.*"appRoleId":"\([^"]*\)".*/\1/' <<<"$body" >> "$STATE/held" ;;
  *'--method get'*'/applications?'*) cat "$STATE/app" 2>/dev/null ;;
  *'--method post'*/applications*) echo app-id | tee "$STATE/app" ;;
  *'--method patch'*/applications*) ;;
  *'--method get'*'/servicePrincipals?'*) cat "$STATE/principal" 2>/dev/null ;;
  *'--method post'*/servicePrincipals*) echo principal-id | tee "$STATE/principal" ;;
  *'--method get'*"applications(appId='app-id')"*) echo api://app-id ;;
  *) echo "unexpected: $*" >&2; exit 1 ;;
esac
exit 0
`;

const identity = '33333333-3333-4333-8333-333333333333';
const application = z.object({
  displayName: z.string(),
  signInAudience: z.literal('AzureADMyOrg'),
  appRoles: z.array(z.object({ id: z.guid(), value: z.string(), allowedMemberTypes: z.array(z.string()) })),
  api: z.object({
    requestedAccessTokenVersion: z.literal(2),
    oauth2PermissionScopes: z.array(z.object({ id: z.guid() })),
  }),
});

describe('the script that grants what the directory has to give', () => {
  const state = mkdtempSync(path.join(tmpdir(), 'grant-'));
  const az = path.join(state, 'az');

  beforeAll(() => writeFileSync(az, fakeAz, { mode: 0o755 }));
  afterAll(() => rmSync(state, { recursive: true }));

  const grant = (...args: string[]) => {
    const calls = path.join(state, 'calls');
    rmSync(calls, { force: true });
    const env = { STATE: state, PATH: `${state}:${process.env['PATH'] ?? ''}` };
    const { status, stdout, stderr } = spawnSync('bash', ['infra/graph/grant.sh', ...args], { env, encoding: 'utf8' });
    const lines = existsSync(calls) ? readFileSync(calls, 'utf8').split('\0\n').slice(0, -1) : [];
    const writes = lines
      .map((line) => line.split('\0'))
      .filter((words) => words.includes('post') || words.includes('patch'))
      .map((words) => ({
        url: words[words.indexOf('--url') + 1] ?? '',
        body: words[words.indexOf('--body') + 1] ?? '',
      }));
    return { status, stdout, stderr, writes };
  };

  it('wants the identity, and does nothing without', () => {
    expect(grant()).toMatchObject({ status: 2, writes: [] });
    expect(grant('my-app')).toMatchObject({ status: 2, writes: [] });
    expect(grant(identity, '--all')).toMatchObject({ status: 2, writes: [] });
    expect(grant(identity, '--name', 'a"b')).toMatchObject({ status: 2, writes: [] });
  });

  it('grants the three permissions, and registers the API with its roles', () => {
    const { status, stdout, stderr, writes } = grant(identity);
    expect([status, stderr]).toEqual([0, '']);
    const granted = writes.filter(({ url }) => url.endsWith('/servicePrincipals/graph-sp/appRoleAssignedTo'));
    expect(granted.map(({ body }) => JSON.parse(body))).toEqual(
      ['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All'].map((name) => ({
        principalId: identity,
        resourceId: 'graph-sp',
        appRoleId: `role-${name}`,
      })),
    );
    const made = writes.find(({ url }) => url === 'https://graph.example/v1.0/applications');
    const { appRoles } = application.parse(JSON.parse(made?.body ?? ''));
    expect(appRoles.map(({ value }) => value)).toEqual([...apiRoles]);
    expect(JSON.parse(writes.at(-1)?.body ?? '')).toEqual({ appId: 'app-id', appRoleAssignmentRequired: true });
    expect(stdout).toMatch(
      /apiAudience: +app-id\napiPrincipalId: principal-id\napiScope: +api:\/\/app-id\/\.default\n$/,
    );
  });

  it('changes nothing when it is run again, but for what is asked in addition', () => {
    expect(grant(identity)).toMatchObject({ status: 0, writes: [] });
    const { status, writes } = grant(identity, '--mail');
    expect(status).toBe(0);
    expect(writes.map(({ body }) => JSON.parse(body).appRoleId)).toEqual(['role-Mail.Send']);
  });
});
