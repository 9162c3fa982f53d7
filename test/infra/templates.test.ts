import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { bodyOf, type Declaration, parseBicep, readAllBicep, readBicep } from './readBicep.js';

const files = readAllBicep();
const declared = (kind: Declaration['kind']) =>
  files.flatMap((file) => file.declarations.filter((one) => one.kind === kind).map((one) => ({ ...one, file })));

const config = z.object({
  analyzers: z.object({
    core: z.object({ enabled: z.literal(true), rules: z.record(z.string(), z.object({ level: z.string() })) }),
  }),
});
const readRules = (name: string) =>
  config.parse(JSON.parse(readFileSync(`infra/${name}`, 'utf8'))).analyzers.core.rules;

/** Types that are their own bound. */
const closedType = /^(bool|zoomConnection|jobSettings|notificationSettings|\{ \*: string \})\b/;

describe('the templates', () => {
  it('are read as they stand', () => {
    const file = parseBicep(
      'x',
      "@description('A {')\nparam a string = 'b'\n\nresource r 'T/t@1' = {\n  p: [1] // }\n}\n",
    );
    expect(file.declarations).toEqual([
      { kind: 'param', name: 'a', decorators: "@description('A {')", type: 'string', value: "'b'" },
      { kind: 'resource', name: 'r', decorators: '', type: "'T/t@1'", value: '{\n  p: [1] // }\n}' },
    ]);
    expect(files.length).toBeGreaterThan(8);
  });

  it('describe every parameter and output', () => {
    const silent = [...declared('param'), ...declared('output')].filter(
      ({ decorators }) => !/@description\('(?:[^'\\]|\\.)+'\)/.test(decorators),
    );
    expect(silent.map(({ file, name }) => `${file.name}: ${name}`)).toEqual([]);
  });

  it('bound every parameter that a person gives', () => {
    const main = [readBicep('main.bicep'), readBicep('graph/main.bicep')];
    const open = main
      .flatMap(({ declarations }) => declarations.filter(({ kind }) => kind === 'param'))
      .filter(
        ({ type, decorators }) => !closedType.test(type) && !/@(allowed|minLength|maxLength|minValue)/.test(decorators),
      );
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('ask for nothing that a safe default could say', () => {
    const wanted = (name: string) =>
      readBicep(name).declarations.flatMap((one) => (one.kind === 'param' && one.value === '' ? [one.name] : []));
    expect(wanted('main.bicep')).toEqual(['environmentName', 'location', 'entraServicePrincipalId', 'zoom']);
    expect(wanted('graph/main.bicep')).toEqual(['identityPrincipalId']);
    expect(bodyOf(readBicep('main.bicep'), 'provisioningStatus')).toBe("'off'");
    expect(bodyOf(readBicep('main.bicep'), 'protectsState')).toBe('true');
  });

  it('hold no address of a cloud, no key and no secret', () => {
    const code = files.map(({ text }) => text.replaceAll(/^ *\/\/.*$/gm, '')).join('\n');
    expect(code).not.toMatch(
      /core\.windows\.net|vault\.azure\.net|login\.microsoftonline|graph\.microsoft\.com|azurewebsites/,
    );
    expect(code).not.toMatch(/listKeys|listSecrets|AccountKey|InstrumentationKey|getSecret/);
    const outputs = declared('output').map(({ name, value }) => `${name} ${value}`);
    expect(outputs.filter((text) => /password|\bkeys?\b|\.properties\.value/i.test(text))).toEqual([]);
  });

  it('keep keys and passwords switched off', () => {
    expect(bodyOf(readBicep('modules/storage.bicep'), 'account')).toMatch(/allowSharedKeyAccess: false/);
    expect(bodyOf(readBicep('modules/storage.bicep'), 'account')).toMatch(/allowBlobPublicAccess: false/);
    expect(bodyOf(readBicep('modules/vault.bicep'), 'vault')).toMatch(/enableRbacAuthorization: true/);
    expect(bodyOf(readBicep('modules/vault.bicep'), 'vault')).toMatch(/enablePurgeProtection: true/);
    expect(bodyOf(readBicep('modules/monitoring.bicep'), 'component')).toMatch(/DisableLocalAuth: true/);
    const app = bodyOf(readBicep('modules/functionApp.bicep'), 'app');
    expect(
      app.match(/basicPublishingCredentialsPolicies' = \{\n\s+name: '(ftp|scm)'\n\s+properties: \{ allow: false \}/g),
    ).toHaveLength(2);
    expect(app).toMatch(/httpsOnly: true/);
  });

  it('never write over a secret, and lock what holds state', () => {
    const secrets = declared('resource').filter(({ type }) => type.startsWith("'Microsoft.KeyVault/vaults/secrets@"));
    expect(secrets.map(({ decorators }) => decorators.trim().split('\n').at(-1))).toEqual([
      '@onlyIfNotExists()',
      '@onlyIfNotExists()',
    ]);
    const locks = declared('resource').filter(({ type }) => type.startsWith("'Microsoft.Authorization/locks@"));
    expect(locks.map(({ value }) => /scope: (\w+)/.exec(value)?.[1])).toEqual(['identity', 'account', 'vault']);
  });

  it('name one version of each kind of resource, and a preview only where no stable one will do', () => {
    const versions = new Map<string, Set<string>>();
    for (const { type } of declared('resource')) {
      const [kind = '', version = ''] = type.replaceAll("'", '').replace(' existing', '').split('@');
      if (version !== '') versions.set(kind, (versions.get(kind) ?? new Set()).add(version));
    }
    expect([...versions].filter(([, known]) => known.size > 1)).toEqual([]);
    const previews = [...versions].filter(([, known]) => [...known].some((version) => version.includes('preview')));
    expect(previews.map(([kind]) => kind)).toEqual(['Microsoft.Insights/diagnosticSettings']);
  });

  it('are linted by the same strict rules, in the directory’s entry as well', () => {
    const rules = readRules('bicepconfig.json');
    expect(Object.entries(rules).filter(([, { level }]) => level !== 'error')).toEqual([]);
    const { 'stacks-extensibility-compat': stacks, ...others } = readRules('graph/bicepconfig.json');
    expect(stacks).toEqual({ level: 'off' }); // it warns of every extension
    expect({ ...others, 'stacks-extensibility-compat': { level: 'error' } }).toEqual(rules);
    const disabled = files.flatMap(({ text }) => text.match(/#disable.*$/gm) ?? []);
    expect(disabled).toEqual(['#disable-next-line use-recent-api-versions']);
  });
});
