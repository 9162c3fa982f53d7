import { createTokenBook } from './bearer.js';
import { createSimulatorClock } from './clock.js';
import type { Context } from './context.js';
import { answerControl } from './control/control.js';
import { createRoundCache } from './delta/changes.js';
import { createQueryBook } from './delta/query.js';
import { createDirectoryAdmin } from './directory/admin.js';
import { createStore } from './directory/store.js';
import { createFaultBook } from './faults/book.js';
import { createJournal } from './journal.js';
import { type GraphSimulator, type GraphSimulatorOptions, type ResetPart, resetParts } from './model.js';
import { createOutbox } from './outbox.js';
import { createRandomness } from './random.js';
import { createSealer } from './seal.js';
import { serve } from './serve.js';
import { createSettings } from './settings.js';
import { createBucket } from './throttle.js';
import { deliver } from './transport.js';

const defaultStartMs = Date.UTC(2026, 0, 5, 8);

const createContext = (options: GraphSimulatorOptions): Context => {
  const seed = options.seed ?? 1;
  const settings = createSettings(options.settings ?? {});
  const clock = createSimulatorClock(options.clock ?? 'virtual', options.startMs ?? defaultStartMs);
  const context: Context = {
    clock,
    settings,
    random: createRandomness(seed, 'requests'),
    bearer: createTokenBook(
      clock,
      createRandomness(seed, 'tokens'),
      options.tokens ?? {},
      options.verifyToken ?? (() => null),
    ),
    bucket: createBucket(clock, settings, () => context.store.users.size),
    journal: createJournal(options.journal ?? 'full'),
    faults: createFaultBook(createRandomness(seed, 'faults')),
    sealer: createSealer(seed, clock.nowMs),
    streams: createQueryBook(),
    rounds: createRoundCache(),
    outbox: createOutbox(),
    store: createStore(clock, settings, createRandomness(seed, 'directory')),
  };
  return context;
};

const resetPart = (context: Context, options: GraphSimulatorOptions, part: ResetPart): void => {
  switch (part) {
    case 'directory':
      context.store = createStore(
        context.clock,
        context.settings,
        createRandomness(options.seed ?? 1, `directory ${context.sealer.generation}`),
      );
      context.rounds.clear();
      context.sealer.startGeneration();
      return;
    case 'settings':
      Object.assign(context.settings, createSettings(options.settings ?? {}));
      return;
    case 'journal':
      context.journal.clear();
      return;
    case 'faults':
      context.faults.clear();
      return;
    case 'outbox':
      context.outbox.clear();
  }
};

const versionedPath = /^\/(v1\.0|beta)(?:\/(.*))?$/;

/** A simulator without sockets; `listenGraphSimulator` puts it behind one. */
export const createGraphSimulator = (options: GraphSimulatorOptions = {}): GraphSimulator => {
  const context = createContext(options);
  const handle = async (request: Request): Promise<Response> => {
    request.signal.throwIfAborted();
    const url = new URL(request.url);
    const body = await request.text();
    if (url.pathname === '/_sim' || url.pathname.startsWith('/_sim/')) {
      return answerControl(simulator, { method: request.method, url, body });
    }
    const [, version, path] = versionedPath.exec(url.pathname) ?? [];
    const served = serve(context, {
      method: request.method,
      origin: url.origin,
      version: version === 'beta' || version === 'v1.0' ? version : null,
      path: version === undefined ? url.pathname.slice(1) : (path ?? ''),
      rawQuery: url.search,
      headers: request.headers,
      body,
      inBatch: null,
    });
    return deliver(served, request.signal);
  };
  const simulator: GraphSimulator = {
    handle,
    send: (input, init) => handle(new Request(input, init)),
    dir: createDirectoryAdmin(() => context.store),
    journal: context.journal,
    outbox: context.outbox,
    clock: context.clock,
    settings: context.settings,
    get faults() {
      return context.faults.planned;
    },
    addFault: (fault, selector) => context.faults.add(fault, selector),
    clearFaults: () => context.faults.clear(),
    issueToken: (roles, lifetimeMs) => context.bearer.issue(roles, lifetimeMs),
    startTokenGeneration: () => context.sealer.startGeneration(),
    reset: (parts = resetParts) => {
      for (const part of parts) {
        resetPart(context, options, part);
      }
    },
  };
  return simulator;
};
