import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../../lib/config/configError.js';
import { readSettings } from '../../lib/config/readSettings.js';
import { bodyOf, readBicep } from './readBicep.js';

/** What only a developer's machine or a sovereign cloud needs, or what the platform sets. */
const notForDeployments = new Set([
  'API_ISSUER',
  'AzureWebJobsStorage',
  'GRAPH_ENDPOINT',
  'GRAPH_TOKEN',
  'HOST',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_SERVICE_NAME',
  'PORT',
  'WEBSITE_HOSTNAME',
  'WEBSITE_INSTANCE_ID',
  'WEBSITE_SITE_NAME',
  'ZOOM_OAUTH_ENDPOINT',
  'ZOOM_SCIM_ENDPOINT',
]);

/** What the host and the SDKs read, not this app. */
const forThePlatform = [
  'AZURE_CLIENT_ID',
  'AZURE_TOKEN_CREDENTIALS',
  'AzureWebJobsStorage__clientId',
  'AzureWebJobsStorage__credential',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
];

const settingName = /^ +((?:[A-Z][A-Z0-9]*_[A-Z0-9_]+|AzureWebJobsStorage\w*|SCHEDULE)): (.+)$/gm;
const settingsIn = (text: string) =>
  [...text.matchAll(settingName)].map(([, name = '', value = '']) => ({ name, value }));

const set = [
  ...settingsIn(readFileSync('infra/modules/settings.bicep', 'utf8')),
  ...settingsIn(bodyOf(readBicep('main.bicep'), 'functionApp')),
  ...settingsIn(bodyOf(readBicep('modules/functionApp.bicep'), 'platformSettings')),
];
const setNames = new Set(set.map(({ name }) => name));

const ways = ['serverToServer', 'authorizationCode', 'bearer'] as const;
const inAzure = { WEBSITE_HOSTNAME: 'app.azurewebsites.example' };

/** Runs the reader and tells what it looked at, and what it missed. */
const watch = (environment: Readonly<Record<string, string>>) => {
  const read = new Set<string>();
  const spied = new Proxy(environment, {
    get: (target, name) => {
      if (typeof name === 'string') read.add(name);
      return Reflect.get(target, name);
    },
  });
  try {
    readSettings(spied);
    return { read, missing: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { read, missing: error.faults.filter(({ found }) => found === 'nothing').map(({ name }) => name) };
  }
};

const read = new Set(
  ways.flatMap((way) => [
    ...watch({ ...inAzure, ZOOM_AUTH: way, NOTIFICATION_EMAIL: 'a@b.example' }).read,
    ...watch({ ZOOM_AUTH: way, AzureWebJobsStorage__accountName: 'state' }).read,
  ]),
);

describe('the settings of a deployment', () => {
  it.each(ways)('include each one that has no default, with ZOOM_AUTH=%s', (way) => {
    const { missing } = watch({ ...inAzure, ZOOM_AUTH: way });
    expect(missing).toContain('ENTRA_SERVICE_PRINCIPAL_ID');
    const stored = missing.map((name) => (name === 'AzureWebJobsStorage' ? `${name}__accountName` : name));
    expect(stored.filter((name) => !setNames.has(name))).toEqual([]);
  });

  it('can set everything that the app reads and a deployment may want otherwise', () => {
    expect(read.size).toBeGreaterThan(30);
    expect([...read].filter((name) => !setNames.has(name) && !notForDeployments.has(name))).toEqual([]);
  });

  it('name nothing that nobody reads', () => {
    expect([...setNames].filter((name) => !read.has(name) && !forThePlatform.includes(name))).toEqual([]);
  });

  it('leave the job off, by the parameter’s default', () => {
    expect(set.find(({ name }) => name === 'PROVISIONING_STATUS')?.value).toBe('provisioningStatus');
    expect(bodyOf(readBicep('main.bicep'), 'provisioningStatus')).toBe("'off'");
  });

  it('refer to secrets in the vault and hold none', () => {
    const secrets = set.filter(({ name }) => /SECRET$|TOKEN$|WEBHOOK$/.test(name));
    expect(secrets.map(({ name }) => name).sort()).toEqual([
      'NOTIFICATION_WEBHOOK',
      'NOTIFICATION_WEBHOOK_SECRET',
      'ZOOM_BEARER_TOKEN',
      'ZOOM_CLIENT_SECRET',
    ]);
    const references = secrets.map(({ value }) => /secretReference\(vaultName, '([a-z-]+)'\)/.exec(value)?.[1]);
    const entered = bodyOf(readBicep('modules/settings.bicep'), 'secretNamesOf');
    for (const reference of references) expect(entered).toContain(`'${reference}'`);
  });

  it('come from values that people are asked for before anything is made', () => {
    const parameters = readFileSync('infra/main.parameters.json', 'utf8');
    const variables = [...parameters.matchAll(/\$\{(\w+)/g)].map((match) => match[1]);
    expect(variables).toEqual(expect.arrayContaining(['ENTRA_SERVICE_PRINCIPAL_ID', 'ZOOM_AUTH', 'ZOOM_CLIENT_ID']));
    const asked = Object.keys(z.object({ parameters: z.looseObject({}) }).parse(JSON.parse(parameters)).parameters);
    const declared = readBicep('main.bicep').declarations.flatMap(({ kind, name }) => (kind === 'param' ? [name] : []));
    expect(asked.filter((name) => !declared.includes(name))).toEqual([]);
  });
});
