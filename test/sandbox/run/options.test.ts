import { parseOptions } from '../../../lib/sandbox/run/options.js';

describe('the command line of npm start', () => {
  it('needs nothing', () => {
    expect(parseOptions([])).toEqual({
      kind: 'run',
      options: {
        size: { users: 120, groups: 5, seed: 1 },
        exit: false,
        json: false,
        nested: false,
        schemaFile: null,
        incident: null,
        preview: false,
      },
    });
  });

  it('takes every option', () => {
    const args = [
      '--users',
      '300',
      '--groups=0',
      '--seed',
      '7',
      '--schema',
      'my.json',
      '--preview',
      '--exit',
      '--json',
    ];
    expect(parseOptions(args)).toEqual({
      kind: 'run',
      options: {
        size: { users: 300, groups: 0, seed: 7 },
        exit: true,
        json: true,
        schemaFile: 'my.json',
        nested: false,
        incident: null,
        preview: true,
      },
    });
  });

  it('sizes the groups by the people where their number is not given', () => {
    expect(parseOptions(['--users', '5000'])).toMatchObject({ options: { size: { groups: 200 } } });
    expect(parseOptions(['--users', '30'])).toMatchObject({ options: { size: { groups: 3 } } });
  });

  it.each([
    [['--users', '0'], '--users: expected a whole number from 1 to 100000, found "0".'],
    [['--users', '1.5'], '--users: expected a whole number from 1 to 100000, found "1.5".'],
    [['--groups', 'many'], '--groups: expected a whole number from 0 to 5000, found "many".'],
    [['--simulate'], "Unknown option '--simulate'. The options are --users,"],
    [['--preview', '--incident', 'seats'], '--preview shows a working day: not with --incident.'],
    [['--users'], "Option '--users <value>' argument missing. The options are --users,"],
    [['now'], "Unexpected argument 'now'. The options are --users,"],
  ])('refuses %j and says what to do', (args, message) => {
    const parsed = parseOptions(args);
    expect(parsed.kind === 'wrong' ? parsed.message : parsed).toContain(message);
  });

  it.each(['--help', '-h'])('explains itself with %s', (option) => {
    expect(parseOptions([option])).toEqual({ kind: 'help' });
  });

  it('takes an incident by its name, and no other', () => {
    expect(parseOptions(['--incident', 'zoom-down'])).toMatchObject({ options: { incident: 'zoom-down' } });
    expect(parseOptions(['--incident', 'flood'])).toEqual({
      kind: 'wrong',
      message: '--incident: expected one of mass-unassign, credentials, zoom-down, graph-410, seats, found "flood".',
    });
  });
});
