import type { JournalEntry } from '../../lib/sandbox/zoom/journal.js';
import type { ZoomSettingsChange } from '../../lib/sandbox/zoom/settings.js';
import { createZoomSimulator, type ZoomSimulator } from '../../lib/sandbox/zoom/simulator.js';
import type { ZoomTargetOptions } from '../../lib/zoom/options.js';
import { createTarget, type ZoomTarget } from '../../lib/zoom/target.js';
import { passTime } from '../fakes/passTime.js';

const credentials = { accountId: 'ACC1', clientId: 'client-1', clientSecret: 'secret-1' };

export interface SimulatedTarget {
  readonly target: ZoomTarget;
  readonly zoom: ZoomSimulator;
  /** Runs work on the simulator's clock. */
  run<Result>(work: Promise<Result>): Promise<Result>;
  /** SCIM calls so far, as `PUT /scim2/Users/u1`. */
  calls(): readonly string[];
  entries(operation: JournalEntry['operation']): readonly JournalEntry[];
}

/** The target against a simulated Zoom whose clock it shares; `contoso.example` is the account's own domain. */
export const makeSimulatedTarget = (
  settings: ZoomSettingsChange = {},
  options: Partial<ZoomTargetOptions> = {},
): SimulatedTarget => {
  const zoom = createZoomSimulator({
    credentials,
    settings: { associatedDomains: ['contoso.example'], ...settings },
  });
  const target = createTarget({
    scimEndpoint: 'https://api.zoom.us/scim2',
    oauthEndpoint: 'https://zoom.us/oauth',
    auth: { kind: 'serverToServer', ...credentials },
    plan: 'business',
    share: 0.8,
    timeoutMs: 10_000,
    clock: zoom.clock,
    random: () => 0.5,
    newId: () => 'request-1',
    send: zoom.send,
    ...options,
  });
  return {
    target,
    zoom,
    run: (work) => passTime(zoom.clock, work),
    calls: () =>
      zoom.journal.entries
        .filter(({ operation }) => !operation.startsWith('oauth.'))
        .map(({ method, path }) => `${method} ${path}`),
    entries: (operation) => zoom.journal.entries.filter((entry) => entry.operation === operation),
  };
};

export const never = new AbortController().signal;

export const jane = {
  userName: 'jane@contoso.example',
  displayName: 'Jane Roe',
  'name.givenName': 'Jane',
  'name.familyName': 'Roe',
  'emails[type eq "work"].value': 'jane@contoso.example',
};
