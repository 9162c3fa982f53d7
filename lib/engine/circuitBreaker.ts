import { type Fault, FaultError } from './model.js';
import type { Target } from './ports.js';

/** So many failures of the target in a row, with no answer in between, and it is asked whether it is there at all. */
const failuresToAsk = 5;
/** It was there: the failures are those of the objects, and it is not asked again so soon. */
const failuresToAskAgain = 20;

/** Watches a target and, once it is down, answers in its place. */
export interface CircuitBreaker {
  /** What to ask instead of the target: it answers with the last fault, and sends nothing, while the circuit is open. */
  readonly target: Target;
  /** Why the circuit is open; null while it is closed. */
  openFault(): Fault | null;
}

/**
 * A target that is down is no fault of the job, and none of the objects. Several failures in a row alone do not prove it
 * (an update that the target answers with 500 fails for everybody); so the target is asked for a page of its accounts, and
 * only where that fails too is nothing more sent. `openFault`: open from the start, where an earlier slice found it down.
 */
export const createCircuitBreaker = (target: Target, openFault: Fault | null): CircuitBreaker => {
  let open = openFault;
  let failures = 0;
  let failuresLeft = failuresToAsk;
  let asking: Promise<void> | null = null;

  const learn = async (fault: Fault | null, signal: AbortSignal): Promise<void> => {
    if (!isOfTarget(fault)) {
      failures = 0;
      return;
    }
    failures += 1;
    if (failures < failuresLeft) return;
    asking ??= ask(signal).finally(() => {
      asking = null;
    });
    await asking;
  };

  const ask = async (signal: AbortSignal): Promise<void> => {
    try {
      await target.listUsers(1, signal);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      if (isOfTarget(error.fault)) open = error.fault;
    }
    failures = 0;
    failuresLeft = failuresToAskAgain;
  };

  const guard = async <Result extends { readonly kind: string }>(
    call: () => Promise<Result | FaultResult>,
    signal: AbortSignal,
  ): Promise<Result | FaultResult> => {
    if (open) return { kind: 'fault', fault: withoutOutcome(open) };
    const result = await call();
    await learn(isFaultResult(result) ? result.fault : null, signal);
    return result;
  };

  return {
    openFault: () => open,
    target: {
      checkUserValues: (values) => target.checkUserValues(values),
      findUser: (path, value, signal) => guard(() => target.findUser(path, value, signal), signal),
      readUser: (id, signal) => guard(() => target.readUser(id, signal), signal),
      createUser: (values, active, signal) => guard(() => target.createUser(values, active, signal), signal),
      updateUser: (id, values, signal) => guard(() => target.updateUser(id, values, signal), signal),
      setUserActive: (id, active, signal) => guard(() => target.setUserActive(id, active, signal), signal),
      deleteUser: (id, signal) => guard(() => target.deleteUser(id, signal), signal),
      groups: {
        findGroup: (name, signal) => guard(() => target.groups.findGroup(name, signal), signal),
        listGroups: async (startIndex, signal) => {
          if (open) throw new FaultError(withoutOutcome(open));
          return target.groups.listGroups(startIndex, signal);
        },
        readGroup: (id, signal) => guard(() => target.groups.readGroup(id, signal), signal),
        createGroup: (values, signal) => guard(() => target.groups.createGroup(values, signal), signal),
        updateGroup: (id, values, signal) => guard(() => target.groups.updateGroup(id, values, signal), signal),
        changeMembers: (id, change, signal) => guard(() => target.groups.changeMembers(id, change, signal), signal),
        deleteGroup: (id, signal) => guard(() => target.groups.deleteGroup(id, signal), signal),
      },
      listUsers: async (startIndex, signal) => {
        if (open) throw new FaultError(withoutOutcome(open));
        return target.listUsers(startIndex, signal);
      },
    },
  };
};

interface FaultResult {
  readonly kind: 'fault';
  readonly fault: Fault;
}

const isFaultResult = (result: { readonly kind: string }): result is FaultResult => result.kind === 'fault';

/** A wait that the target asks for is none: it is there. */
const isOfTarget = (fault: Fault | null): fault is Fault => fault?.whose === 'target' && fault.retry !== 'at';

/** Nothing was sent. */
const withoutOutcome = ({ outcomeUnknown: _unknown, ...fault }: Fault): Fault => fault;

/** The target is tried again so soon, then ever later. */
const firstRetryMs = 5 * 60_000;

/** When a job whose target is down tries again: soon, twice as long each time, and never later than it would anyway. */
export const retryOfDown = (timesDown: number, intervalMs: number): number =>
  Math.min(intervalMs, firstRetryMs * 2 ** Math.min(20, Math.max(0, timesDown - 1)));
