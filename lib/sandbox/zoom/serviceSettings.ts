import { z } from 'zod';

const limits = z.strictObject({ perSecond: z.int().min(1), perDay: z.int().min(1).nullable() });

/** Limits of one's own. `perEndpoint`: each operation has its own bucket instead of each category. */
export const customRate = z.strictObject({ Light: limits, Medium: limits, perEndpoint: z.boolean() });
export type RateTable = z.infer<typeof customRate>;

export const ratePresets = ['off', 'legacy1rps', 'free', 'pro', 'businessPlus'] as const;
export type RatePreset = (typeof ratePresets)[number];

/** How the service behaves on the wire. */
export const serviceSettings = {
  rate: z.union([z.enum(ratePresets), customRate]),
  /** `fixed`: seconds of the wall clock. `sliding`: any second. */
  rateWindow: z.enum(['fixed', 'sliding']),
  /** The body of 401 and 429 on SCIM calls. */
  gatewayErrorShape: z.enum(['gateway', 'scim']),
  /** A second write to a user, while one is under way, answers 429. */
  userLocks: z.boolean(),
  /** How long every SCIM call takes, on the simulator's clock. */
  latencyMs: z.int().min(0),
  /** After a write, how long reads show what was there before. */
  readAfterWriteMs: z.int().min(0),
  /** Prefixes served beside `/scim2`. */
  aliases: z.array(z.enum(['/scim', '/v2/scim2'])),
  /** Root of `meta.location`. */
  origin: z.url(),
  idAlphabet: z.enum(['base64url', 'awkward']),
  /** `strict` answers 406 to an `Accept` that takes neither SCIM nor JSON. */
  accept: z.enum(['lenient', 'strict']),
  /** Whether a write without `schemas` is refused; their content is never looked at. */
  requireSchemas: z.boolean(),
  defaultCount: z.int().min(1),
  maxCount: z.int().min(1),
  startIndexRequired: z.boolean(),
};

/** Users as SCIM resources. */
export const userSettings = {
  duplicateStatus: z.union([z.literal(409), z.literal(400)]),
  /** Status of "not exist or not belong to this account". */
  notBelongingStatus: z.union([z.literal(400), z.literal(404)]),
  /** A login type other than single sign-on alone gives a pending account, even inside the domains. */
  mixedLoginIsPending: z.boolean(),
  /** What a pending account's creation shows as `active`: what was asked, or false. */
  pendingShowsActive: z.enum(['asAsked', 'false']),
  displayNameWritable: z.boolean(),
  /** `auto`: apply inside the associated domains, else ignore. */
  emailChange: z.enum(['auto', 'apply', 'ignore', 'rejectUnmanagedDomain']),
  /** Whether `userName` moves along when the e-mail is changed. */
  userNameFollowsEmail: z.boolean(),
  /** What `""` does to a field. */
  emptyText: z.enum(['clear', 'ignore']),
  /** What null does to a field. */
  nullValue: z.enum(['clear', 'ignore']),
  /** Longest given and family name; null for no limit. */
  maxNameLength: z.int().min(1).nullable(),
  maxTitleLength: z.int().min(1).nullable(),
  /** `active` as the text "True" or "False". */
  textBooleans: z.enum(['accept', 'reject']),
  /** Which forms of a PATCH of `active` are understood: `path: "active"`, `value: {active}`. */
  patchForms: z.enum(['both', 'path', 'value']),
  /** Other operations beside `active` in one PATCH. */
  patchOthers: z.enum(['ignore', '400']),
  /** Deactivating somebody who is more than a member. */
  adminDeactivate: z.enum(['silentNoop', '400', '403']),
  activationRestoresLicence: z.boolean(),
  /** `unlink`: the person leaves with an account of their own, which is refused inside the associated domains. */
  deleteMode: z.enum(['erase', 'unlink']),
};

const removal = z.enum(['remove', 'ignore', '400', 'emptyGroup']);

/** Groups as SCIM resources. */
export const groupSettings = {
  groupsPutStatus: z.union([z.literal(404), z.literal(405)]),
  exposeMembers: z.boolean(),
  /** `members` in a group's creation. */
  createMembers: z.enum(['ignore', 'apply']),
  groupNameClash: z.enum(['reject', 'allow']),
  /** Whether `displayName eq` looks at case; uniqueness never does. */
  groupFilterCase: z.enum(['exact', 'ignore']),
  unknownMember: z.enum(['400', 'ignore']),
  /** `remove` with `path: "members"` and `value: [{value}]`. */
  removeByValue: removal,
  /** `remove` with `path: "members[value eq \"id\"]"`. */
  removeByFilter: removal,
  groupTooLargeStatus: z.union([z.literal(400), z.literal(413)]),
};
