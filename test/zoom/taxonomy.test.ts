import { scimAdvice } from '../../lib/zoom/advice.js';
import type { Operation, ScimAnswer } from '../../lib/zoom/answer.js';
import { classifyAnswer } from '../../lib/zoom/taxonomy.js';
import { taxonomyTable } from '../../lib/zoom/taxonomyTable.js';
import { scimAnswer, textAnswer } from '../fakes/scimAnswer.js';

const scim = (status: number, detail: string) =>
  scimAnswer(status, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail, status });
const gateway = (status: number, code: number, message: string) => scimAnswer(status, { code, message });

const perSecond = 'You have reached the maximum per-second rate limit for this API. Try again later.';
const daily = 'You have reached the maximum daily rate limit for this API. Refer to the response header for details.';
const lock = 'Too many concurrent requests. A request to disassociate this user has already been made.';
const notBelonging = 'User a@b.example not exist or not belong to this account.';
const right = 'The request was denied due to insufficient permissions: "User:Edit"';

const cases: readonly [string, ScimAnswer, Operation, string, string][] = [
  ['single sign-on off', scim(400, 'Account has not enabled Single Sign-On.'), 'read', 'SingleSignOnDisabled', 'fault'],
  [
    'a PATCH without active',
    scim(400, 'The request json did not contains valid active field.'),
    'setActive',
    'MalformedRequest',
    'fault',
  ],
  ['pending or foreign with 400', scim(400, notBelonging), 'find', 'PendingOrForeign', 'notBelonging'],
  ['pending or foreign with 404', scim(404, notBelonging), 'read', 'PendingOrForeign', 'notBelonging'],
  [
    'a body that is no JSON',
    scim(400, 'The request body must be in JSON format.'),
    'create',
    'MalformedRequest',
    'fault',
  ],
  ['an empty body', scim(400, 'The request JSON must not be empty.'), 'create', 'MalformedRequest', 'fault'],
  [
    'a bad group name',
    scim(400, 'The "DisplayName" of the request is invalid.'),
    'create',
    'GroupNameInvalid',
    'fault',
  ],
  ['a group that clashes', scim(400, 'Create group failed.'), 'create', 'GroupNameInvalid', 'fault'],
  [
    'the default group',
    scim(400, 'Cannot delete account default group.'),
    'delete',
    'DefaultGroupUndeletable',
    'fault',
  ],
  [
    'a filter that Zoom lacks',
    scim(400, 'The current filter does not support the filter name: title'),
    'find',
    'FilterNotSupported',
    'fault',
  ],
  ['an unmanaged domain', scim(400, "Domain name doesn't match the account's."), 'update', 'DomainNotManaged', 'fault'],
  [
    'no seat with 400',
    scim(400, 'No license is available in this account.'),
    'update',
    'LicenseLimitExceeded',
    'fault',
  ],
  ['no seat with 403', scim(403, 'You do not have enough licenses.'), 'create', 'LicenseLimitExceeded', 'fault'],
  ['no seat with 409', scim(409, 'Exceeded the maximum number of seats.'), 'update', 'LicenseLimitExceeded', 'fault'],
  [
    'too many Basic users',
    scim(400, 'The number of Basic users of this account has reached its limit.'),
    'create',
    'BasicUserLimit',
    'fault',
  ],
  [
    'too many Basic users with 403',
    scim(403, 'This account can have 9,999 users.'),
    'create',
    'BasicUserLimit',
    'fault',
  ],
  ['an expired token', gateway(401, 124, 'Invalid access token.'), 'read', 'Unauthorized', 'fault'],
  ['an expired token with 400', gateway(400, 124, 'Invalid access token.'), 'read', 'Unauthorized', 'fault'],
  ['an unparsable request', scim(400, 'Request is unparsable'), 'read', 'Unauthorized', 'fault'],
  [
    'a scope missing, 4700',
    gateway(400, 4700, 'Invalid access token, does not contain scopes:[scim2].'),
    'read',
    'ScopeMissing',
    'fault',
  ],
  [
    'a scope missing, 4711',
    gateway(401, 4711, 'Invalid access token, does not contain scopes:[scim2].'),
    'read',
    'ScopeMissing',
    'fault',
  ],
  ['a right that lacks', scim(403, right), 'update', 'InsufficientRights', 'fault'],
  ['403 on a read without a known text', scim(403, 'Forbidden'), 'list', 'InsufficientRights', 'fault'],
  ['403 on one user without a known text', scim(403, 'Forbidden'), 'update', 'NotPermitted', 'fault'],
  [
    'an admin to deactivate',
    scim(400, 'Only members can be deactivated.'),
    'setActive',
    'AdminNotDeactivatable',
    'fault',
  ],
  [
    'an admin to deactivate with 403',
    scim(403, 'An admin cannot be deactivated.'),
    'setActive',
    'AdminNotDeactivatable',
    'fault',
  ],
  ['an unknown id', scim(404, 'User does not exist: q.'), 'update', 'InvalidAnchor', 'gone'],
  ['an unknown group', scim(404, 'Group does not exist.'), 'delete', 'InvalidAnchor', 'gone'],
  ['a proxy’s 404', textAnswer(404, '<html>Not found</html>'), 'read', 'EndpointNotFound', 'fault'],
  ['an empty 404', textAnswer(404, ''), 'read', 'EndpointNotFound', 'fault'],
  ['a 404 to a list', scim(404, 'Not found.'), 'list', 'EndpointNotFound', 'fault'],
  ['a duplicate', scim(409, 'User already in the account: a@b.example'), 'create', 'EntryConflict', 'conflict'],
  ['a duplicate with 400', scim(400, 'The user already exists'), 'create', 'EntryConflict', 'conflict'],
  ['a duplicate by number', gateway(400, 1005, ''), 'create', 'EntryConflict', 'conflict'],
  ['a duplicate by scimType', scimAnswer(400, { scimType: 'uniqueness' }), 'create', 'EntryConflict', 'conflict'],
  ['a request too large', textAnswer(413, ''), 'update', 'RequestTooLarge', 'fault'],
  [
    'a request too large with 400',
    scim(400, 'The body is over 100000 characters.'),
    'update',
    'RequestTooLarge',
    'fault',
  ],
  ['a validation', gateway(400, 300, 'Validation Failed.'), 'update', 'InvalidValue', 'fault'],
  [
    'a value that is refused',
    scim(400, 'The "UserType" of the request is invalid.'),
    'update',
    'InvalidValue',
    'fault',
  ],
  ['a search it cannot read', scimAnswer(400, { scimType: 'invalidFilter' }), 'find', 'FilterRefused', 'fault'],
  ['a path that leads nowhere', scimAnswer(400, { scimType: 'noTarget' }), 'update', 'NoTarget', 'fault'],
  [
    'a value that is refused by scimType',
    scimAnswer(400, { scimType: 'invalidValue' }),
    'update',
    'InvalidValue',
    'fault',
  ],
  ['an unknown 400', scim(400, 'Something'), 'update', 'RequestRefused', 'fault'],
  ['the rate', gateway(429, 429, perSecond), 'read', 'TooManyRequests', 'fault'],
  ['the day', gateway(429, 429, daily), 'read', 'TooManyRequests', 'fault'],
  ['a lock', gateway(429, 429, lock), 'delete', 'TooManyRequests', 'fault'],
  ['429 in the SCIM shape', scim(429, perSecond), 'read', 'TooManyRequests', 'fault'],
  ['429 and nothing else', textAnswer(429, ''), 'read', 'TooManyRequests', 'fault'],
  ['throttling dressed as 503', textAnswer(503, 'API rate limit exceeded'), 'read', 'TooManyRequests', 'fault'],
  ['throttling dressed as 500', scim(500, 'Request was throttled'), 'read', 'TooManyRequests', 'fault'],
  ['500', scim(500, 'Internal server error.'), 'read', 'InternalServerError', 'fault'],
  ['501', textAnswer(501, ''), 'update', 'NotImplemented', 'fault'],
  ['502 with a page', textAnswer(502, '<html><h1>502 Bad Gateway</h1></html>'), 'read', 'ServiceUnavailable', 'fault'],
  ['503', textAnswer(503, ''), 'read', 'ServiceUnavailable', 'fault'],
  ['504', textAnswer(504, ''), 'read', 'Timeout', 'fault'],
  ['408', textAnswer(408, ''), 'update', 'Timeout', 'fault'],
  ['405', textAnswer(405, ''), 'update', 'MethodNotAllowed', 'fault'],
  ['422', scim(422, 'No.'), 'update', 'UnprocessableEntity', 'fault'],
  ['a status that nobody knows, below 500', textAnswer(418, ''), 'update', 'RequestRefused', 'fault'],
  ['a status that nobody knows, from 500', textAnswer(520, ''), 'update', 'InternalServerError', 'fault'],
];

