import { draftSchema, functionSource, type SchemaDraft } from '../../schema/schemaDraft.js';
import { runCommand } from './commandRun.js';

const fixture = 'test/schema/fixtures/entraExport.json';
const draftText = (change: (draft: SchemaDraft) => void): string => {
  const draft = draftSchema();
  change(draft);
  return JSON.stringify(draft.schema, null, 2);
};

describe('schema check', () => {
  it('tells what a valid file maps, and its warnings on standard error', async () => {
    const { code, output, errors } = await runCommand(['check', fixture]);
    expect(code).toBe(0);
    expect(output).toMatch(
      /^\S+: valid, 1 warning\n {2}users: \d+ mappings; matched by userName; Add, Update, Delete;/,
    );
    expect(errors).toMatch(/^warning synchronizationRules\[0\]\.objectMappings\[1\]\.flowTypes: DeleteNeedsPolicy\n/);
  });

  it('ends with 1 on an error, with its path, and the place under a caret', async () => {
    const text = draftText((draft) => {
      Object.assign(draft.mapping('displayName'), { source: functionSource('Append([mail],\n  ToLowr([mail]))') });
    });
    const { code, output, errors } = await runCommand(['check', 'x.json'], { 'x.json': text });
    expect([code, output]).toEqual([1, '']);
    expect(errors.split('\n')).toEqual([
      'error synchronizationRules[0].objectMappings[0].attributeMappings[2].source.expression: UnknownFunction',
      expect.stringMatching(/^ {2}At position 17: .*ToLower/),
      '      ToLowr([mail]))',
      '      ^',
      'x.json: 1 error, 0 warnings',
      '',
    ]);
  });

  it('shows the line at which a file stops being JSON', async () => {
    const text = '{\n  "synchronizationRules": [\n    {"id" 1}\n  ]\n}';
    const { code, errors } = await runCommand(['check', 'x.json'], { 'x.json': text });
    expect(code).toBe(1);
    expect(errors).toContain('error line 3, column 11: InvalidJson');
    expect(errors).toContain(`\n        {"id" 1}\n${' '.repeat(14)}^\n`);
  });

  it.each(['utf16le', 'utf8'] as const)('reads %s with its mark, as shells write it', async (encoding) => {
    const text = draftText(() => undefined);
    const { code } = await runCommand(['check', 'x.json'], { 'x.json': Buffer.from(`\uFEFF${text}`, encoding) });
    expect(code).toBe(0);
  });

  it('ends with 1 where there is no such file', async () => {
    const { code, errors } = await runCommand(['check', 'nowhere.json']);
    expect([code, errors]).toEqual([1, expect.stringMatching(/^error: nowhere.json cannot be read: /)]);
  });
});

