import { z } from 'zod';

/** The rights of the administrator who authorised the app. */
export const rights = ['User:Read', 'User:Edit', 'Group:Read', 'Group:Edit'] as const;
export type Right = (typeof rights)[number];

/** What the customer's Zoom account has and allows. */
export const accountSettings = {
  /** E-mail domains that the account manages; a person outside of them is invited instead of created. */
  associatedDomains: z.array(z.string()),
  /** Single sign-on; when off every SCIM call is refused. */
  sso: z.boolean(),
  rights: z.array(z.enum(rights)),
  /** How many people may be `Licensed`. */
  licensedSeats: z.int().min(0),
  /** How many accounts may be `Basic`, inactive ones counted. */
  basicMax: z.int().min(0),
  /** Licensed was asked and no seat is left: give Basic and say nothing, or refuse. */
  noSeats: z.enum(['silentBasic', '400', '409']),
  basicCapStatus: z.union([z.literal(400), z.literal(403)]),
  defaultUserType: z.enum(['Basic', 'Licensed']),
  /** The licence type `Collaboration` ("Unassigned" in Zoom's pages). */
  collaboration: z.enum(['accept', 'reject']),
  /** `ignored`: what happens if Zoom retires `userType`; it answers the default whatever is sent. */
  userType: z.enum(['honoured', 'ignored']),
  /** Licences asked for a deactivated person. */
  licenceWhileInactive: z.enum(['ignore', 'apply']),
  /** The values that plan keys of the Zoom extension take; null takes any text. */
  planValues: z.array(z.string()).nullable(),
  /** Creations a UTC day; null for no limit (Zoom's REST API has one, for SCIM it is unknown). */
  dailyCreateCap: z.int().min(0).nullable(),
  maxGroups: z.int().min(0).nullable(),
  maxGroupMembers: z.int().min(0).nullable(),
};

/** The app in Zoom's Marketplace and its tokens. */
export const appSettings = {
  /** False: deactivated, so that all its tokens stop (4717). */
  appEnabled: z.boolean(),
  /** False: an administrator withdrew the approval (4738). */
  appApproved: z.boolean(),
  /** False: the person who authorised the app is gone (4735). */
  ownerExists: z.boolean(),
  /** Scopes of tokens minted from now on, separated by spaces. */
  grantedScope: z.string(),
  tokenLifetimeMs: z.int().min(1),
  /** Zoom's sources say 90 days and 15 years. */
  refreshLifetimeMs: z.int().min(1),
  /** How long a refresh token that was used once may be used again; what was given out for it before is void then. */
  refreshToleranceMs: z.int().min(0),
  /** What the administrator does on the authorize page. */
  consent: z.enum(['given', 'declined']),
  /** What a refresh token answers that was used before: the text `Invalid Token!`, or code 4740. */
  refreshReuse: z.enum(['invalidToken', 'beyondTolerance']),
  /** Whether bearer tokens named in the credentials are still taken. */
  staticBearer: z.boolean(),
  /** `api_url` in token answers. */
  apiUrl: z.url(),
  oauthErrorStatus: z.union([z.literal(400), z.literal(401)]),
  /** Where an OAuth failure shows its number when it has no text of its own. */
  oauthCodeIn: z.enum(['reason', 'member', 'none']),
  scopeMissingStatus: z.union([z.literal(400), z.literal(401)]),
  scopeMissingCode: z.union([z.literal(4700), z.literal(4711)]),
};
