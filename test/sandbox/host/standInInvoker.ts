import type { InvocationResponse } from '../../../lib/sandbox/host/coreTypes.js';
import type { InvocationInput, Invoker } from '../../../lib/sandbox/host/invoke.js';

export interface StandInInvoker extends Invoker {
  readonly inputs: readonly InvocationInput[];
  /** Ends the oldest run that is under way; rejects it where an error is given. */
  finish(error?: Error): Promise<void>;
}

/** Records what it is asked to run; each run lasts until `finish`, or is over at once with `endsAtOnce`. */
export function createStandInInvoker(endsAtOnce = false): StandInInvoker {
  const inputs: InvocationInput[] = [];
  const runs: { resolve: (response: InvocationResponse) => void; reject: (error: Error) => void }[] = [];
  return {
    inputs,
    invoke(_hosted, input) {
      inputs.push(input);
      if (endsAtOnce) return Promise.resolve({});
      return new Promise((resolve, reject) => runs.push({ resolve, reject }));
    },
    running: () => runs.length,
    idle: async () => undefined,
    async finish(error) {
      const run = runs.shift();
      if (run === undefined) throw new Error('No run is under way.');
      if (error === undefined) run.resolve({});
      else run.reject(error);
      await settled();
    },
  };
}

/** Lets everything that is ready to go on go on. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
