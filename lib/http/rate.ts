import { computeBackoffMs } from './backoff.js';

export interface RateLimits {
  /** Most requests a second, over a long time. */
  readonly ceilingPerSecond: number;
  /** Requests that may follow one another at once after a rest; at least 1. */
  readonly burst: number;
}

/** How fast one bucket may be drawn from now. Instants are monotonic milliseconds. */
export interface Rate {
  readonly limits: RateLimits;
  readonly perSecond: number;
  readonly tokens: number;
  readonly filledAtMs: number;
  readonly pausedUntilMs: number;
  readonly refusedAtMs: number;
  readonly raisedAtMs: number;
  /** Refusals since a request last went through; those of requests under way together count once. */
  readonly refusals: number;
}

export type Draw =
  | { readonly kind: 'go'; readonly rate: Rate }
  | { readonly kind: 'wait'; readonly rate: Rate; readonly delayMs: number };

/** What a refusal said. */
export interface Refusal {
  /** How long to send nothing; null where it did not say. */
  readonly pauseMs: number | null;
  /** Whether we came too fast, so that the pace must fall; a spent daily allowance says nothing about it. */
  readonly lowers: boolean;
}

/** What an answer said about our allowance. */
export interface Allowance {
  /** Requests a second that the service allows us; null where it did not say. */
  readonly perSecond: number | null;
  /** Nothing is left in the service's present window. */
  readonly isExhausted: boolean;
}

/** Older Zoom accounts are held to one request a second: below half of that nothing is won by going slower. */
const floorPerSecond = 0.5;
const loweringFactor = 0.75;
const raisingFactor = 1.05;
const raisingStepMs = 5_000;
/** Where the refusal names no pause. */
const unsaidPause = { baseMs: 1_000, maxMs: 60_000 };
/** Where it does: the least, since clocks that disagree make a pause look over when it is not. */
const leastPause = { baseMs: 100, maxMs: 10_000 };

export const startRate = (limits: RateLimits, nowMs: number): Rate => ({
  limits,
  perSecond: limits.ceilingPerSecond,
  tokens: limits.burst,
  filledAtMs: nowMs,
  pausedUntilMs: Number.NEGATIVE_INFINITY,
  refusedAtMs: Number.NEGATIVE_INFINITY,
  raisedAtMs: nowMs,
  refusals: 0,
});

/** Takes one token if there is one, else says when to ask again. */
export const drawToken = (rate: Rate, nowMs: number): Draw => {
  if (rate.pausedUntilMs > nowMs) {
    return { kind: 'wait', rate, delayMs: rate.pausedUntilMs - nowMs };
  }
  const filled = fill(raise(rate, nowMs), nowMs);
  if (filled.tokens >= 1) {
    return { kind: 'go', rate: { ...filled, tokens: filled.tokens - 1 } };
  }
  return { kind: 'wait', rate: filled, delayMs: ((1 - filled.tokens) / filled.perSecond) * 1_000 };
};

/**
 * The service refused: nothing is sent until the pause is over, and the pace falls by a quarter if it was too fast.
 * Refusals in a row lengthen the pause; one of a request that was sent before the last refusal adds nothing but its
 * own pause. No token gathers during a pause: it must not end in a burst.
 */
export const refuse = (
  rate: Rate,
  at: { readonly sentMs: number; readonly nowMs: number },
  refusal: Refusal,
  random: () => number,
): Rate => {
  const { sentMs, nowMs } = at;
  const isSameMoment = sentMs <= rate.refusedAtMs;
  const refusals = isSameMoment ? Math.max(1, rate.refusals) : rate.refusals + 1;
  const backoff = refusal.pauseMs === null ? unsaidPause : leastPause;
  const leastMs = isSameMoment ? 0 : computeBackoffMs(refusals, backoff, random);
  const pausedUntilMs = Math.max(rate.pausedUntilMs, nowMs + Math.max(refusal.pauseMs ?? 0, leastMs));
  const paused = { ...rate, refusals, pausedUntilMs, tokens: 0, filledAtMs: pausedUntilMs };
  if (isSameMoment) {
    return paused;
  }
  const lowered = Math.max(Math.min(floorPerSecond, rate.limits.ceilingPerSecond), rate.perSecond * loweringFactor);
  return { ...paused, refusedAtMs: nowMs, perSecond: refusal.lowers ? lowered : rate.perSecond };
};

/** A request went through. The service's own figure lowers the pace, never raises it. */
export const acknowledge = (rate: Rate, sentMs: number, { perSecond, isExhausted }: Allowance): Rate => ({
  ...rate,
  // One that was under way when another was refused does not show that the refusals are over.
  refusals: sentMs > rate.refusedAtMs ? 0 : rate.refusals,
  perSecond: perSecond === null ? rate.perSecond : Math.min(rate.perSecond, Math.max(floorPerSecond, perSecond)),
  tokens: isExhausted ? Math.min(rate.tokens, 0) : rate.tokens,
});

const raise = (rate: Rate, nowMs: number): Rate => {
  const quietSinceMs = Math.max(rate.raisedAtMs, rate.refusedAtMs, rate.pausedUntilMs);
  const steps = Math.floor((nowMs - quietSinceMs) / raisingStepMs);
  if (steps < 1) {
    return rate;
  }
  const perSecond = Math.min(rate.limits.ceilingPerSecond, rate.perSecond * raisingFactor ** steps);
  return { ...rate, perSecond, raisedAtMs: quietSinceMs + steps * raisingStepMs };
};

const fill = (rate: Rate, nowMs: number): Rate => {
  const gained = (Math.max(0, nowMs - rate.filledAtMs) / 1_000) * rate.perSecond;
  const tokens = Math.min(rate.limits.burst, rate.tokens + gained);
  return { ...rate, tokens, filledAtMs: Math.max(nowMs, rate.filledAtMs) };
};
