import type { Fault } from '../model.js';

const base = { whose: 'object', retry: 'nextCycle' } as const;

/** As Zoom answers a name or an e-mail that another account has. */
export const nameTaken: Fault = {
  ...base,
  code: 'EntryConflict',
  message: 'Zoom would refuse the write: another account has this user name or e-mail.',
  recommendedAction: 'Give the user another address, or free the one that the other account holds.',
};

/** As Zoom answers an id that it does not know. */
export const accountGone: Fault = {
  ...base,
  code: 'InvalidAnchor',
  message: 'Zoom no longer has the linked account.',
  recommendedAction: 'Nothing needs to be done: the user is matched anew.',
};

/** As Zoom answers the name of a group that is there. */
export const groupNameTaken: Fault = {
  ...base,
  code: 'EntryConflict',
  message: 'Zoom would refuse the write: another group has this name.',
  recommendedAction: 'Give one of the two groups another name.',
};

/** As Zoom answers the id of a group that it does not know. */
export const groupGone: Fault = {
  ...base,
  code: 'InvalidAnchor',
  message: 'Zoom no longer has the linked group.',
  recommendedAction: 'Nothing needs to be done: the group is matched anew.',
};

/** As Zoom answers the id of an open invitation. */
export const notBelonging: Fault = {
  ...base,
  code: 'PendingOrForeign',
  message: 'The account does not belong to this Zoom account, or its invitation is open.',
  recommendedAction: 'Ask the person to accept the invitation.',
};

/** The queue gave the preview's message up. */
export const previewGivenUp: Fault = {
  code: 'PreviewGivenUp',
  message: 'A slice of the preview failed five times.',
  recommendedAction: 'Look for the error in the log of the app, then ask for a new preview.',
  whose: 'us',
  retry: 'nextCycle',
};
