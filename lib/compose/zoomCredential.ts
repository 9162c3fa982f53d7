import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import type { CredentialStore, TokenVault, ZoomConsent } from '../engine/consent.js';
import { assessCredential, type CredentialAge, seeBearerToken } from '../engine/credentialAge.js';
import { watchCredential } from '../engine/watchCredential.js';
import type { World } from '../engine/world.js';
import { createAzureTables } from '../state/azureTables.js';
import { createConsentTickets } from '../state/consentTickets.js';
import { createCredentialStore } from '../state/credentialStore.js';
import { type Partitions, partitionsOf } from '../state/names.js';
import type { Tables } from '../state/tables.js';
import { createTokenTurns } from '../state/tokenTurns.js';
import { createTableTokenVault } from '../state/tokenVault.js';
import { connectConsent } from '../zoom/consent.js';
import type { ZoomAuth } from '../zoom/options.js';
import { connectStorage } from './storage.js';
import { zoomTimeoutMs } from './zoomTimeout.js';

/** The way into Zoom, and what is known of it. */
export interface ZoomCredential {
  /** For every target: a consent's tokens have one source, whoever asks. */
  readonly auth: ZoomAuth;
  /** Null unless `ZOOM_AUTH` is `authorizationCode`. */
  readonly consent: ZoomConsent | null;
  /** False until an administrator has consented: the job's status is `NotConfigured` then and no cycle starts. */
  isConfigured(): Promise<boolean>;
  /** For health and telemetry; null where the credential does not age, or nothing is known of it yet. */
  readAge(): Promise<CredentialAge | null>;
  /** Looks at the age, once an hour at most, and tells of an ending credential once. */
  watch(world: Pick<World, 'jobId' | 'telemetry' | 'notifier' | 'clock'>): Promise<void>;
}

const watchEveryMs = 60 * 60_000;

/** Builds the way in that `ZOOM_AUTH` names. Key Vault and its SDK are touched only where `KEY_VAULT_URI` is set. */
export const createZoomCredential = async (settings: Settings, clock: Clock): Promise<ZoomCredential> => {
  const tables = createAzureTables({ connection: await connectStorage(settings) });
  const partitions = partitionsOf(settings.jobId);
  const credentials = createCredentialStore(tables, partitions);
  const { auth } = settings.zoom;
  const way =
    auth.kind === 'authorizationCode'
      ? await connect({ settings, auth, tables, partitions, credentials, clock })
      : { auth, consent: null, isConfigured: async () => true };
  const see = async (): Promise<void> => {
    if (auth.kind === 'bearer') await credentials.update((row) => seeBearerToken(row, auth.token, clock.nowMs()));
  };
  const ages = auth.kind !== 'serverToServer';
  let watchedMs: number | null = null;
  return {
    ...way,
    readAge: async () => {
      const row = ages ? await credentials.read() : null;
      return row === null ? null : assessCredential(row, clock.nowMs());
    },
    watch: async (world) => {
      const nowMs = clock.monotonicMs();
      if (!ages || (watchedMs !== null && nowMs < watchedMs + watchEveryMs)) return;
      await see();
      await watchCredential(world, credentials, new AbortController().signal);
      watchedMs = nowMs;
    },
  };
};

interface ConsentParts {
  readonly settings: Settings;
  readonly auth: Extract<Settings['zoom']['auth'], { kind: 'authorizationCode' }>;
  readonly tables: Tables;
  readonly partitions: Partitions;
  readonly credentials: CredentialStore;
  readonly clock: Clock;
}

const connect = async (parts: ConsentParts): Promise<Pick<ZoomCredential, 'auth' | 'consent' | 'isConfigured'>> => {
  const { settings, auth, tables, partitions, credentials, clock } = parts;
  const { publicUrl, clientId, clientSecret } = auth;
  const vault = await openVault(parts);
  const job = `${publicUrl}/api/servicePrincipals/${settings.servicePrincipalId}/synchronization/jobs/${settings.jobId}`;
  const { source, desk } = connectConsent({
    clientId,
    clientSecret,
    oauthEndpoint: settings.zoom.oauthEndpoint,
    redirectUri: `${publicUrl}/api/zoom/callback`,
    consentAddress: `${job}/zoomConsent`,
    vault,
    credentials,
    turns: createTokenTurns(tables, partitions, { clock, newId: randomUUID }),
    clock,
    random: Math.random,
    newId: randomUUID,
    timeoutMs: zoomTimeoutMs(settings),
  });
  return {
    auth: { kind: 'tokens', source },
    consent: {
      ...desk,
      publicUrl,
      tickets: createConsentTickets(tables, partitions, clock),
      newSecret: () => randomBytes(32).toString('base64url'),
    },
    isConfigured: async () => (await credentials.read())?.kind === 'refreshToken' || (await vault.read()) !== null,
  };
};

const openVault = async ({ auth, tables, partitions }: ConsentParts): Promise<TokenVault> => {
  if (auth.keyVaultUri === null) return createTableTokenVault(tables, partitions);
  const [{ SecretClient }, { DefaultAzureCredential }, { createKeyVaultTokens }] = await Promise.all([
    import('@azure/keyvault-secrets'),
    import('@azure/identity'),
    import('../secrets/keyVaultTokens.js'),
  ]);
  const retryOptions = { maxRetries: 2, retryDelayInMs: 500, maxRetryDelayInMs: 4_000 };
  return createKeyVaultTokens(new SecretClient(auth.keyVaultUri, new DefaultAzureCredential(), { retryOptions }));
};
