import type { Clock } from '../../clock.js';

/** A token is replaced this long before it expires, or at half its life where that is shorter. */
const renewBeforeMs = 60_000;

/** How long a token that lives `lifeMs` is given out. */
export const usableMs = (lifeMs: number): number => lifeMs - Math.min(renewBeforeMs, lifeMs / 2);

/** One access token in memory, for as long as it may be given out. */
export interface HeldToken {
  get(): string | null;
  hold(token: string, forMs: number): void;
  /** Only this one: it may have been replaced meanwhile. */
  drop(token: string): void;
}

export const createHeldToken = (clock: Clock): HeldToken => {
  let held: { readonly token: string; readonly untilMs: number } | null = null;
  return {
    get: () => (held !== null && clock.monotonicMs() < held.untilMs ? held.token : null),
    hold: (token, forMs) => {
      held = { token, untilMs: clock.monotonicMs() + forMs };
    },
    drop: (token) => {
      if (held?.token === token) {
        held = null;
      }
    },
  };
};
