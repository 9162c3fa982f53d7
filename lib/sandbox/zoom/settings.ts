import { z } from 'zod';
import { accountSettings, appSettings, rights } from './accountSettings.js';
import { groupSettings, serviceSettings, userSettings } from './serviceSettings.js';

const settingsSchema = z.strictObject({
  ...accountSettings,
  ...appSettings,
  ...serviceSettings,
  ...userSettings,
  ...groupSettings,
});

/** Everything about the simulated Zoom that can be set. Mutable: a change counts from the next request on. */
export type ZoomSettings = z.infer<typeof settingsSchema>;

/** Some of the settings, as the control surface and `seed` take them. */
export const settingsChange = settingsSchema.partial();
export type ZoomSettingsChange = z.input<typeof settingsChange>;

const dayMs = 86_400_000;

/** Zoom as its sources describe it; where they are silent, what is hardest on the client within reason. */
export const createDefaultSettings = (): ZoomSettings => ({
  associatedDomains: [],
  sso: true,
  rights: [...rights],
  licensedSeats: 100,
  basicMax: 9999,
  noSeats: 'silentBasic',
  basicCapStatus: 400,
  defaultUserType: 'Basic',
  collaboration: 'accept',
  userType: 'honoured',
  licenceWhileInactive: 'ignore',
  planValues: null,
  dailyCreateCap: null,
  maxGroups: null,
  maxGroupMembers: null,
  appEnabled: true,
  appApproved: true,
  ownerExists: true,
  grantedScope: 'scim2:admin',
  tokenLifetimeMs: 3_600_000,
  refreshLifetimeMs: 90 * dayMs,
  refreshToleranceMs: 0,
  consent: 'given',
  refreshReuse: 'invalidToken',
  staticBearer: true,
  apiUrl: 'https://api.zoom.us',
  oauthErrorStatus: 400,
  oauthCodeIn: 'reason',
  scopeMissingStatus: 400,
  scopeMissingCode: 4700,
  rate: 'businessPlus',
  rateWindow: 'fixed',
  gatewayErrorShape: 'gateway',
  userLocks: true,
  latencyMs: 0,
  readAfterWriteMs: 0,
  aliases: [],
  origin: 'https://api.zoom.us',
  idAlphabet: 'base64url',
  accept: 'lenient',
  requireSchemas: true,
  defaultCount: 10,
  maxCount: 100,
  startIndexRequired: false,
  duplicateStatus: 409,
  notBelongingStatus: 400,
  mixedLoginIsPending: true,
  pendingShowsActive: 'asAsked',
  displayNameWritable: true,
  emailChange: 'auto',
  userNameFollowsEmail: false,
  emptyText: 'clear',
  nullValue: 'ignore',
  maxNameLength: 64,
  maxTitleLength: 128,
  textBooleans: 'accept',
  patchForms: 'both',
  patchOthers: 'ignore',
  adminDeactivate: 'silentNoop',
  activationRestoresLicence: false,
  deleteMode: 'erase',
  groupsPutStatus: 404,
  exposeMembers: false,
  createMembers: 'ignore',
  groupNameClash: 'reject',
  groupFilterCase: 'exact',
  unknownMember: '400',
  removeByValue: 'remove',
  removeByFilter: 'remove',
  groupTooLargeStatus: 400,
});

/** Checks `change` and writes it into `settings`; throws a `ZodError` that names what is wrong. */
export const applySettings = (settings: ZoomSettings, change: ZoomSettingsChange): void => {
  const given = Object.entries(settingsChange.parse(change)).filter(([, value]) => value !== undefined);
  Object.assign(settings, Object.fromEntries(given));
};
