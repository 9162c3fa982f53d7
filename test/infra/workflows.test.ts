import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const permissions = z.record(z.string(), z.string());
const job = z.object({
  permissions,
  uses: z.string().optional(),
  environment: z.string().optional(),
  'timeout-minutes': z.int().optional(),
  env: z.record(z.string(), z.string()).default({}),
  steps: z.array(z.looseObject({ uses: z.string().optional(), run: z.string().optional() })).default([]),
});
const workflow = z.object({ permissions, jobs: z.record(z.string(), job) });

const folder = '.github/workflows';
const files = readdirSync(folder).map((name) => {
  const text = readFileSync(`${folder}/${name}`, 'utf8');
  return { name, text, ...workflow.parse(parse(text)) };
});
const jobs = files.flatMap((file) =>
  Object.entries(file.jobs).map(([name, one]) => ({ ...one, name: `${file.name}: ${name}` })),
);
const hook = z.object({ posix: z.object({ run: z.string() }), windows: z.object({ run: z.string() }) });
const azure = z
  .object({
    workflows: z.object({ up: z.object({ steps: z.array(z.object({ azd: z.string() })) }) }),
    hooks: z.record(z.string(), hook),
  })
  .parse(parse(readFileSync('azure.yaml', 'utf8')));

describe('the pipelines', () => {
  it('pin every action to a commit, with its version beside it', () => {
    const used = files.flatMap(({ text }) => [...text.matchAll(/uses: (.*)$/gm)].map((match) => match[1] ?? ''));
    const foreign = used.filter((name) => !name.startsWith('./'));
    expect(foreign.length).toBeGreaterThan(8);
    expect(foreign.filter((name) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(name))).toEqual([]);
    const versions = new Set(foreign);
    expect(new Set(foreign.map((name) => name.split('@')[0])).size).toBe(versions.size);
  });

  it('may do nothing but what a job says, and only sign in where Azure or an attestation wants it', () => {
    expect(files.map((file) => file.permissions)).toEqual(files.map(() => ({})));
    const rights = jobs.flatMap(({ name, permissions: own }) =>
      Object.entries(own).map(([scope, access]) => `${name}: ${scope} ${access}`),
    );
    expect(rights.filter((right) => !right.endsWith(': contents read')).sort()).toEqual([
      'ci.yml: deploy: id-token write',
      'ci.yml: package: attestations write',
      'ci.yml: package: id-token write',
      'deploy.yml: deploy: id-token write',
      'what-if.yml: what-if: id-token write',
    ]);
  });

  it('hold no secret, and leave none behind', () => {
    for (const { text } of files) {
      expect(text).not.toMatch(/\$\{\{ *secrets\.|pull_request_target/);
      expect(text.match(/actions\/checkout@/g)?.length ?? 0).toBe(
        text.match(/persist-credentials: false/g)?.length ?? 0,
      );
    }
    expect(jobs.filter((one) => one.uses === undefined && one['timeout-minutes'] === undefined)).toEqual([]);
  });

  it('run no expression of a caller’s in a shell', () => {
    const commands = jobs.flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    expect(commands.length).toBeGreaterThan(6);
    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  });

  it('enter Azure behind an environment, with every variable of the parameters', () => {
    const variables = [...readFileSync('infra/main.parameters.json', 'utf8').matchAll(/\$\{(\w+)/g)].flatMap(
      (match) => match[1] ?? [],
    );
    const inAzure = jobs.filter(({ steps }) => steps.some(({ run }) => run?.startsWith('azd provision')));
    expect(inAzure.map(({ environment }) => environment).sort()).toEqual(['preview', 'production']);
    for (const { env } of inAzure) {
      expect(variables.filter((name) => !(name in env) && name !== 'ADMINISTRATOR_TYPE')).toEqual([]);
    }
  });

  it('deploy the package that was made, by the pipeline and by azd up alike', () => {
    const deploy = 'deploy api --from-package entra-zoom-sync.zip';
    expect(azure.workflows.up.steps.map(({ azd }) => azd)).toEqual(['provision', deploy]);
    expect(readFileSync(`${folder}/deploy.yml`, 'utf8')).toContain(`azd ${deploy} --no-prompt`);
    expect(readFileSync(`${folder}/deploy.yml`, 'utf8')).not.toMatch(/npm |node /);
  });
});

describe('the hooks of azd', () => {
  it('are scripts that are there, the same on every system', () => {
    for (const { posix, windows } of Object.values(azure.hooks)) {
      expect(windows.run).toBe(posix.run);
      const [, script] = /^node (\S+)$/.exec(posix.run) ?? [];
      expect(script === undefined ? posix.run : existsSync(script)).toBe(
        script === undefined ? 'npm run package' : true,
      );
    }
  });
});
