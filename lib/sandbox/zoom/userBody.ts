import type { JsonObject, JsonValue } from '../../mapping/json.js';
import type { LoginType, PhoneNumber } from './account.js';
import { invalidField } from './refusal.js';
import { isArray, isObject, readBoolean } from './requestBody.js';
import type { ZoomSettings } from './settings.js';
import { urns } from './urns.js';

/** What a write says about a user. Undefined: nothing is said. Null: to be cleared. */
export interface UserBody {
  readonly userName: string | undefined;
  readonly active: boolean | undefined;
  readonly givenName: string | null | undefined;
  readonly familyName: string | null | undefined;
  readonly displayName: string | null | undefined;
  readonly email: string | undefined;
  readonly userType: string | undefined;
  readonly title: string | null | undefined;
  readonly locale: string | null | undefined;
  readonly phoneNumbers: readonly PhoneNumber[] | undefined;
  readonly role: string | undefined;
  readonly loginType: LoginType | undefined;
  readonly enterprise: JsonObject | undefined;
  readonly extension: JsonObject | undefined;
}

const phoneTypes = new Set(['work', 'mobile', 'office', 'home']);
const enterpriseTexts = ['department', 'organization', 'costCenter'];

export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);

/** Whether `value` says nothing, clears, or gives something to store. */
export const readIntent = (value: JsonValue | undefined, settings: ZoomSettings): 'silent' | 'clear' | 'store' => {
  if (value === undefined) return 'silent';
  if (value === null) return settings.nullValue === 'clear' ? 'clear' : 'silent';
  if (value === '') return settings.emptyText === 'clear' ? 'clear' : 'silent';
  return 'store';
};

const readText = (
  value: JsonValue | undefined,
  field: string,
  settings: ZoomSettings,
  maxLength: number | null = null,
): string | null | undefined => {
  const intent = readIntent(value, settings);
  if (intent === 'silent') return undefined;
  if (intent === 'clear') return null;
  if (typeof value !== 'string') throw invalidField(field);
  if (maxLength !== null && value.length > maxLength) throw invalidField(field);
  return value;
};

const readPlainText = (value: JsonValue | undefined, field: string): string | undefined => {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalidField(field);
  return value;
};

/** The entry of type work, else the primary one, else the first: Zoom knows one e-mail a person. */
const readEmail = (value: JsonValue | undefined): string | undefined => {
  if (value === undefined || value === null) return undefined;
  if (!isArray(value)) throw invalidField('Emails');
  const entries = value.filter(isObject);
  const chosen = entries.find((entry) => entry.type === 'work') ?? entries.find((entry) => entry.primary) ?? entries[0];
  if (chosen === undefined) return undefined;
  if (typeof chosen.value !== 'string' || !isEmail(chosen.value)) throw invalidField('Emails');
  return chosen.value;
};

const readPhone = (value: JsonValue): PhoneNumber => {
  if (!isObject(value) || typeof value.value !== 'string') throw invalidField('PhoneNumbers');
  const type = value.type ?? 'work';
  if (typeof type !== 'string' || !phoneTypes.has(type)) throw invalidField('PhoneNumbers');
  return { type, value: value.value };
};

const readPhones = (value: JsonValue | undefined): readonly PhoneNumber[] | undefined => {
  if (value === undefined || value === null) return undefined;
  if (!isArray(value)) throw invalidField('PhoneNumbers');
  return value.map(readPhone).filter((phone) => phone.value !== '');
};

/** An empty list makes a plain member of somebody. */
const readRole = (value: JsonValue | undefined): string | undefined => {
  if (value === undefined || value === null) return undefined;
  if (!isArray(value)) throw invalidField('Roles');
  const [first] = value;
  if (first === undefined) return 'Member';
  const name = isObject(first) ? (first.value ?? first.display) : undefined;
  if (typeof name !== 'string' || name === '') throw invalidField('Roles');
  return name;
};

const readObject = (value: JsonValue | undefined, field: string): JsonObject | undefined => {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw invalidField(field);
  return value;
};

const readLoginType = (block: JsonObject | undefined): LoginType | undefined => {
  const value = readObject(block?.loginType, 'LoginType');
  if (value === undefined) return undefined;
  return { sso: value.sso === true, workEmail: value.workEmail === true };
};

const readEnterprise = (value: JsonValue | undefined): JsonObject | undefined => {
  const block = readObject(value, 'EnterpriseUser');
  for (const name of enterpriseTexts) {
    const text = block?.[name];
    if (text !== undefined && text !== null && typeof text !== 'string') throw invalidField(name);
  }
  return block;
};

/** Checks the types of everything that Zoom knows; what it does not know is dropped without a word. */
export const readUserBody = (body: JsonObject, settings: ZoomSettings): UserBody => {
  const name = readObject(body.name, 'Name');
  const active = readBoolean(body.active, settings.textBooleans === 'accept');
  if (active === null && body.active !== undefined && body.active !== null) throw invalidField('Active');
  return {
    userName: readPlainText(body.userName, 'UserName'),
    active: active ?? undefined,
    givenName: readText(name?.givenName, 'GivenName', settings, settings.maxNameLength),
    familyName: readText(name?.familyName, 'FamilyName', settings, settings.maxNameLength),
    displayName: readText(body.displayName, 'DisplayName', settings),
    email: readEmail(body.emails),
    userType: readPlainText(body.userType, 'UserType'),
    title: readText(body.title, 'Title', settings, settings.maxTitleLength),
    locale: readText(body.locale, 'Locale', settings),
    phoneNumbers: readPhones(body.phoneNumbers),
    role: readRole(body.roles),
    loginType: readLoginType(readObject(body[urns.zoomLogin], 'ZoomUser')),
    enterprise: readEnterprise(body[urns.enterprise]),
    extension: readObject(body[urns.zoomExtension], 'ZoomExtension'),
  };
};
