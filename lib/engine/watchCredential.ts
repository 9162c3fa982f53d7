import type { CredentialStore } from './consent.js';
import { assessCredential, type CredentialAge } from './credentialAge.js';
import type { World } from './world.js';

/** What a person does about it, by kind of credential. */
const advice = {
  bearer:
    'Make a new token in Zoom (Advanced, Single Sign-On), enter it as ZOOM_BEARER_TOKEN and restart the app; or move to a server-to-server app.',
  refreshToken:
    'Zoom may drop a consent that is not used. Let the job run a cycle, or authorise the Zoom app again with an admin of the account.',
} as const;

/**
 * Looks at the credential's age; tells of one that is ending once an incident, by an event and by the notifier. A
 * crash between telling and noting it tells once more. Null where nothing is known of a credential.
 */
export const watchCredential = async (
  world: Pick<World, 'jobId' | 'telemetry' | 'notifier' | 'clock'>,
  credentials: CredentialStore,
  signal: AbortSignal,
): Promise<CredentialAge | null> => {
  const row = await credentials.read();
  if (row === null) return null;
  const age = assessCredential(row, world.clock.nowMs());
  const keys = { jobId: world.jobId, action: age.kind, count: age.credentialDaysLeft };
  world.telemetry.event('info', 'CredentialAge', keys);
  if (!age.isEnding || row.told === age.incident) return age;
  world.telemetry.event('warning', 'CredentialEnding', { ...keys, outcome: age.incident });
  await world.notifier.notify(
    {
      incident: age.incident,
      jobId: world.jobId,
      subject: 'The Zoom credential is ending',
      text: describe(age),
      fault: null,
      since: row.kind === 'bearer' ? row.since : row.lastUsedAt,
      action: advice[age.kind],
    },
    signal,
  );
  await credentials.update((current) =>
    current?.fingerprint === row.fingerprint ? { ...current, told: age.incident } : current,
  );
  return age;
};

const describe = ({ kind, credentialAge, credentialDaysLeft }: CredentialAge): string => {
  const name = kind === 'bearer' ? 'The Zoom bearer token' : 'The consent of the Zoom app';
  const past = kind === 'bearer' ? `is ${credentialAge} days old` : `was last used ${credentialAge} days ago`;
  const end = credentialDaysLeft < 0 ? 'may have ended' : `is taken to last ${credentialDaysLeft} days more`;
  return `${name} ${past} and ${end}.`;
};
