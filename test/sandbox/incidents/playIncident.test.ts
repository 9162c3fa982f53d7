import path from 'node:path';
import { type IncidentName, incidentNames } from '../../../lib/sandbox/incidents/incidents.js';
import { type IncidentSummary, playIncident } from '../../../lib/sandbox/incidents/playIncident.js';
import { openSandbox, type Sandbox } from '../../../lib/sandbox/run/sandbox.js';

const appRoot = path.resolve(__dirname, '..', '..', '..', '..');
const silent = { start: () => undefined, show: () => undefined, stop: () => undefined };

describe('an incident in the sandbox', () => {
  let sandbox: Sandbox;
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  beforeAll(async () => {
    const size = { users: 30, groups: 3, seed: 1 };
    sandbox = await openSandbox({ size, schemaFile: null, appRoot, sendsMail: true, writeLog: () => undefined });
  }, 60_000);
  afterAll(async () => {
    await sandbox.close();
    told.mockRestore();
  });

  const play = async (name: IncidentName): Promise<{ readonly summary: IncidentSummary; readonly text: string }> => {
    const lines: string[] = [];
    const summary = await playIncident({
      name,
      sandbox,
      seed: 1,
      display: silent,
      say: (line) => lines.push(line),
      signal: new AbortController().signal,
    });
    return { summary, text: lines.join('\n') };
  };

  it.each<readonly [IncidentName, Pick<IncidentSummary, 'quarantineReason'>, message: string | null, shown: RegExp]>([
    ['mass-unassign', { quarantineReason: 'TooManyDeletes' }, 'removals are held', /disable, unassigned, held/],
    [
      'credentials',
      { quarantineReason: 'EncounteredQuarantineException' },
      'Quarantine: CredentialsInvalid',
      /oauth\/token answered 400/,
    ],
    ['zoom-down', { quarantineReason: null }, null, /the last cycle: ServiceUnavailable/],
    ['graph-410', { quarantineReason: null }, null, /nobody was taken for gone/],
    ['seats', { quarantineReason: null }, 'less than their role asks for', /Buy or free licences/],
  ])(
    '%s shows what an administrator sees, tells it once, disables nobody and heals',
    async (name, wanted, message, shown) => {
      const { summary, text } = await play(name);
      expect(summary).toMatchObject({ incident: name, ...wanted, disabled: 0, healed: true });
      expect(summary.messages).toHaveLength(message === null ? 0 : 1);
      expect(summary.messages.join()).toContain(message ?? '');
      expect(text).toMatch(shown);
      expect(text).toContain('What an administrator sees:');
    },
    60_000,
  );

  it('has a name each on the command line', () => {
    expect(incidentNames).toHaveLength(5);
  });
});
