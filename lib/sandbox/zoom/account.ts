import type { JsonValue } from '../../mapping/json.js';

export type UserType = 'Basic' | 'Licensed' | 'On-Prem' | 'Collaboration';

export interface PhoneNumber {
  readonly type: string;
  readonly value: string;
}

export interface LoginType {
  readonly sso: boolean;
  readonly workEmail: boolean;
}

/** One person's account in the simulated Zoom. Only the stores change what they index: userName, email, status, userType. */
export interface Account {
  readonly id: string;
  /** Order of creation, which lists follow. */
  readonly sequence: number;
  readonly userName: string;
  readonly email: string;
  /** `pending`: invited and not accepted. */
  readonly status: 'active' | 'inactive' | 'pending';
  readonly userType: UserType;
  /** Owner, Admin, Member or a role of the customer's own. */
  role: string;
  givenName: string;
  familyName: string;
  /** Null where it follows from the names. */
  displayName: string | null;
  title: string | null;
  locale: string | null;
  phoneNumbers: readonly PhoneNumber[];
  loginType: LoginType;
  /** The enterprise extension: department, organization, costCenter, manager and the customer's own. */
  enterprise: Record<string, JsonValue>;
  /** The Zoom extension: licences and profile extras, write-only ones included. */
  extension: Record<string, JsonValue>;
  readonly groupIds: Set<string>;
  readonly createdMs: number;
  modifiedMs: number;
  /** What deactivation took away. */
  taken: { readonly userType: UserType; readonly extension: Readonly<Record<string, JsonValue>> } | null;
  /** Reads show `was` (null: nobody) until then. */
  stale: { readonly untilMs: number; readonly was: Account | null } | null;
}

export const readDisplayName = (account: Account): string =>
  account.displayName ?? [account.givenName, account.familyName].filter((name) => name !== '').join(' ');

const profileKeys = new Set(['personalLinkName', 'pronouns']);
const licenceNames = new Set([
  'eduStandardStudent',
  'clinicalNotes',
  'visitorManagement',
  'deepfakeRiskDetection',
  'wvHqAgent',
]);

/** Whether a key of the Zoom extension grants something, so that deactivation takes it away. */
export const isLicenceKey = (key: string): boolean =>
  !profileKeys.has(key) && (key.startsWith('zoom') || key.endsWith('Subscription') || licenceNames.has(key));

/** Zoom Phone's keys can be written and are never shown. */
export const isWriteOnlyKey = (key: string): boolean => key.startsWith('zoomPhone');
