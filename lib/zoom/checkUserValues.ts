import type { Fault, Values } from '../engine/model.js';

/** An address Zoom can take: one `@`, a domain with a dot, no white space (Zoom, create a user: userName is an e-mail). */
const mailAddress = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** What a user must have before anything is sent: Zoom takes e-mail addresses only for userName. */
export const checkUserValues = (values: Values): Fault | null => {
  const { userName } = values;
  if (userName === undefined || (typeof userName === 'string' && mailAddress.test(userName))) return null;
  return {
    code: 'InvalidUserName',
    message: 'The value of userName is no e-mail address, and Zoom takes nothing else.',
    recommendedAction: 'Map mail to userName, or give the user a userPrincipalName that is an e-mail address.',
    whose: 'object',
    retry: 'onChange',
  };
};
