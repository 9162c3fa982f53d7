import type { Fault } from '../engine/model.js';

/** What a fault code means to an operator, and what becomes of the work. */
export interface Advice {
  readonly message: string;
  readonly recommendedAction: string;
  readonly whose: Fault['whose'];
  readonly retry: 'nextCycle' | 'onChange';
}

/** Faults of the SCIM service by code. Codes that Microsoft's provisioning has are used where they fit. */
export const scimAdvice = {
  SingleSignOnDisabled: {
    message: 'Zoom answers that the account has not enabled single sign-on, which its SCIM service requires.',
    recommendedAction:
      'Enable single sign-on in the Zoom account (Advanced, Single Sign-On) and check that its vanity URL is approved; then run the job again.',
    whose: 'job',
    retry: 'nextCycle',
  },
  ScopeMissing: {
    message: 'The Zoom app’s token does not carry the scope that SCIM needs.',
    recommendedAction:
      'Add the scope scim2:admin (classic apps: scim2) to the Zoom app, activate or authorise it again, then run the job again.',
    whose: 'job',
    retry: 'nextCycle',
  },
  Unauthorized: {
    message: 'Zoom did not accept the access token, nor a new one where one could be had.',
    recommendedAction:
      'Check the Zoom app’s credentials (ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET, or the bearer token) and that the app is active in the Marketplace.',
    whose: 'job',
    retry: 'nextCycle',
  },
  InsufficientRights: {
    message: 'Zoom refused the request because the app’s owner lacks a right.',
    recommendedAction:
      'Give the Zoom role of the admin who owns or authorised the app the rights to view and edit users and groups.',
    whose: 'job',
    retry: 'nextCycle',
  },
  NotPermitted: {
    message: 'Zoom does not permit this change to this account.',
    recommendedAction:
      'Check the user’s role in Zoom: owners and admins cannot be changed through SCIM. Change it in Zoom, or take the user out of scope.',
    whose: 'object',
    retry: 'nextCycle',
  },
  AdminNotDeactivatable: {
    message: 'Zoom does not deactivate or delete owners and admins through SCIM.',
    recommendedAction: 'In Zoom, change the user’s role to Member, or deactivate the account by hand.',
    whose: 'object',
    retry: 'nextCycle',
  },
  PendingOrForeign: {
    message:
      'Zoom answers that the user does not exist or does not belong to this account: an invitation is open, or the e-mail address is used in another Zoom account.',
    recommendedAction:
      'Let the person accept the invitation, add the e-mail domain to the account’s associated domains, or have the other Zoom account consolidated.',
    whose: 'object',
    retry: 'nextCycle',
  },
  EntryConflict: {
    message: 'Zoom already has an account with this user name or e-mail address.',
    recommendedAction:
      'Correct the value, or the matching attribute so that the account is found and taken over; an account in another Zoom tenant must be released first.',
    whose: 'object',
    retry: 'nextCycle',
  },
  LicenseLimitExceeded: {
    message: 'The Zoom account has no free licence of the kind asked for.',
    recommendedAction: 'Buy or free licences in Zoom, or assign the user a role with another licence.',
    whose: 'object',
    retry: 'nextCycle',
  },
  BasicUserLimit: {
    message: 'The Zoom account has reached its limit of Basic users.',
    recommendedAction: 'Remove Basic users in Zoom, narrow the job’s scope, or ask Zoom to raise the limit (9,999).',
    whose: 'object',
    retry: 'nextCycle',
  },
  DomainNotManaged: {
    message: 'The e-mail address is in a domain that the Zoom account does not manage.',
    recommendedAction: 'Verify the domain in Zoom (Account Profile, Associated Domains), or change the address.',
    whose: 'object',
    retry: 'nextCycle',
  },
  InvalidValue: {
    message: 'Zoom does not accept a value of this user.',
    recommendedAction: 'Correct the source attribute or its mapping.',
    whose: 'object',
    retry: 'onChange',
  },
  NoTarget: {
    message: 'The account holds nothing at a path of the update.',
    recommendedAction: 'Check that the mapping’s target path is one that the service knows.',
    whose: 'object',
    retry: 'onChange',
  },
  RequestRefused: {
    message: 'Zoom refused the request without a reason that is known here.',
    recommendedAction: 'Read what Zoom said; correct the user’s values or the mapping.',
    whose: 'object',
    retry: 'onChange',
  },
  UnprocessableEntity: {
    message: 'Zoom could not process the request.',
    recommendedAction: 'Correct the user’s values or the mapping.',
    whose: 'object',
    retry: 'onChange',
  },
  FilterNotSupported: {
    message: 'Zoom cannot search by the matching attribute.',
    recommendedAction: 'Let the mapping match by userName only.',
    whose: 'job',
    retry: 'nextCycle',
  },
  FilterRefused: {
    message: 'The service does not accept the search for the user’s matching value.',
    recommendedAction: 'Match by another attribute, or by an expression without quotes and other special characters.',
    whose: 'object',
    retry: 'onChange',
  },
  MalformedRequest: {
    message: 'Zoom could not read the request.',
    recommendedAction: 'Report this as a defect; check that ZOOM_DIALECT fits the service.',
    whose: 'us',
    retry: 'onChange',
  },
  RequestTooLarge: {
    message: 'The request is larger than Zoom accepts.',
    recommendedAction: 'Report this as a defect, naming the object.',
    whose: 'us',
    retry: 'onChange',
  },
  GroupNameInvalid: {
    message: 'Zoom does not accept the group’s name, or has a group of that name already.',
    recommendedAction: 'Rename the group in Entra or in Zoom.',
    whose: 'object',
    retry: 'onChange',
  },
  MemberRemovalUnsupported: {
    message:
      'Zoom takes neither form of removing a member from a group without losing others, as far as could be seen.',
    recommendedAction:
      'Find out which form the service takes, and set ZOOM_MEMBER_REMOVAL to filter or value; until then members stay in the group.',
    whose: 'target',
    retry: 'nextCycle',
  },
  DefaultGroupUndeletable: {
    message: 'Zoom does not delete the account’s default group.',
    recommendedAction: 'Make another group the default in Zoom, or take this one out of scope.',
    whose: 'object',
    retry: 'nextCycle',
  },
  InvalidAnchor: {
    message: 'The linked Zoom object no longer exists.',
    recommendedAction: 'None: it is matched anew, and created if there is none.',
    whose: 'object',
    retry: 'nextCycle',
  },
  EndpointNotFound: {
    message: 'The address of the SCIM service answers 404.',
    recommendedAction: 'Check ZOOM_SCIM_ENDPOINT; Zoom’s own is https://api.zoom.us/scim2.',
    whose: 'job',
    retry: 'nextCycle',
  },
  MethodNotAllowed: {
    message: 'The SCIM service does not know this kind of request.',
    recommendedAction: 'Check that ZOOM_SCIM_ENDPOINT and ZOOM_DIALECT belong together.',
    whose: 'job',
    retry: 'nextCycle',
  },
  NotImplemented: {
    message: 'The SCIM service has not implemented this kind of request.',
    recommendedAction: 'Check that ZOOM_SCIM_ENDPOINT and ZOOM_DIALECT belong together.',
    whose: 'job',
    retry: 'nextCycle',
  },
  RedirectRefused: {
    message: 'The SCIM service answered with a redirect, which is never followed.',
    recommendedAction: 'Enter the final address as ZOOM_SCIM_ENDPOINT or ZOOM_OAUTH_ENDPOINT.',
    whose: 'job',
    retry: 'nextCycle',
  },
  ForeignOrigin: {
    message: 'A request would have left the configured hosts; it was not sent.',
    recommendedAction: 'Check ZOOM_SCIM_ENDPOINT and ZOOM_OAUTH_ENDPOINT.',
    whose: 'job',
    retry: 'nextCycle',
  },
  TooManyRequests: {
    message: 'Zoom takes no further requests for now.',
    recommendedAction: 'None: it is tried again. The limits are shared with every other app on the Zoom account.',
    whose: 'target',
    retry: 'nextCycle',
  },
  InternalServerError: {
    message: 'Zoom met an unexpected error.',
    recommendedAction: 'None: it is tried again. If it lasts, see status.zoom.us or ask Zoom’s support.',
    whose: 'target',
    retry: 'nextCycle',
  },
  ServiceUnavailable: {
    message: 'Zoom is not available.',
    recommendedAction: 'None: it is tried again. If it lasts, see status.zoom.us.',
    whose: 'target',
    retry: 'nextCycle',
  },
  Timeout: {
    message: 'Zoom did not answer in time.',
    recommendedAction: 'None: it is tried again.',
    whose: 'target',
    retry: 'nextCycle',
  },
  WebExceptionProtocolError: {
    message: 'The connection to Zoom failed or broke off.',
    recommendedAction: 'None: it is tried again. If it lasts, check the network between this app and Zoom.',
    whose: 'target',
    retry: 'nextCycle',
  },
  SystemForCrossDomainIdentityManagementServiceIncompatible: {
    message: 'Zoom’s answer cannot be read as SCIM.',
    recommendedAction: 'Check ZOOM_SCIM_ENDPOINT and what stands between this app and Zoom; if it lasts, ask Zoom.',
    whose: 'target',
    retry: 'nextCycle',
  },
  TargetAnswerWithoutId: {
    message: 'Zoom said that it created the account but gave no usable id.',
    recommendedAction: 'None: the account is looked up by its user name before anything is sent again.',
    whose: 'target',
    retry: 'nextCycle',
  },
  UnusableTargetId: {
    message: 'The stored id of the Zoom object cannot stand in an address.',
    recommendedAction: 'Restart the job so that the object is matched anew.',
    whose: 'us',
    retry: 'nextCycle',
  },
  InternalError: {
    message: 'An unexpected error happened here while a request to Zoom was prepared or its answer read.',
    recommendedAction: 'Report this as a defect, with the code of its cause in the log.',
    whose: 'us',
    retry: 'nextCycle',
  },
} as const satisfies Readonly<Record<string, Advice>>;

export type ScimFaultCode = keyof typeof scimAdvice;
