import path from 'node:path';
import { type LocalHost, type LocalHostOptions, startLocalHost } from '../../../lib/sandbox/host/localHost.js';
import type { LogLine } from '../../../lib/sandbox/host/log.js';
import { loadIsolated } from './loadIsolated.js';

export interface StartedFixture {
  readonly host: LocalHost;
  readonly lines: readonly LogLine[];
  /** What the fixture's functions saw under this word. */
  saw(what: string): readonly unknown[];
}

const hosts: LocalHost[] = [];

/** Stops what `startFixture` started; for `afterEach`. */
export async function stopFixtures(): Promise<void> {
  for (const host of hosts.splice(0)) await host.stop();
  globalThis.fixtureJournal = undefined;
}

export const fixtureEntry = (name: string): string => path.join(__dirname, 'fixtures', name, 'index.js');

/** The fixture app on a free port, its triggers held unless told otherwise. */
export async function startFixture(
  settings: Record<string, string> = {},
  options: Partial<LocalHostOptions> = {},
): Promise<StartedFixture> {
  const lines: LogLine[] = [];
  const host = await startLocalHost({
    settings: {
      PORT: '0',
      FIXTURE_SCHEDULE: '0 */5 * * * *',
      FixtureStorage: 'UseDevelopmentStorage=true',
      ...settings,
    },
    entry: fixtureEntry('app'),
    loadEntry: loadIsolated,
    triggers: 'held',
    log: (line) => lines.push(line),
    ...options,
  });
  hosts.push(host);
  const saw = (what: string) => (globalThis.fixtureJournal ?? []).filter((n) => n.what === what).map((n) => n.value);
  return { host, lines, saw };
}
