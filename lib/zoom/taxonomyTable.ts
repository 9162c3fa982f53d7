import type { ScimFaultCode } from './advice.js';
import type { Operation } from './answer.js';

/** What an error answer means for the object: `conflict`, `gone` and `notBelonging` are as the port's results have them. */
export type Meaning = 'fault' | 'conflict' | 'gone' | 'notBelonging';

/** One kind of error answer. A row fits where status and operation fit and, if it names any signs, one of them does. */
export interface TaxonomyRow {
  readonly code: ScimFaultCode;
  readonly meaning: Meaning;
  readonly statuses: readonly number[];
  readonly operations?: readonly Operation[];
  /** Signs: words of the text, Zoom's own numbers, RFC 7644's scimTypes. */
  readonly text?: RegExp;
  readonly codes?: readonly number[];
  readonly scimTypes?: readonly string[];
  /** Only where the body is a JSON object, so that a proxy's page does not count. */
  readonly structured?: true;
  /** A part of the text that is Zoom's own word and no one's value, to be shown. */
  readonly quote?: RegExp;
}

const onAccount = ['read', 'update', 'setActive', 'delete'] as const;
const writesToAccount = ['update', 'setActive', 'delete'] as const;

const throttled =
  /rate.?limit|too many requests|throttl|maximum (per-second|per-minute|daily)|too many concurrent requests|disassociate this user/i;
const noSeat =
  /(?=.*\b(licen[cs]es?|seats?)\b)(?=.*\b(no|not|enough|insufficient|exceed\w*|limit|max(imum)?|unavailable|available|remaining|used up|out of)\b)/is;
const basicLimit =
  /9,?999|\bbasic (users?|licen[cs]es?)\b.{0,60}\b(limit|maximum|exceed\w*|reached)|\b(limit|maximum|exceed\w*)\b.{0,60}\bbasic\b/is;
const taken = /already (exists?|in (the|your|this) account|in use|used|taken|registered|belongs?)/i;
const lacksRight = /insufficient permissions?|does not have (the )?permission/i;
const adminHeld =
  /only members can be|\b(owner|admin(istrator)?)s?\b.*\b(deactivat|delet|remov|disabl)|\b(deactivat|delet|remov|disabl)\w*.*\b(owner|admin)/is;

/** Zoom's error answers and, for other servers, RFC 7644's. The first row that fits counts; the last ones are by status. */
export const taxonomyTable: readonly TaxonomyRow[] = [
  { code: 'SingleSignOnDisabled', meaning: 'fault', statuses: [400, 403], text: /not enabled single sign-?on/i },
  {
    code: 'PendingOrForeign',
    meaning: 'notBelonging',
    statuses: [400, 404],
    text: /not exist or (does )?not belong to this account/i,
  },
  { code: 'ScopeMissing', meaning: 'fault', statuses: [400, 401, 403], text: /\bscopes?\b/i, codes: [4700, 4711] },
  {
    code: 'Unauthorized',
    meaning: 'fault',
    statuses: [400],
    text: /\bunparsable\b|invalid access token/i,
    codes: [124],
  },
  { code: 'Unauthorized', meaning: 'fault', statuses: [401] },
  { code: 'TooManyRequests', meaning: 'fault', statuses: [429] },
  { code: 'TooManyRequests', meaning: 'fault', statuses: [400, 403, 500, 502, 503], text: throttled },
  {
    code: 'InsufficientRights',
    meaning: 'fault',
    statuses: [400, 403],
    text: lacksRight,
    quote: /"(User|Group|Account|Role):(Edit|Read)"/,
  },
  { code: 'BasicUserLimit', meaning: 'fault', statuses: [400, 403, 409], text: basicLimit },
  { code: 'LicenseLimitExceeded', meaning: 'fault', statuses: [400, 403, 409], text: noSeat },
  {
    code: 'EntryConflict',
    meaning: 'conflict',
    statuses: [400],
    text: taken,
    codes: [1005],
    scimTypes: ['uniqueness'],
  },
  { code: 'EntryConflict', meaning: 'conflict', statuses: [409] },
  {
    code: 'DomainNotManaged',
    meaning: 'fault',
    statuses: [400, 403],
    text: /domain name (doesn.?t|does not) match|\bdomain\b.{0,60}\bnot (managed|associated|verified|approved)/is,
  },
  {
    code: 'AdminNotDeactivatable',
    meaning: 'fault',
    statuses: [400, 403],
    operations: ['setActive', 'delete'],
    text: adminHeld,
  },
  {
    code: 'FilterNotSupported',
    meaning: 'fault',
    statuses: [400],
    text: /filter does not support the filter name/i,
  },
  { code: 'FilterRefused', meaning: 'fault', statuses: [400], scimTypes: ['invalidFilter'] },
  {
    code: 'NoTarget',
    meaning: 'fault',
    statuses: [400],
    scimTypes: ['noTarget'],
  },
  {
    code: 'MalformedRequest',
    meaning: 'fault',
    statuses: [400],
    text: /valid active field|must be in JSON format|request JSON must not be empty/i,
    scimTypes: ['invalidSyntax', 'invalidPath', 'invalidVers'],
  },
  {
    code: 'GroupNameInvalid',
    meaning: 'fault',
    statuses: [400],
    text: /"DisplayName" of the request|create group failed/i,
  },
  { code: 'DefaultGroupUndeletable', meaning: 'fault', statuses: [400], text: /default group/i },
  { code: 'RequestTooLarge', meaning: 'fault', statuses: [413] },
  { code: 'RequestTooLarge', meaning: 'fault', statuses: [400], text: /too (large|long|big)\b.*|100,?000/i },
  {
    code: 'InvalidValue',
    meaning: 'fault',
    statuses: [400],
    text: /validation failed|invalid (field|value|parameter)|^The "[A-Za-z]+" of the request is invalid/i,
    codes: [300],
    scimTypes: ['invalidValue', 'mutability', 'tooMany'],
    quote: /^The "[A-Za-z]{1,40}" of the request is invalid/i,
  },
  { code: 'RequestRefused', meaning: 'fault', statuses: [400] },
  { code: 'NotPermitted', meaning: 'fault', statuses: [403], operations: writesToAccount },
  { code: 'InsufficientRights', meaning: 'fault', statuses: [403] },
  { code: 'InvalidAnchor', meaning: 'gone', statuses: [404], operations: onAccount, structured: true },
  { code: 'EndpointNotFound', meaning: 'fault', statuses: [404] },
  { code: 'MethodNotAllowed', meaning: 'fault', statuses: [405, 406, 415] },
  { code: 'Timeout', meaning: 'fault', statuses: [408, 504] },
  { code: 'UnprocessableEntity', meaning: 'fault', statuses: [422] },
  { code: 'InternalServerError', meaning: 'fault', statuses: [500] },
  { code: 'NotImplemented', meaning: 'fault', statuses: [501] },
  { code: 'ServiceUnavailable', meaning: 'fault', statuses: [502, 503] },
];
