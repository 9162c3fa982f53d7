import { type Clock, systemClock } from '../../clock.js';
import type { Send } from '../../http/send.js';
import { AccountStore } from './accountStore.js';
import { createShiftedClock, createVirtualClock, type SimulatorClock } from './clock.js';
import { answerControl } from './control.js';
import { exchange } from './exchange.js';
import { type Fault, FaultBook } from './faults.js';
import { fromFetch, toFetch } from './fetchWire.js';
import { eraseAccount } from './findTarget.js';
import { eraseGroup } from './groupOperations.js';
import { GroupStore } from './groupStore.js';
import { acceptInvitation } from './invitation.js';
import { Journal, type JournalMode } from './journal.js';
import { WriteLocks } from './locks.js';
import { createRandom, drawId } from './random.js';
import { RateLimiter } from './rateLimiter.js';
import { resetSimulation } from './reset.js';
import { findRoute } from './router.js';
import { applySeed, type SeedResult } from './seed.js';
import type { ZoomSeed } from './seedSchema.js';
import { applySettings, createDefaultSettings, type ZoomSettings, type ZoomSettingsChange } from './settings.js';
import type { Simulation, ZoomCredentials } from './simulation.js';
import { describeState, type ZoomState } from './state.js';
import { TokenStore } from './tokenStore.js';
import { type Outcome, replyJson, type WireRequest } from './wire.js';

export interface ZoomSimulatorOptions {
  readonly credentials: ZoomCredentials;
  /** Beside `createDefaultSettings()`; `reset` comes back to these. */
  readonly settings?: ZoomSettingsChange;
  /** Seed of ids, tokens and probabilities; 1 by default. */
  readonly seed?: number;
  /** `virtual` (the default) stands still until advanced; `real`; or a clock of the caller's. */
  readonly clock?: 'virtual' | 'real' | Clock;
  /** Where a virtual clock starts, milliseconds since 1970; 2026-11-23T08:00:00Z by default. */
  readonly startMs?: number;
  /** `full` by default. */
  readonly journal?: JournalMode;
}

/** A Zoom account with its SCIM 2.0 and OAuth endpoints, in memory. */
export interface ZoomSimulator {
  /** Any host will do; a dropped connection rejects with `TypeError('fetch failed')`. */
  handle(request: Request): Promise<Response>;
  readonly send: Send;
  /** What a server needs: `handle` without fetch's types. */
  exchange(request: WireRequest, signal: AbortSignal): Promise<Outcome>;
  readonly clock: SimulatorClock;
  readonly settings: ZoomSettings;
  readonly credentials: ZoomCredentials;
  readonly journal: Journal;
  state(): ZoomState;
  seed(seed: ZoomSeed): SeedResult;
  /** The answer is the fault's id. */
  addFault(fault: Fault): number;
  removeFault(id: number): void;
  clearFaults(): void;
  /** The invited person accepts. Throws where there is nobody invited with this id. */
  acceptInvitation(id: string): void;
  /** Somebody erases an account in Zoom's own pages. */
  removeAccount(id: string): void;
  removeGroup(id: string): void;
  /** Back to the first state: nobody there, first settings, empty journal, no faults, no tokens. */
  reset(): void;
}

const defaultStartMs = Date.parse('2026-11-23T08:00:00Z');

const chooseClock = ({ clock = 'virtual', startMs = defaultStartMs }: ZoomSimulatorOptions): SimulatorClock => {
  if (clock === 'virtual') return createVirtualClock(startMs);
  return createShiftedClock(clock === 'real' ? systemClock : clock);
};

const createSimulation = (options: ZoomSimulatorOptions): Simulation => {
  const clock = chooseClock(options);
  const random = createRandom(options.seed ?? 1);
  const settings = createDefaultSettings();
  applySettings(settings, options.settings ?? {});
  return {
    credentials: options.credentials,
    settings,
    clock,
    accounts: new AccountStore(),
    groups: new GroupStore(),
    foreignMails: new Set(),
    tokens: new TokenStore(clock, settings, createRandom((options.seed ?? 1) + 1)),
    limiter: new RateLimiter(clock, settings),
    locks: new WriteLocks(),
    faults: new FaultBook(createRandom((options.seed ?? 1) + 2)),
    journal: new Journal(options.journal ?? 'full'),
    random,
    newId: () => drawId(random, settings.idAlphabet),
  };
};

/** Builds a Zoom of one's own; nothing is shared between two of them. */
export const createZoomSimulator = (options: ZoomSimulatorOptions): ZoomSimulator => {
  const sim = createSimulation(options);
  const firstSettings = { ...sim.settings };
  const reset = () => resetSimulation(sim, firstSettings);
  const answer = async (request: WireRequest, signal: AbortSignal): Promise<Outcome> => {
    const route = findRoute(request.method, request.path, request.query, sim.settings);
    if (route.kind === 'control') {
      return { kind: 'replied', reply: answerControl(sim, reset, request, route.segments) };
    }
    if (route.kind !== 'none') return exchange(sim, request, route, signal);
    sim.journal.open(request, 'none', sim.clock.nowMs()).close(route.status, []);
    return { kind: 'replied', reply: replyJson(route.status, { code: route.status, message: 'Not found.' }) };
  };
  const handle = async (request: Request): Promise<Response> =>
    toFetch(answer, await fromFetch(request), request.signal);
  return {
    handle,
    send: (input, init) => handle(new Request(input, init)),
    exchange: answer,
    clock: sim.clock,
    settings: sim.settings,
    credentials: sim.credentials,
    journal: sim.journal,
    state: () => describeState(sim),
    seed: (seed) => applySeed(sim, seed),
    addFault: (fault) => sim.faults.add(fault),
    removeFault: (id) => sim.faults.remove(id),
    clearFaults: () => sim.faults.clear(),
    acceptInvitation: (id) => acceptInvitation(sim, id),
    removeAccount: (id) => {
      const account = sim.accounts.get(id);
      if (account !== undefined) eraseAccount(sim, account);
    },
    removeGroup: (id) => {
      const group = sim.groups.get(id);
      if (group !== undefined) eraseGroup(sim, group);
    },
    reset,
  };
};
