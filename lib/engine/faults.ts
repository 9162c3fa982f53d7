import type { MappingFault } from '../mapping/compiled.js';
import type { Fault } from './model.js';

/** An attribute mapping gave an error for this object. */
export const mappingFailed = (fault: MappingFault): Fault => ({
  code: 'AttributeMappingFailed',
  message: `The mapping of ${fault.path} failed: ${fault.code}: ${fault.message}`,
  recommendedAction: `Correct the source value or the expression of ${fault.path}.`,
  whose: 'object',
  retry: 'onChange',
});

/** Several accounts match one object (Microsoft's code). */
export const ambiguousMatch = (hits: number): Fault => ({
  code: 'DuplicateTargetEntries',
  message: `${hits} objects in Zoom match this one.`,
  recommendedAction: 'Remove the duplicates in Zoom or match on another attribute.',
  whose: 'object',
  retry: 'nextCycle',
});

/** Another source object owns the account (Microsoft's code). */
export const ownedByAnother = (otherSourceId: string): Fault => ({
  code: 'DuplicateSourceEntries',
  message: `The matching object in Zoom belongs to the source object ${otherSourceId}, which is in scope.`,
  recommendedAction:
    'Give the two different matching values (user names, names of groups), or take one of them out of scope.',
  whose: 'object',
  retry: 'nextCycle',
});

/** Zoom answered a disabling with success and left the account active: SCIM cannot disable administrators. */
export const notDeactivatable: Fault = {
  code: 'AdminNotDeactivatable',
  message: 'Zoom answered the disabling with success but the account is still active.',
  recommendedAction: 'An administrator of the Zoom account must take the role away or deactivate the user in Zoom.',
  whose: 'object',
  retry: 'nextCycle',
};

/** Zoom answered with success and gave another licence than was asked for (the code that a refusal has, too). */
export const licenceNotGiven: Fault = {
  code: 'LicenseLimitExceeded',
  message: 'Zoom answered with success but gave another licence than the user’s role asks for.',
  recommendedAction:
    'Buy or free licences in Zoom, or assign the user a role with another licence; it is asked for again by itself.',
  whose: 'object',
  retry: 'nextCycle',
};

/** Zoom answered the enabling with success and left the account inactive. */
export const notActivated: Fault = {
  code: 'AccountNotActivated',
  message: 'Zoom answered the enabling with success but the account is still inactive.',
  recommendedAction: 'Activate the user in Zoom, or look there for what keeps the account inactive.',
  whose: 'object',
  retry: 'nextCycle',
};

/** The assignment list came back empty although assignments are stored. */
export const ingestionInterrupted: Fault = {
  code: 'IngestionInterrupted',
  message: 'The list of assignments came back empty although users or groups were assigned before.',
  recommendedAction:
    'Check the assignments of the enterprise application. If nobody is meant to be assigned, restart the job with resetScope ForceDeletes.',
  whose: 'job',
  retry: 'nextCycle',
};

/** Slices ended in unexpected errors at one checkpoint, again and again. */
export const cycleStalled = (phase: string): Fault => ({
  code: 'CycleStalled',
  message: `Five slices in a row ended in an unexpected error in the phase ${phase}.`,
  recommendedAction:
    'Look for the errors of the function cycle in the log and report them; the next cycle tries again.',
  whose: 'job',
  retry: 'nextCycle',
});

/** Anything unexpected becomes a fault of ours: an object's text never reaches it, only the error's class. */
export const unexpectedFault = (error: unknown): Fault => ({
  code: 'InternalError',
  message: `An unexpected ${error instanceof Error ? error.name : 'value'} was thrown.`,
  recommendedAction: 'Nothing: it is tried again. If it stays, report it with the change id of the log record.',
  whose: 'us',
  retry: 'nextCycle',
});

/** A call on demand was not done in the time that an answer may take. */
export const demandTimedOut: Fault = {
  code: 'Timeout',
  message: 'Provisioning on demand was not done in the time that an answer may take.',
  recommendedAction: 'Look at the provisioning log and call again; what was left undone the next cycle does.',
  whose: 'target',
  retry: 'nextCycle',
};

/** A stream goes round in circles of several pages. */
export const endlessRound: Fault = {
  code: 'DeltaLoop',
  message: 'The pages of a change stream go round in a circle, so its round would never end.',
  recommendedAction:
    'Nothing: the next cycle begins the stream anew. If it stays, report it to Microsoft with the time.',
  whose: 'source',
  retry: 'nextCycle',
};

/** So does a list. */
export const endlessList: Fault = {
  code: 'ListLoop',
  message: 'The pages of a list go round in a circle, so it would never end.',
  recommendedAction: 'Nothing: the next cycle reads the list anew. If it stays, report it to Microsoft with the time.',
  whose: 'source',
  retry: 'nextCycle',
};

/** Enumerations of one stream were refused in their middle, again and again. */
export const restartsInVain: Fault = {
  code: 'DeltaRestartsInVain',
  message: 'A change stream was begun anew several times, and its links were refused each time.',
  recommendedAction: 'Nothing: the next cycle begins it anew. If it stays, report it to Microsoft with the time.',
  whose: 'source',
  retry: 'nextCycle',
};
