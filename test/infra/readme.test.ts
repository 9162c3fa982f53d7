import { existsSync, readFileSync } from 'node:fs';
import { readBicep } from './readBicep.js';

const readme = readFileSync('README.md', 'utf8');

/** A section with all below it. */
const sectionOf = (title: string): string => readme.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

const deploying = sectionOf('Deploy it');
const blocks = [...deploying.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
const outputsOf = (name: string) =>
  readBicep(name).declarations.flatMap((one) => (one.kind === 'output' ? [one.name] : []));

describe('what the README says about deploying', () => {
  it('marks every command that no test can run', () => {
    expect(blocks.length).toBeGreaterThan(5);
    expect(blocks.filter((block) => !/^# needs (Azure|Exchange Online PowerShell)\n/.test(block))).toEqual([]);
  });

  it('sets what the parameters read', () => {
    const parameters = readFileSync('infra/main.parameters.json', 'utf8');
    const names = [...deploying.matchAll(/azd env set (\w+)/g)].map((match) => match[1] ?? '');
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !parameters.includes(`\${${name}`))).toEqual([]);
  });

  it('names what the deployment puts out, where a value is to be filled in', () => {
    const known = [...outputsOf('main.bicep'), ...outputsOf('graph/main.bicep'), 'ENTRA_SERVICE_PRINCIPAL_ID'];
    const asked = [...readme.matchAll(/<([A-Z]+(?:_[A-Z]+)+|api[A-Z]\w+)>/g)].map((match) => match[1] ?? '');
    expect(asked).toContain('IDENTITY_PRINCIPAL_ID');
    expect(asked.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('takes away the locks that the deployment put, and no other', () => {
    const put = ['identity', 'storage', 'vault'].map(
      (name) => /name: '(keep-\w+)'/.exec(readBicep(`modules/${name}.bicep`).text)?.[1],
    );
    const taken = [...deploying.matchAll(/az lock delete --name (\S+)/g)].map((match) => match[1]);
    expect(taken.sort()).toEqual(put.sort());
  });

  it('names parameters and files that there are', () => {
    const parameters = [readBicep('main.bicep'), readBicep('graph/main.bicep')].flatMap(({ declarations }) =>
      declarations.flatMap((one) => (one.kind === 'param' ? [one.name] : [])),
    );
    expect(parameters).toEqual(expect.arrayContaining(['protectsState', 'recoversVault', 'grantsMailSend', 'job']));
    expect(parameters).toEqual(expect.arrayContaining(['telemetryDailyQuotaGb', 'telemetryRetentionDays']));
    const files = [...readme.matchAll(/\b(infra\/[\w/.]+\w|\.github\/\w+)/g)].map((match) => match[1] ?? '');
    expect(files.length).toBeGreaterThan(4);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});
