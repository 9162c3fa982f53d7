import type { RemovalPolicySetting } from './removalPolicy.js';
import type { TelemetrySettings } from './telemetry.js';

/** How the storage account is reached. */
export type StorageSetting =
  | { readonly kind: 'connectionString'; readonly connectionString: string }
  | { readonly kind: 'identity'; readonly accountName: string };

export type ZoomAuthSetting =
  | {
      readonly kind: 'serverToServer';
      readonly accountId: string;
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | {
      readonly kind: 'authorizationCode';
      readonly clientId: string;
      readonly clientSecret: string;
      /** Where this app is reached, without a path; Zoom redirects to `/api/zoom/callback` below it. */
      readonly publicUrl: string;
      /** Null: the tokens lie in the storage account, on the local host only. */
      readonly keyVaultUri: string | null;
    }
  | { readonly kind: 'bearer'; readonly token: string };

/** Who hears of what needs a person. */
export interface NotificationSettings {
  /** Null: no mail. An administrator's own recipients, set through the API, win over these. */
  readonly mail: { readonly sender: string; readonly recipients: readonly string[] } | null;
  /** Null: no webhook. The address may hold a secret in its query. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  /** Where this app's API is reached, without a path, for links. */
  readonly publicUrl: string;
}

/** What the deployment is, from the environment. Durations in milliseconds. */
export interface Settings {
  readonly storage: StorageSetting;
  readonly tenantId: string;
  readonly servicePrincipalId: string;
  readonly jobId: string;
  readonly provisioningStatus: 'on' | 'off';
  readonly scopeMode: 'assigned' | 'all';
  readonly nestedGroups: boolean;
  readonly graph: { readonly endpoint: string; readonly fixedToken: string | null };
  readonly zoom: {
    readonly scimEndpoint: string;
    readonly oauthEndpoint: string;
    readonly auth: ZoomAuthSetting;
    /** How the service wants its SCIM: Zoom's way, or as RFC 7644 says. */
    /** How members leave a group in Zoom. */
    readonly memberRemoval: 'filter' | 'value' | 'probe';
    readonly dialect: 'zoom' | 'rfc7644';
    readonly plan: 'free' | 'pro' | 'business';
    readonly requestsPerSecond: number | null;
  };
  readonly cycleIntervalMs: number;
  readonly reconcileIntervalMs: number;
  /** What somebody changed in Zoom is told only, or put right as well. */
  readonly reconcileMode: 'report' | 'repair';
  readonly sliceBudgetMs: number;
  readonly leaseDurationMs: number;
  readonly schedule: string;
  readonly schemaFile: string | null;
  readonly deletionThreshold: number;
  readonly deletionThresholdPercent: number;
  /** Of a rolling day. */
  readonly deletionThresholdDaily: number;
  readonly removalPolicy: RemovalPolicySetting;
  readonly skipOutOfScopeDeletions: boolean;
  /** App roles or Zoom's licences, the one that counts first; empty: Licensed, On-Prem, Basic. */
  readonly rolePrecedence: readonly string[];
  readonly logRetentionMs: number;
  /** Where Zoom has no licence left: `fail` the object, or `basic`: give Basic and say so. */
  readonly licencePolicy: 'fail' | 'basic';
  /** How many licences the account has bought; SCIM does not tell. Null: not known. */
  readonly licensedSeats: number | null;
  readonly notification: NotificationSettings;
  readonly logRedact: readonly string[];
  /** Null: the HTTP API lets nobody in. */
  readonly api: { readonly audience: string; readonly issuer: string } | null;
  readonly telemetry: TelemetrySettings;
}

/** The job's id: one enterprise application bound to one Zoom account. */
export const jobIdOf = (tenantId: string, servicePrincipalId: string): string =>
  `zoom.${tenantId}.${servicePrincipalId}`;