describe('classifyAnswer', () => {
  it.each(cases)('knows %s', (_, answer, operation, code, meaning) => {
    expect(classifyAnswer(answer, operation)).toMatchObject({ code, meaning });
  });

  it('has a case here for every row of its table', () => {
    const seen = new Set(cases.map(([, , , code, meaning]) => `${code} ${meaning}`));
    expect(taxonomyTable.filter(({ code, meaning }) => !seen.has(`${code} ${meaning}`))).toEqual([]);
  });

  it('reads detail before message before reason', () => {
    const both = scimAnswer(400, { detail: notBelonging, message: right, reason: right });
    expect(classifyAnswer(both, 'find').code).toBe('PendingOrForeign');
    const reason = scimAnswer(400, { reason: 'Account has not enabled Single Sign-On.' });
    expect(classifyAnswer(reason, 'find').code).toBe('SingleSignOnDisabled');
  });

  it('shows Zoom’s name of the right that lacks, and the fields that a validation names', () => {
    expect(classifyAnswer(scim(403, right), 'update').details).toEqual(['"User:Edit"']);
    const errors = [{ field: 'name.givenName' }, { field: 'jane@contoso.example' }, { field: 7 }, null];
    const validation = scimAnswer(400, { code: 300, message: 'Validation Failed.', errors });
    expect(classifyAnswer(validation, 'update').details).toEqual(['name.givenName']);
  });

  it('hands words over only where it does not know them', () => {
    expect(classifyAnswer(scim(400, notBelonging), 'find').unknownText).toBeNull();
    expect(classifyAnswer(scim(400, 'Something'), 'find').unknownText).toBe('Something');
  });

  it.each([null, 7, [], 'text', { detail: 5 }, { errors: 'x', code: {} }])('takes a body such as %j', (body) => {
    expect(classifyAnswer(scimAnswer(400, body), 'update').code).toBe('RequestRefused');
  });
});

describe('scimAdvice', () => {
  it.each(Object.entries(scimAdvice))('%s says what happened and what to do', (_, { message, recommendedAction }) => {
    expect(message).toMatch(/^[A-Z].{15,}\.$/);
    expect(recommendedAction).toMatch(/^[A-Z].{8,}\.$/);
  });
});
