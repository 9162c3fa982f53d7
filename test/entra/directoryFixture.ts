import { type Fault, FaultError } from '../../lib/engine/model.js';
import type { Directory } from '../../lib/engine/ports.js';
import { createDirectory, type DirectoryOptions } from '../../lib/entra/directory.js';
import type { RequestRecord } from '../../lib/http/trace.js';
import { createHeldClock, type HeldClock } from '../fakes/heldClock.js';
import { createScriptedSend, type Script, type ScriptedSend } from '../fakes/scriptedSend.js';

export const origin = 'https://graph.microsoft.com';
export const root = `${origin}/v1.0`;
export const servicePrincipalId = '5d0c1f52-8ab6-4f0c-9d6e-1d3a6d6c6f11';
export const timeoutMs = 100_000;
/** Never aborts. */
export const signal = new AbortController().signal;

export interface DirectoryFixture extends ScriptedSend {
  readonly directory: Directory;
  readonly clock: HeldClock;
  readonly records: readonly RequestRecord[];
}

/** A directory over scripted answers; waits are over at once, time-outs never come, back-off is at its longest. */
export const createFixture = (
  scripts: readonly Script[],
  options: Partial<DirectoryOptions> = {},
): DirectoryFixture => {
  const clock = createHeldClock({ passes: (delayMs) => delayMs !== timeoutMs });
  const scripted = createScriptedSend(scripts);
  const records: RequestRecord[] = [];
  const directory = createDirectory({
    endpoint: origin,
    servicePrincipalId,
    getToken: async () => 'token-1',
    send: scripted.send,
    clock,
    random: () => 0.999_999,
    newId: () => 'client-request-1',
    observe: (record) => records.push(record),
    timeoutMs,
    ...options,
  });
  return { ...scripted, directory, clock, records };
};

/** The waits before further attempts, without the time-outs that ran beside each. */
export const listWaits = ({ clock }: DirectoryFixture): readonly number[] =>
  clock.sleeps.filter((delayMs) => delayMs !== timeoutMs);

/** The fault that a read throws; anything else it does is an error. */
export const faultOf = async (read: Promise<unknown>): Promise<Fault> => {
  const outcome = await read.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome instanceof FaultError) {
    return outcome.fault;
  }
  throw new Error('expected a FaultError', { cause: outcome });
};

export const answerError = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  new Response(
    JSON.stringify({
      error: {
        code,
        message: 'about someone@contoso.com',
        innerError: { 'request-id': 'inner-1', date: '2026-11-23' },
      },
    }),
    { status, headers: { 'content-type': 'application/json', ...headers } },
  );
