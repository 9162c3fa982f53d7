import { z } from 'zod';
import type { JsonValue } from '../../mapping/json.js';
import { settingsChange } from './settings.js';

const json: z.ZodType<JsonValue, JsonValue> = z.json();

const seedUser = z.strictObject({
  id: z.string().min(1).optional(),
  userName: z.string().min(1),
  /** The userName by default. */
  email: z.string().min(1).optional(),
  status: z.enum(['active', 'inactive', 'pending']).optional(),
  userType: z.enum(['Basic', 'Licensed', 'On-Prem', 'Collaboration']).optional(),
  role: z.string().optional(),
  givenName: z.string().optional(),
  familyName: z.string().optional(),
  displayName: z.string().nullable().optional(),
  title: z.string().nullable().optional(),
  locale: z.string().nullable().optional(),
  phoneNumbers: z.array(z.strictObject({ type: z.string(), value: z.string() })).optional(),
  loginType: z.strictObject({ sso: z.boolean(), workEmail: z.boolean() }).optional(),
  /** Short for `enterprise.department`. */
  department: z.string().optional(),
  enterprise: z.record(z.string(), json).optional(),
  extension: z.record(z.string(), json).optional(),
});

const seedGroup = z.strictObject({
  id: z.string().min(1).optional(),
  displayName: z.string().min(1),
  emailAlias: z.string().nullable().optional(),
  isDefault: z.boolean().optional(),
  /** Ids or userNames. */
  members: z.array(z.string()).optional(),
});

export const seedSchema = z.strictObject({
  settings: settingsChange.optional(),
  /** Whoever exists by id or userName is changed: only what is given. */
  users: z.array(seedUser).optional(),
  /** A group that exists by id or name is changed; `members` replaces. */
  groups: z.array(seedGroup).optional(),
  /** E-mails that belong to other Zoom accounts; added to those known. */
  foreign: z.array(z.string()).optional(),
});

/** What to put into Zoom behind its API, as an administrator or history did. */
export type ZoomSeed = z.input<typeof seedSchema>;
export type ZoomSeedUser = z.input<typeof seedUser>;
export type ZoomSeedGroup = z.input<typeof seedGroup>;
