import type { Clock } from '../../clock.js';
import type { TokenTurn, TokenTurns } from '../../engine/consent.js';
import { tokensBusy } from './consentFaults.js';
import { turnMs } from './consentOptions.js';

const pollMs = 1_000;
/** A person waits for it, and the platform ends an answer that takes longer than 230 s. */
const personWaitsMs = 60_000;

export interface TurnOptions {
  readonly turns: TokenTurns;
  readonly clock: Clock;
}

/**
 * Waits for the turn to change the tokens; a turn that its holder left behind runs out meanwhile. Null as soon as
 * `isDone` says that somebody else did what the turn was wanted for. Throws `TokensBusy`, or the signal's reason.
 */
export const waitForTurn = async (
  { turns, clock }: TurnOptions,
  isDone: () => Promise<boolean>,
  signal: AbortSignal,
  mostWaitMs = 2 * turnMs,
): Promise<TokenTurn | null> => {
  const giveUpMs = clock.monotonicMs() + mostWaitMs;
  for (;;) {
    signal.throwIfAborted();
    const turn = await turns.take(turnMs);
    if (turn !== null) return turn;
    if (await isDone()) return null;
    if (clock.monotonicMs() >= giveUpMs) throw tokensBusy();
    await clock.sleep(pollMs, signal);
  }
};

/** Runs with the turn for somebody who waits; it is given back whatever happens. Throws `TokensBusy`. */
export const inTurn = async <Result>(
  options: TurnOptions,
  signal: AbortSignal,
  run: () => Promise<Result>,
): Promise<Result> => {
  const turn = await waitForTurn(options, async () => false, signal, personWaitsMs);
  if (turn === null) throw tokensBusy();
  try {
    return await run();
  } finally {
    await turn.release();
  }
};
