import { FaultError } from '../engine/model.js';

/** Storage did not do what was asked of it; `outcomeUnknown`: a write of which no answer came. */
export const stateUnavailable = (what: string, cause: unknown, outcomeUnknown: boolean): FaultError =>
  new FaultError(
    {
      code: 'StateUnavailable',
      message: what,
      recommendedAction:
        "Check that the storage account is reachable and that the app's identity may write its tables.",
      whose: 'us',
      retry: 'nextCycle',
      ...(outcomeUnknown ? { outcomeUnknown } : {}),
    },
    { cause },
  );

/** A stored row that this version cannot read. Names where it stands, never what is in it. */
export const rowUnreadable = (table: string, rowKey: string, column: string, detail: string): FaultError =>
  new FaultError({
    code: 'StateRowUnreadable',
    message: `Table ${table}, row ${rowKey}, column ${column}: ${detail}`,
    recommendedAction:
      'The row was changed by hand or by a newer version. Restore it, or delete it and restart the job.',
    whose: 'us',
    retry: 'onChange',
  });

/** More than Table Storage takes in one value, row or transaction. */
export const limitExceeded = (where: string, detail: string): FaultError =>
  new FaultError({
    code: 'StateLimitExceeded',
    message: `${where}: ${detail}`,
    recommendedAction: 'Table Storage cannot hold this object. Reduce its memberships, or report a defect.',
    whose: 'object',
    retry: 'onChange',
  });

/** Others kept changing the row for as long as we tried. */
export const rowContended = (table: string, rowKey: string): FaultError =>
  new FaultError({
    code: 'StateRowContended',
    message: `Table ${table}, row ${rowKey}: another worker changed the row at every attempt to write it.`,
    recommendedAction: 'Nothing was lost; the next cycle writes it. If it lasts, look for a second deployment.',
    whose: 'us',
    retry: 'nextCycle',
  });

/** What a caller must have made sure of did not hold. */
export const stateDefect = (message: string): FaultError =>
  new FaultError({
    code: 'StateDefect',
    message,
    recommendedAction: 'Report it as a defect, with the log of this cycle.',
    whose: 'us',
    retry: 'nextCycle',
  });
