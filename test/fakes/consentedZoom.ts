import type { TokenVault, ZoomConsent } from '../../lib/engine/consent.js';
import type { Send } from '../../lib/http/send.js';
import type { ZoomSettingsChange } from '../../lib/sandbox/zoom/settings.js';
import { createZoomSimulator, type ZoomSimulator } from '../../lib/sandbox/zoom/simulator.js';
import { createConsentTickets } from '../../lib/state/consentTickets.js';
import { createCredentialStore } from '../../lib/state/credentialStore.js';
import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { partitionsOf } from '../../lib/state/names.js';
import type { Tables } from '../../lib/state/tables.js';
import { createTokenTurns } from '../../lib/state/tokenTurns.js';
import { createTableTokenVault } from '../../lib/state/tokenVault.js';
import type { TokenSource } from '../../lib/zoom/auth/tokenSource.js';
import { connectConsent } from '../../lib/zoom/consent.js';
import { createSettlingClock, type SettlingClock } from './settlingClock.js';

const publicUrl = 'https://sync.contoso.example';
export const redirectUri = `${publicUrl}/api/zoom/callback`;
export const consentAddress = `${publicUrl}/api/jobs/zoom/zoomConsent`;
const client = { clientId: 'client-1', clientSecret: 'secret-1' };
const partitions = partitionsOf('job');

export const never = new AbortController().signal;

/** What one process has of its own, over the same Zoom, storage and time as the others. */
export interface ConsentProcess {
  readonly source: TokenSource;
  readonly consent: ZoomConsent;
  readonly vault: TokenVault;
}

export interface ProcessOptions {
  readonly wrapTables?: (tables: Tables) => Tables;
  readonly wrapSend?: (send: Send) => Send;
  readonly wrapVault?: (vault: TokenVault) => TokenVault;
}

export interface ConsentedZoom {
  readonly zoom: ZoomSimulator;
  readonly clock: SettlingClock;
  readonly tables: Tables;
  readonly credentials: ReturnType<typeof createCredentialStore>;
  open(options?: ProcessOptions): ConsentProcess;
  /** An administrator consents; the tokens are kept. */
  consentBy(process: ConsentProcess): Promise<void>;
  /** A request straight to Zoom's OAuth endpoints, past the app. */
  askZoom(path: '/oauth/token' | '/oauth/revoke', form: Record<string, string>): Promise<Response>;
  /** Whether Zoom takes this access token for SCIM. */
  takes(token: string): Promise<boolean>;
  /** Requests to the token endpoint so far, by status. */
  tokenStatuses(): readonly unknown[];
}

/** A simulated Zoom with an authorization-code app, and storage in memory. */
export const createConsentedZoom = (settings: ZoomSettingsChange = {}): ConsentedZoom => {
  const clock = createSettlingClock(Date.UTC(2026, 10, 23, 8));
  const zoom = createZoomSimulator({
    credentials: { accountId: 'ACC1', ...client, redirectUris: [redirectUri] },
    clock,
    settings: { rate: 'off', ...settings },
  });
  const tables = createMemoryTables();
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `id-${ids}`;
  };
  const open = (options: ProcessOptions = {}): ConsentProcess => {
    const own = options.wrapTables?.(tables) ?? tables;
    const plain = createTableTokenVault(own, partitions);
    const vault = options.wrapVault?.(plain) ?? plain;
    const { source, desk } = connectConsent({
      ...client,
      oauthEndpoint: 'https://zoom.us/oauth',
      redirectUri,
      consentAddress,
      vault,
      credentials: createCredentialStore(own, partitions),
      turns: createTokenTurns(own, partitions, { clock, newId }),
      clock,
      random: () => 0.5,
      newId,
      timeoutMs: 10_000,
      send: options.wrapSend?.(zoom.send) ?? zoom.send,
    });
    const tickets = createConsentTickets(own, partitions, clock);
    return { source, vault, consent: { ...desk, publicUrl, tickets, newSecret: () => `secret-${newId()}` } };
  };
  const basic = `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`;
  return {
    zoom,
    clock,
    tables,
    credentials: createCredentialStore(tables, partitions),
    open,
    consentBy: async ({ consent }) => {
      const answer = await zoom.send(consent.authorizeUrl('state-1', 'verifier-1'));
      const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
      await clock.settle(consent.redeemCode(code, 'verifier-1', never));
    },
    askZoom: (path, form) =>
      zoom.send(`https://zoom.us${path}`, {
        method: 'POST',
        headers: { authorization: basic },
        body: new URLSearchParams(form),
      }),
    takes: async (token) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await zoom.send('https://api.zoom.us/scim2/Users?startIndex=1&count=1', { headers })).status === 200;
    },
    tokenStatuses: () =>
      zoom.journal.entries.filter(({ operation }) => operation === 'oauth.token').map(({ status }) => status),
  };
};
