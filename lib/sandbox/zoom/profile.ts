import type { JsonObject, JsonValue } from '../../mapping/json.js';
import { type Account, isLicenceKey } from './account.js';
import { invalidField } from './refusal.js';
import type { ZoomSettings } from './settings.js';
import type { Simulation } from './simulation.js';
import { readIntent, type UserBody } from './userBody.js';

const plans = new Set([
  'zoomUnited',
  'zoomOneBizPlus',
  'zoomOneEntPremier',
  'zoomOneEdu',
  'zoomOneSchoolCampusPlus',
  'zoomOneEduEntPremier',
  'eduStandardStudent',
]);

/** `block` merged into `stored`, key by key. */
const mergeBlock = (
  stored: Readonly<Record<string, JsonValue>>,
  block: JsonObject,
  settings: ZoomSettings,
): Record<string, JsonValue> => {
  const merged: Record<string, JsonValue> = { ...stored };
  for (const [key, value] of Object.entries(block)) {
    const intent = readIntent(value, settings);
    if (intent === 'store') merged[key] = value;
    if (intent === 'clear') delete merged[key];
  }
  return merged;
};

/** Refuses plan values that the account does not know. */
export const checkPlans = (settings: ZoomSettings, block: JsonObject | undefined): void => {
  if (settings.planValues === null || block === undefined) return;
  for (const [key, value] of Object.entries(block)) {
    if (!plans.has(key) || value === '' || value === null) continue;
    if (typeof value !== 'string' || !settings.planValues.includes(value)) throw invalidField(key);
  }
};

const withoutLicences = (block: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(block).filter(([key]) => !isLicenceKey(key)));

/** Whether somebody's licences can be changed now. */
export const takesLicences = (settings: ZoomSettings, status: Account['status']): boolean =>
  status !== 'inactive' || settings.licenceWhileInactive === 'apply';

/** Stores names and display name; absent members stay as they are. */
export const applyNames = (settings: ZoomSettings, account: Account, body: UserBody): void => {
  if (body.givenName !== undefined) account.givenName = body.givenName ?? '';
  if (body.familyName !== undefined) account.familyName = body.familyName ?? '';
  if (body.displayName !== undefined && settings.displayNameWritable) account.displayName = body.displayName;
};

/** Stores everything but identity, names, `active` and `userType`; absent members stay as they are. */
export const applyProfile = (sim: Simulation, account: Account, body: UserBody): void => {
  const { settings } = sim;
  if (body.title !== undefined) account.title = body.title;
  if (body.locale !== undefined) account.locale = body.locale;
  if (body.phoneNumbers !== undefined) account.phoneNumbers = body.phoneNumbers;
  if (body.role !== undefined && account.role !== 'Owner') account.role = body.role;
  if (body.enterprise !== undefined) account.enterprise = mergeBlock(account.enterprise, body.enterprise, settings);
  if (body.extension === undefined) return;
  const block = takesLicences(settings, account.status) ? body.extension : withoutLicences(body.extension);
  account.extension = mergeBlock(account.extension, block, settings);
};
