import { type CommandLineRun, linesOf, runLine, type Scene } from '../cli/operate/commandLineRun.js';
import { withAzurite } from '../sandbox/azurite/withAzurite.js';
import { mailDomain, type RunningService, startService } from './runningService.js';

describe('The command line, over the running service', () => {
  const azurite = withAzurite();
  let service: RunningService;
  let ada = '';
  const files = new Map<string, string>();

  const cli = (line: string, scene: Partial<Scene> = {}): Promise<CommandLineRun> =>
    runLine(line.split(' '), {
      environment: {
        SYNC_URL: service.host.url,
        ENTRA_SERVICE_PRINCIPAL_ID: service.simulators.servicePrincipalId,
        SYNC_TOKEN: service.simulators.apiTokens['Provisioning.Configure'],
      },
      send: fetch,
      files,
      whileWaiting: async () => {
        await service.host.drain();
      },
      ...scene,
    });

  beforeAll(async () => {
    service = await startService({ connectionString: azurite.connectionString() });
    ada = service.join('ada');
    for (const name of ['ben', 'cleo']) service.join(name);
    service.join('ute', { assigned: false });
  });
  afterAll(async () => {
    await service.close();
  });

  it('provisions somebody on demand and shows each step', async () => {
    const tried = await cli(`provision ada@${mailDomain} --dry-run`);
    expect(tried.output).toContain('EntrySynchronizationScoping');
    expect(service.accountId('ada')).toBe('');

    const { code, output } = await cli(`provision ada@${mailDomain}`);
    expect(code).toBe(0);
    expect(output).toContain('Create: Success');
    expect(output).toContain(service.accountId('ada'));
    expect(service.accountId('ada')).not.toBe('');

    const several = await cli(`provision ${ada} ute@${mailDomain} --json`);
    expect(several.errors).toBe('');
    expect(linesOf(several.output)).toMatchObject([
      { key: { details: { success: 0, skipped: 2, failure: 0 } }, value: [{ sourceIdentity: { id: ada } }, {}] },
    ]);
  });

  it('fails where nobody goes by the name', async () => {
    const { code, output, errors } = await cli('provision nobody@nowhere.example');
    expect(code).toBe(1);
    expect(output).toBe('');
    expect(errors).toContain('ResourceNotFound (404)');
    expect(errors).toMatch(/request-id \S{36}/);
  });

  it('runs a cycle, stays until it has ended, and shows the job', async () => {
    const ran = await cli('run');
    expect(ran).toMatchObject({ code: 0, errors: '' });
    expect(ran.output).toMatch(/^Succeeded, .*: 2 changes, 0 failed\n/);
    expect(service.accountId('cleo')).not.toBe('');

    const [job] = linesOf((await cli('status --json')).output);
    expect(job).toMatchObject({ status: { code: 'Active', lastExecution: { countExported: 2 } } });
    const { output } = await cli('status --watch');
    expect(output).toMatch(/Status +Active, a cycle every PT40M/);
    expect(output).toMatch(/Accounts +3 linked/);
  });

  it('answers from the log, a page at a time', async () => {
    const { output } = await cli('logs --status success --action create');
    for (const name of ['ada', 'ben', 'cleo']) expect(output).toContain(`${name}@${mailDomain}`);
    expect(output).not.toContain('ute');

    const about = await cli(`logs --user ADA@${mailDomain} --status success --json`);
    expect(linesOf(about.output)).toMatchObject([{ provisioningAction: 'create', sourceIdentity: { id: ada } }]);
    const [record] = linesOf(about.output);
    expect(record).toHaveProperty('provisioningSteps');

    const first = await cli('logs --most 1 --steps');
    expect(first.output.match(/^Record /gm)).toHaveLength(1);
    expect(first.errors).toContain('No more than 1');
    expect((await cli('logs --since 2999-01-01')).output).toBe('No record fits.\n');
    expect((await cli('logs --code NotEffectivelyEntitled')).output).toContain('ute@');
  });

  it('gets a schema, puts it back, and brings an older one back', async () => {
    expect(await cli('schema get schema.json')).toMatchObject({ code: 0, output: '' });
    const text = files.get('schema.json') ?? '';
    expect(JSON.parse(text)).toHaveProperty('synchronizationRules');
    expect((await cli('schema put schema.json --if-version 0')).output).toContain('Version 2 is in force');
    const refused = await cli('schema put schema.json --if-version 0');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.errors).toContain('PreconditionFailed');
    expect(linesOf((await cli('schema versions --json')).output)).toMatchObject([{ version: 2 }, { version: 1 }]);
    expect(linesOf((await cli('schema restore 1 --json')).output)).toEqual([{ version: 3, warnings: [] }]);
    files.set('broken.json', text.replace('"synchronizationRules"', '"rules"'));
    const broken = await cli('schema put broken.json');
    expect(broken).toMatchObject({ code: 1, output: '' });
    expect(broken.errors).toContain('InvalidSchema (400)');
  });

  it('pauses, starts and restarts the job', async () => {
    expect(await cli('pause')).toMatchObject({ code: 0 });
    const refused = await cli('run --json');
    expect(refused.code).toBe(1);
    expect(linesOf(refused.output)).toMatchObject([{ error: { code: 'JobPaused' } }]);
    expect((await cli('status')).output).toMatch(/Status +Paused/);
    expect(await cli('start')).toMatchObject({ code: 0 });
    expect(await cli('restart --scope full,escrows')).toMatchObject({ code: 0 });
    expect((await cli('status --watch --json')).code).toBe(0);
    expect((await cli('audit')).output).toContain('resetScope: – → Full,Escrows');
  });

  it('previews a cycle, and one with a schema that is not saved', async () => {
    await service.host.drain();
    service.join('dora');
    const shown = await cli('preview');
    expect(shown).toMatchObject({ code: 0, errors: '' });
    expect(shown.output).toMatch(/Would do +create 1/);
    expect(shown.output).toContain(`dora@${mailDomain}`);
    const [report, operation] = linesOf((await cli('preview --schema schema.json --kind initial --json')).output);
    expect(report).toMatchObject({ state: 'completed', schema: 'draft' });
    expect(operation).toMatchObject({ action: 'create' });
    expect((await cli('preview show --action skip')).output).toContain(`cleo@${mailDomain}`);
    expect(await cli('preview drop')).toMatchObject({ code: 0 });
    expect((await cli('preview show')).errors).toContain('ResourceNotFound');
    expect(service.accountId('dora')).toBe('');
  });

  it('compares Zoom with what it was left like, and lists what is otherwise', async () => {
    await service.host.drain();
    expect(await cli('run --kind reconcile')).toMatchObject({ code: 0, errors: '' });
    service.simulators.zoom.seed({ users: [{ userName: `stranger@${mailDomain}` }] });
    await cli('run --kind reconcile');
    const shown = await cli('drift --kind unmanaged');
    expect(shown).toMatchObject({ code: 0, errors: '' });
    expect(shown.output).toContain(service.accountId('stranger'));
    const rows = linesOf((await cli('drift --json')).output);
    expect(rows).toContainEqual(expect.objectContaining({ kind: 'unmanaged', id: null, objectType: 'User' }));
    expect((await cli('drift --kind none')).code).toBe(2);
  });

  it('lists what waits for somebody, and tries credentials out', async () => {
    expect(await cli('staged')).toMatchObject({ code: 0, output: '0 removals.\n' });
    expect(await cli('escrows --json')).toMatchObject({ code: 0, output: '' });
    expect(await cli('staged release --all')).toMatchObject({ code: 0 });
    expect((await cli(`staged reject ${ada}`)).errors).toContain('Request_ResourceNotFound');
    expect(await cli('validate')).toMatchObject({ code: 0 });
    expect((await cli('health')).output).toMatch(/storage +reachable/);
    expect((await cli('consent')).errors).toContain('ConsentNotUsed');
  });

  it('says how to get a token, and never shows one', async () => {
    const environment = { SYNC_URL: `${service.host.url}/api/${service.jobUrl}` };
    const refused = await cli('status', { environment: { ...environment, SYNC_TOKEN: 'not.a.token' } });
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain('az account get-access-token --resource');
    expect(refused.errors).not.toContain('not.a.token');
    const reader = { ...environment, SYNC_TOKEN: service.simulators.apiTokens['Provisioning.Read'] };
    expect((await cli('status', { environment: reader })).code).toBe(0);
    expect((await cli('pause', { environment: reader })).errors).toContain('the app role Provisioning.Operate');
  });
});
