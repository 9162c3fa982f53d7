import { RestError } from '@azure/data-tables';
import type { FaultError } from '../engine/model.js';
import { stateUnavailable } from './faults.js';
import type { TransactionResult } from './tables.js';

type Conflict = Extract<TransactionResult, { kind: 'conflict' }>;

export const statusOf = (error: unknown): number | null =>
  error instanceof RestError ? (error.statusCode ?? null) : null;

/** The service's code: in the error itself where a transaction failed, in the body elsewhere. */
const codeOf = (error: unknown): string | null => {
  if (!(error instanceof RestError)) return null;
  const details: unknown = error.details;
  const odataError: unknown = details instanceof Object ? Reflect.get(details, 'odataError') : undefined;
  const inBody: unknown = odataError instanceof Object ? Reflect.get(odataError, 'code') : undefined;
  return typeof inBody === 'string' ? inBody : (error.code ?? null);
};

export const isTableMissing = (error: unknown): boolean => codeOf(error) === 'TableNotFound';

const reasons: Readonly<Record<string, Conflict['reason']>> = {
  EntityAlreadyExists: 'exists',
  UpdateConditionNotSatisfied: 'stale',
  ResourceNotFound: 'missing',
  EntityNotFound: 'missing',
};

/** The conflict that ended a transaction, null for every other failure. The message begins with the write's index. */
export const conflictOf = (error: unknown): Conflict | null => {
  const code = codeOf(error);
  const reason = code === null ? undefined : reasons[code];
  if (reason === undefined || !(error instanceof RestError)) return null;
  return { kind: 'conflict', index: Number(/^(\d+):/.exec(error.message)?.[1] ?? 0), reason };
};

/** Any other failure. A write that ended without an answer, or with a server's error, may have been carried out. */
export const tableFault = (
  table: string,
  operation: 'read' | 'query' | 'write' | 'drop',
  error: unknown,
): FaultError => {
  const status = statusOf(error);
  const answer = status === null ? 'no answer' : `status ${status}`;
  const unknown = operation === 'write' && (status === null || status >= 500);
  return stateUnavailable(
    `Table ${table}: ${operation} got ${answer} (${codeOf(error) ?? 'no code'}).`,
    error,
    unknown,
  );
};