describe('schema eval', () => {
  it.each([
    ['Append([mail], "!")', '{"mail":"a"}', '"a!"'],
    ['[otherMails]', '{"otherMails":["a","b"]}', '["a","b"]'],
    ['Not([accountEnabled])', '{"accountEnabled":"True"}', 'false'],
    ['[none]', '{}', 'null'],
    ['IgnoreFlowIfNullOrEmpty([none])', '{}', 'ignored'],
    ['FormatDateTime(Now(), , "M/d/yyyy h:mm:ss tt", "yyyy-MM-dd")', '{}', '"2026-08-01"'],
    ['SingleAppRoleAssignment([appRoleAssignments])', '{"appRoleAssignments":[{"displayName":"Basic"}]}', '"Basic"'],
  ])('%s of %s is %s', async (expression, attributes, result) => {
    expect(await runCommand(['eval', expression, attributes])).toEqual({ code: 0, output: `${result}\n`, errors: '' });
  });

  it('needs no attributes', async () => {
    expect(await runCommand(['eval', 'ToUpper("a")'])).toMatchObject({ code: 0, output: '"A"\n' });
  });

  it('shows an error under a caret', async () => {
    const { code, output, errors } = await runCommand(['eval', 'ToUpper([mail]']);
    expect([code, output]).toEqual([1, '']);
    expect(errors).toMatch(/^error line 1, column 15: UnexpectedEnd\n.*\n {4}ToUpper\(\[mail\]\n {18}\^\n$/);
  });

  it.each([
    ['Item([none], 1)', '{}', 'error OutOfRange'],
    ['[mail]', '{"mail": {}}', 'error: The attributes, mail: expected a text'],
    ['[mail]', 'mail=a', 'error: The attributes: no JSON at position 0; expected a value.'],
  ])('ends with 1 where %s of %s cannot be', async (expression, attributes, message) => {
    const { code, output, errors } = await runCommand(['eval', expression, attributes]);
    expect([code, output, errors]).toEqual([1, '', expect.stringContaining(message)]);
  });
});

describe('schema explain', () => {
  const mina = {
    userPrincipalName: 'mina_gmail.com#EXT#@contoso.example',
    accountEnabled: true,
    givenName: 'Mina',
    surname: 'Okoro',
    businessPhones: ['+47 22'],
    manager: { id: 'boss' },
    appRoleAssignments: ['Pro'],
  };
  const explain = (user: object, file: string = fixture, text?: string) =>
    runCommand(['explain', file, 'user.json'], {
      'user.json': JSON.stringify(user),
      ...(text === undefined ? {} : { [file]: text }),
    });
  const lineOf = (output: string, name: string): string =>
    output.split('\n').find((line) => line.trimStart().startsWith(name)) ?? '';

  it('tells every gate, what is matched by and every mapping, for a user as Graph answers one', async () => {
    const { code, output, errors } = await explain(mina);
    expect([code, errors]).toEqual([0, '']);
    expect(lineOf(output, 'yes  assignment')).toContain('assigned: Pro');
    expect(lineOf(output, 'yes  scopingFilter')).toContain("accountEnabled = 'True', wanted IS TRUE");
    expect(output).toContain('\nIn scope.\n');
    expect(lineOf(output, '1.')).toMatch(/userName +"mina_gmail\.com"/);
    expect(lineOf(output, 'active')).toContain('true  ');
    expect(lineOf(output, 'displayName')).toMatch(/"Mina Okoro" +Join/);
    expect(lineOf(output, 'title')).toMatch(/"Colleague".*the default, on creation only$/);
    expect(lineOf(output, 'phoneNumbers')).toContain('"+47 22"');
    expect(lineOf(output, 'userType')).toContain('"Licensed"');
    expect(lineOf(output, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager')).toContain('"boss"');
  });

  it.each([
    [{ accountEnabled: false }, 'no   accountEnabled'],
    [{ assigned: false }, 'no   assignment'],
    [{ deletedDateTime: '2026-07-01T00:00:00Z' }, 'no   existence'],
    [{ userPrincipalName: 'adm-x@contoso.example' }, 'no   scopingFilter'],
  ])('with %j is out of scope, and active follows', async (change, gate) => {
    const { code, output } = await explain({ ...mina, ...change });
    expect(code).toBe(0);
    expect(output).toContain(gate);
    expect(output).toContain('\nOut of scope');
    expect(lineOf(output, 'active')).toMatch(/ false /);
  });

  it('ends with 1 where a mapping fails for this user, and goes on with the others', async () => {
    const text = draftText((draft) => {
      Object.assign(draft.mapping('displayName'), { source: functionSource('Item([givenName], 7)') });
    });
    const { code, output, errors } = await explain(mina, 'x.json', text);
    expect([code, errors]).toEqual([1, expect.stringContaining('error OutOfRange: Mapping to displayName')]);
    expect(lineOf(output, 'displayName')).toContain('error OutOfRange');
    expect(lineOf(output, 'name.givenName')).toContain('"Mina"');
  });

  it('tells the errors of the schema first', async () => {
    const { code, output, errors } = await explain(mina, 'x.json', '{}');
    expect([code, output, errors]).toEqual([
      1,
      '',
      expect.stringContaining('error synchronizationRules: InvalidShape'),
    ]);
  });

  it.each([
    [[], 'expected one user'],
    [{ accountEnabled: { a: 1 } }, 'Field "accountEnabled": expected true, false or null'],
    [{ businessPhones: 'x' }, 'Field "businessPhones"'],
    [{ jobTitle: {} }, 'user.json, jobTitle: expected'],
  ])('ends with 1 where the user is %j', async (user, message) => {
    const { code, errors } = await explain(user);
    expect([code, errors]).toEqual([1, expect.stringContaining(message)]);
  });
});

describe('the schema command line', () => {
  it.each([['--help'], ['help'], ['check', '--help']])('explains itself with %s', async (...args) => {
    const { code, output } = await runCommand(args);
    expect([code, output]).toEqual([0, expect.stringContaining('schema -- explain FILE USER.json')]);
  });

  it.each([[[]], [['chek', 'x']], [['check']], [['check', 'a', 'b']], [['eval', 'a', 'b', 'c']]])(
    'refuses %j with 2, and tells how it is used',
    async (args) => {
      const { code, output, errors } = await runCommand(args);
      expect([code, output]).toEqual([2, '']);
      expect(errors).toMatch(/^error: [\s\S]*schema -- check FILE/);
    },
  );
});
