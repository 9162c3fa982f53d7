import { z } from 'zod';
import type { Fault } from '../engine/model.js';
import { graphObject } from './graphBody.js';

/** The values of Graph's `synchronizationSecret` that mean something to this service. */
export const secretKeys = [
  'BaseAddress',
  'SecretToken',
  'CompanyId',
  'Oauth2ClientId',
  'Oauth2ClientSecret',
  'Oauth2TokenExchangeUri',
  'SyncAll',
  'SkipOutOfScopeDeletions',
  'SyncNotificationSettings',
] as const;
export type SecretKey = (typeof secretKeys)[number];

/** A value that the deployment's settings hold. `isSecret`: it is compared and never told. */
export interface DeployedSecret {
  readonly key: SecretKey;
  readonly value: string;
  readonly isSecret: boolean;
  /** Name of the setting. */
  readonly setting: string;
}

/** Credentials to try, in place of the saved ones. */
export type GivenCredentials =
  | { readonly kind: 'bearer'; readonly token: string }
  | {
      readonly kind: 'serverToServer';
      readonly accountId: string;
      readonly clientId: string;
      readonly clientSecret: string;
    };

/** What the API knows of the credentials of the target. */
export interface CredentialsDoor {
  readonly deployed: readonly DeployedSecret[];
  /** Asks the target something harmless with these credentials, or with the saved ones; null: they are good. */
  tryOut(credentials: GivenCredentials | null, signal: AbortSignal): Promise<Fault | null>;
}

/** Graph's `synchronizationSecretKeyStringValuePair`. */
export const secretPair = graphObject({
  key: z.enum(secretKeys, { error: `expected ${secretKeys.join(', ')}` }),
  value: z.string().nullable(),
});

export type SecretPair = z.infer<typeof secretPair>;
