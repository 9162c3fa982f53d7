import { readdirSync, readFileSync } from 'node:fs';
import { apiRoles } from '../../lib/api/roles.js';
import { describeFault } from '../../lib/entra/faults.js';
import { bodyOf, readAllBicep, readBicep, textsIn } from './readBicep.js';

/** Microsoft's ids of its built-in roles. */
const roleNames: Readonly<Record<string, string>> = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88': 'Storage Queue Data Contributor',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
  '4633458b-17de-408a-b874-0445c86b69e6': 'Key Vault Secrets User',
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7': 'Key Vault Secrets Officer',
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
};

const grants = readAllBicep().flatMap((file) =>
  file.declarations
    .filter(({ type }) => type.startsWith("'Microsoft.Authorization/roleAssignments@"))
    .map(({ value }) => {
      const variable = /roleDefinitions', ([\w.]+)\)/.exec(value)?.[1] ?? '';
      const [name = '', key] = variable.split('.');
      const held = bodyOf(file, name);
      const id = key === undefined ? textsIn(held)[0] : new RegExp(`${key}: '([0-9a-f-]+)'`).exec(held)?.[1];
      return {
        to: /principalId: (\w+)/.exec(value)?.[1],
        role: roleNames[id ?? ''],
        scope: /scope: ([\w:[\]]+)/.exec(value)?.[1],
      };
    }),
);

const sourcesOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('sandbox'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('\n');

describe('the roles of the app’s identity', () => {
  const own = grants.filter(({ to }) => to === 'principalId').map(({ role, scope }) => `${role} on ${scope}`);

  it('are these, each as narrow as its calls allow, and no other', () => {
    expect(own.sort()).toEqual([
      'Key Vault Secrets Officer on rotatingSecret',
      'Key Vault Secrets User on secrets[index]',
      'Monitoring Metrics Publisher on component',
      'Storage Blob Data Owner on account', // the host makes containers for its locks
      'Storage Queue Data Contributor on account::queueService::queues[index]',
      'Storage Table Data Contributor on account', // the log has a new table every month
    ]);
  });

  it('are those of the services that the code calls with it', () => {
    const roleOf: Readonly<Record<string, string | null>> = {
      '@azure/data-tables': 'Storage Table Data Contributor',
      '@azure/storage-blob': 'Storage Blob Data Owner',
      '@azure/storage-queue': 'Storage Queue Data Contributor',
      '@azure/keyvault-secrets': 'Key Vault Secrets Officer',
      '@azure/monitor-opentelemetry-exporter': 'Monitoring Metrics Publisher',
      '@azure/functions': null,
      '@azure/functions-core': null,
      '@azure/functions-opentelemetry-instrumentation': null,
      '@azure/identity': null,
    };
    const used = new Set((sourcesOf('lib') + sourcesOf('functions')).match(/(?<=')@azure\/[a-z-]+(?=')/g));
    expect([...used].filter((name) => !(name in roleOf))).toEqual([]);
    for (const name of used) {
      const role = roleOf[name];
      if (role) expect(own.some((grant) => grant.startsWith(`${role} on`))).toBe(true);
    }
  });

  it('reach the one secret that the code writes, and only where a consent rotates it', () => {
    const vault = readBicep('modules/vault.bicep');
    expect(bodyOf(vault, 'rotatingRole')).toMatch(/^if \(hasRotatingSecret\)/);
    expect(bodyOf(readBicep('main.bicep'), 'vault')).toContain("hasRotatingSecret: zoom.auth == 'authorizationCode'");
  });

  it('are not the administrator’s, who may enter the secrets and touches nothing else', () => {
    const others = grants.filter(({ to }) => to !== 'principalId');
    expect(others).toEqual([{ to: 'administratorId', role: 'Key Vault Secrets Officer', scope: 'secrets[index]' }]);
  });

  it('have names that are known before the deployment starts, so that a what-if tells them', () => {
    const names = readAllBicep().flatMap(({ text }) => text.match(/name: guid\(.*\)$/gm) ?? []);
    expect(names.length).toBeGreaterThan(6);
    expect(names.filter((name) => name.includes('principalId'))).toEqual([]);
  });
});

describe('the permissions in Microsoft Graph', () => {
  const template = readBicep('graph/main.bicep');
  const script = readFileSync('infra/graph/grant.sh', 'utf8');
  const read = ['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All'];

  it('are the three that the code names where one is missing, and Mail.Send only where it is wanted', () => {
    const advice = describeFault('InsufficientGraphPermissions').recommendedAction;
    expect(advice.match(/\w+\.Read\.All/g)).toEqual(read);
    expect(textsIn(bodyOf(template, 'permissions'))).toEqual([...read, 'Mail.Send']);
    expect(bodyOf(template, 'permissions')).toContain("grantsMailSend ? ['Mail.Send'] : []");
    expect(bodyOf(template, 'grantsMailSend')).toBe('false');
    expect(/^permissions=\((.*)\)$/m.exec(script)?.[1]?.split(' ')).toEqual(read);
  });

  it('come with an API whose roles are the code’s', () => {
    const values = [...bodyOf(template, 'apiRoles').matchAll(/value: '([\w.]+)'/g)].map((match) => match[1]);
    expect(values).toEqual([...apiRoles]);
    expect(script.match(/(?<=role_of )Provisioning\.\w+/g)).toEqual([...apiRoles]);
  });
});
