import { randomUUID } from 'node:crypto';
import type { CredentialsDoor, DeployedSecret } from '../api/credentials.js';
import type { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import type { Fault } from '../engine/model.js';
import type { Target } from '../engine/ports.js';
import { createTarget } from '../zoom/target.js';
import { zoomTimeoutMs } from './zoomTimeout.js';

/** A limit that lasts longer is told and not waited for: somebody is looking at the answer. */
const longestWaitMs = 10_000;
/** A try is one request; it takes what on demand may take of the account's rate. */
const share = 0.2;

/** What the deployment's settings say of the target, under Graph's keys. */
const describeSecrets = ({ zoom, scopeMode }: Settings): readonly DeployedSecret[] => {
  const open = (key: DeployedSecret['key'], value: string, setting: string): DeployedSecret => ({
    key,
    value,
    setting,
    isSecret: false,
  });
  const secret = (key: DeployedSecret['key'], value: string, setting: string): DeployedSecret => ({
    key,
    value,
    setting,
    isSecret: true,
  });
  const common = [
    open('BaseAddress', zoom.scimEndpoint, 'ZOOM_SCIM_ENDPOINT'),
    open('Oauth2TokenExchangeUri', `${zoom.oauthEndpoint}/token`, 'ZOOM_OAUTH_ENDPOINT'),
    open('SyncAll', scopeMode === 'all' ? 'True' : 'False', 'PROVISIONING_SCOPE'),
  ];
  switch (zoom.auth.kind) {
    case 'bearer':
      return [...common, secret('SecretToken', zoom.auth.token, 'ZOOM_BEARER_TOKEN')];
    case 'authorizationCode':
      return [
        ...common,
        open('Oauth2ClientId', zoom.auth.clientId, 'ZOOM_CLIENT_ID'),
        secret('Oauth2ClientSecret', zoom.auth.clientSecret, 'ZOOM_CLIENT_SECRET'),
      ];
    case 'serverToServer':
      return [
        ...common,
        open('CompanyId', zoom.auth.accountId, 'ZOOM_ACCOUNT_ID'),
        open('Oauth2ClientId', zoom.auth.clientId, 'ZOOM_CLIENT_ID'),
        secret('Oauth2ClientSecret', zoom.auth.clientSecret, 'ZOOM_CLIENT_SECRET'),
      ];
  }
};

/** Looks for somebody who is not there: token, scope, single sign-on and reading are proven at once, whatever is found. */
const probe = async (target: Target, signal: AbortSignal): Promise<Fault | null> => {
  const result = await target.findUser('userName', `probe-${randomUUID()}@example.com`, signal);
  return result.kind === 'fault' ? result.fault : null;
};

/** Saved credentials are tried with the service's own target, so that no token is renewed that need not be. */
export const createCredentialsDoor = (settings: Settings, saved: Target, clock: Clock): CredentialsDoor => ({
  deployed: describeSecrets(settings),
  tryOut: (credentials, signal) => {
    if (credentials === null) return probe(saved, signal);
    const target = createTarget({
      ...settings.zoom,
      requestsPerSecond: settings.zoom.requestsPerSecond ?? undefined,
      auth: credentials,
      share,
      maxWaitMs: longestWaitMs,
      timeoutMs: zoomTimeoutMs(settings),
      clock,
      random: Math.random,
      newId: randomUUID,
    });
    return probe(target, signal);
  },
});
