import type { RemovalTrigger, SkipReason } from './model.js';

/** The gate that a trigger stands for. */
export const gateOf: Readonly<Record<RemovalTrigger, string>> = {
  unassigned: 'assignment',
  filteredOut: 'scopingFilter',
  blocked: 'accountEnabled',
  softDeleted: 'existence',
  hardDeleted: 'existence',
};

/** What an administrator can do about somebody who is out of scope, by the gate that did not let them pass. */
export const gateAdvice: Readonly<Record<RemovalTrigger, string>> = {
  unassigned:
    'Assign the user, or a group that the user is a direct member of, to the enterprise application if they are to have an account.',
  filteredOut: 'Correct the attribute’s value or the scoping filter if the user is to have an account.',
  blocked: 'Enable the user in Microsoft Entra ID if they are to have an account.',
  softDeleted: 'Restore the user in Microsoft Entra ID within 30 days if they are to have an account.',
  hardDeleted: 'None: the user is gone for good. A person created anew is provisioned as a new user.',
};

/** What an administrator can do about a skip, where no gate tells (Microsoft's skip reasons, and ours beside them). */
export const skipAdvice: Readonly<Record<SkipReason, string>> = {
  NotEffectivelyEntitled: 'None where the account is meant to be disabled; else correct the mapping of active.',
  RedundantExport: 'None: Zoom has been asked for all of this already.',
  ScopingFilter: gateAdvice.filteredOut,
  ImportSkipped: 'Give the source attribute a value, or match on another attribute.',
  RequiredAttributeMissing: 'Give the source attribute a value, or correct its mapping.',
  EntrySynchronizationSkipped:
    'None where this is meant; else change what the reason names: the removal policy, the mapping, its flow types or its input filter.',
  ScopeUnknown:
    'None: a list or stream of the source did not end complete, so nothing was taken away. The next cycle looks again.',
  NotVisibleYet: 'None: the directory does not show the object yet. The next cycle looks again.',
  PendingOrForeign:
    'Let the person accept Zoom’s invitation, add the e-mail domain to the account’s associated domains, or have the other Zoom account consolidated.',
  Invited:
    'Ask the person to accept Zoom’s invitation; in an associated domain accounts need none. It is looked at in every cycle.',
  GroupNotMapped:
    'None where only the members are to have accounts. A group in Zoom needs an enabled mapping of groups in the schema.',
};

/** What Zoom answered with success and did not do. */
export const unappliedAdvice = {
  downgraded:
    'Buy or free licences in Zoom, or assign a role with another licence; it is asked for again when the user changes or is enabled.',
  notApplied:
    'Change the value in Zoom by hand, or take it out of the mapping; it is asked for again when the user changes.',
} as const;
