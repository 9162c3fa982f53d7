import { commands } from '../../../lib/cli/operate/commands/all.js';
import { linesOf, runLine } from './commandLineRun.js';
import { createFakeService, environment, jobAddress, jobAnswer, jobPath } from './fakeService.js';

const refusedBy = (status: number, body?: object) => createFakeService({ [`GET ${jobPath}`]: [{ status, body }] });

describe('A command line', () => {
  it('that is wrong ends with 2 and says what is taken', async () => {
    const wrong: readonly (readonly [line: readonly string[], says: string])[] = [
      [[], 'A command is missing.'],
      [['fly'], 'There is no command "fly".'],
      [['schema'], 'schema get, schema put'],
      [['--json', 'status'], 'The command comes first'],
      [['status', 'now'], '"status" does not take "now"'],
      [['status', '--fast'], "Unknown option '--fast'."],
      [['run', '--kind', 'quick'], '--kind takes incremental, initial, reconcile.'],
      [['restart', '--scope', 'Everything'], '--scope takes None'],
      [['provision'], '"provision" needs a USER, or --group ID.'],
      [['logs', '--most', '0'], '--most takes a whole number above 0.'],
      [['logs', '--since', 'yesterday'], '--since takes an instant'],
      [['logs', '--status', 'bad'], '--status takes success'],
      [['schema', 'put'], '"schema put" needs FILE.'],
      [['schema', 'restore', '1', '--if-version', 'x'], '--if-version takes a number.'],
      [['staged', 'release'], 'needs source ids, or --all'],
      [['staged', 'reject', 'a', '--all'], 'needs source ids, or --all'],
    ];
    for (const [line, says] of wrong) {
      const { code, output, errors } = await runLine(line, { environment });
      expect([line, code, output]).toEqual([line, 2, '']);
      expect(errors).toContain(says);
      expect(errors).toContain('--help" tells more.');
    }
  });

  it('has help for all commands and for each', async () => {
    const { code, output } = await runLine(['--help']);
    expect(code).toBe(0);
    for (const command of commands) {
      expect(output).toContain(`  ${command.name}`);
      const help = await runLine([...command.name.split(' '), '--help']);
      expect(help).toMatchObject({ code: 0, errors: '' });
      expect(help.output).toContain(`npm run -s cli -- ${command.name}`);
      for (const { name } of command.options ?? []) expect(help.output).toContain(`--${name}`);
    }
  });
});

describe('The connection', () => {
  const list = '/api/servicePrincipals/sp/synchronization/jobs';
  const answers = { [`GET ${list}`]: [{ body: { value: [{ id: 'job' }] } }], [`GET ${jobPath}`]: [jobAnswer()] };

  it('is the app’s address with the service principal, or the job’s', async () => {
    const byApp = createFakeService(answers);
    const given = { ENTRA_SERVICE_PRINCIPAL_ID: 'sp', SYNC_TOKEN: 'secret-token' };
    for (const url of ['https://app.example', 'https://app.example/', 'https://app.example/api/']) {
      const run = await runLine(['status', '--url', url], { environment: given, send: byApp.send });
      expect(run).toMatchObject({ code: 0 });
    }
    const byJob = createFakeService(answers);
    await runLine(['status', '--url', jobAddress, '--token', 'other'], { environment, send: byJob.send });
    expect(byJob.asked.map(({ path }) => path)).toEqual([jobPath]);
    expect(byJob.asked[0]?.headers.get('authorization')).toBe('Bearer other');
  });

  it('sends the token over https, or to this machine, and follows no redirect', async () => {
    const plain = await runLine(['status', '--url', jobAddress.replace('https', 'http')], { environment });
    expect(plain).toMatchObject({ code: 2, errors: expect.stringContaining('a token goes over https') });
    const { send } = refusedBy(302);
    expect(await runLine(['status'], { environment, send })).toMatchObject({ code: 1 });
    const { send: sendSeen, asked } = createFakeService({ [`GET ${jobPath}`]: [jobAnswer()] });
    const checking: typeof fetch = async (input, init) => {
      expect(init?.redirect).toBe('manual');
      return sendSeen(input, init);
    };
    await runLine(['status'], { environment, send: checking });
    expect(asked).toHaveLength(1);
  });

  it('asks for what is missing', async () => {
    const nameless = await runLine(['status'], { environment: {} });
    expect(nameless).toMatchObject({ code: 2, errors: expect.stringContaining('--service-principal') });
    const broken = await runLine(['status', '--token', 'two words'], { environment });
    expect(broken.code).toBe(2);
    expect(broken.errors).not.toContain('two words');
    const off = new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) });
    const { send } = createFakeService({ [`GET ${jobPath}`]: [off] });
    const nobody = await runLine(['status'], { environment, send });
    expect(nobody.errors).toContain('Nobody answers at https://app.example (ECONNREFUSED).');
  });
});

describe('What the service refuses', () => {
  const error = { error: { code: 'Code', message: 'Said.', innerError: { 'request-id': 'r-1', date: '' } } };

  it('ends with 1, its code, what to do and the request’s id, and never with the token', async () => {
    const advised: readonly (readonly [status: number, says: string])[] = [
      [401, 'az account get-access-token'],
      [403, 'app role'],
      [404, 'Check the address'],
      [503, '"health" tells'],
    ];
    for (const [status, says] of advised) {
      const { code, output, errors } = await runLine(['status'], { environment, send: refusedBy(status, error).send });
      expect([code, output]).toEqual([1, '']);
      for (const part of [`Code (${status}): Said.`, says, 'request-id r-1']) expect(errors).toContain(part);
      expect(errors).not.toContain('secret-token');
    }
  });

  it('stands on standard output as JSON with --json', async () => {
    const { output } = await runLine(['status', '--json'], { environment, send: refusedBy(409, error).send });
    expect(linesOf(output)).toEqual([error]);
  });

  it('may be no answer of this service at all', async () => {
    const { send } = createFakeService({ [`GET ${jobPath}`]: [{ body: { hello: 'world' } }] });
    const { code, errors } = await runLine(['status'], { environment, send });
    expect(code).toBe(1);
    expect(errors).toContain('The answer is not that of this service (id:');
    const page = await runLine(['status'], { environment, send: refusedBy(502).send });
    expect(page.errors).toContain(`GET ${jobAddress} answered 502.`);
  });
});
