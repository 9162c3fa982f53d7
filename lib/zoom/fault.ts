import type { Fault, RequestTrace } from '../engine/model.js';
import type { Advice } from './advice.js';

/** What a fault has beside its code's advice. */
export interface FaultFacts {
  readonly request?: RequestTrace | undefined;
  /** The wait that the service asked for ends here, in milliseconds since 1970. */
  readonly retryAtMs?: number | null | undefined;
  readonly outcomeUnknown?: boolean | undefined;
  /** Words to add to the message; they must be fit to be shown. */
  readonly said?: string | undefined;
}

/** A fault with the advice of its code; `retry` is `at` where an instant is known. */
export const makeFault = (code: string, advice: Advice, facts: FaultFacts = {}): Fault => {
  const { request, retryAtMs, outcomeUnknown, said } = facts;
  const isDated = retryAtMs !== null && retryAtMs !== undefined;
  return {
    code,
    message: said === undefined || said === '' ? advice.message : `${advice.message} ${said}`,
    recommendedAction: advice.recommendedAction,
    whose: advice.whose,
    retry: isDated ? 'at' : advice.retry,
    ...(isDated ? { retryAt: new Date(retryAtMs).toISOString() } : {}),
    ...(outcomeUnknown === true ? { outcomeUnknown } : {}),
    ...(request === undefined ? {} : { request }),
  };
};
