import path from 'node:path';
import { type Clock, systemClock } from '../../clock.js';
import { answerAdmin } from './admin.js';
import { fromRequest, toResponse } from './fetchShapes.js';
import { HostError } from './hostError.js';
import { readHostJson } from './hostJson.js';
import { answerCall, answerEmpty, type HttpAnswer, type HttpCall } from './httpInvoke.js';
import { listenHttp } from './httpServer.js';
import { createInvoker, runHooks } from './invoke.js';
import { loadApp } from './loadApp.js';
import type { LoadEntry } from './loadEntry.js';
import { createLineLog, type HostLog } from './log.js';
import { openQueueListeners, sampleMessage } from './queues.js';
import { buildRoutes } from './routes.js';
import { applySettings, readSetting, type Settings } from './settings.js';
import { createTimer } from './timer.js';
import { createMemoryMonitor, type ScheduleMonitor } from './timerStatus.js';
import { type HostedFunction, isHttp, isQueue, isTimer } from './triggers.js';

export interface LocalHostOptions {
  /** App settings. They are written into `process.env` before the entry is loaded and taken back by `stop`. */
  readonly settings: Settings;
  /** Where host.json and package.json are; default the working directory. */
  readonly appRoot?: string;
  /** The compiled entry; default package.json's `main`. */
  readonly entry?: string;
  /** How the entry is loaded; default a fresh load through Node's `require`. See `loadWithFreshModules` for jest. */
  readonly loadEntry?: LoadEntry;
  /** `held`: timers and queues do nothing until `invokeTimer`, `invokeQueue` or `drain` is called. Default `running`. */
  readonly triggers?: 'running' | 'held';
  readonly monitor?: ScheduleMonitor;
  readonly clock?: Clock;
  /** From 0 up to 1; spreads the polling of queues. */
  readonly random?: () => number;
  /** Default: single lines on stderr, filtered by host.json's `logging.logLevel`. */
  readonly log?: HostLog;
  /** How long `stop` waits for running invocations, in milliseconds; default 30 seconds. */
  readonly stopWithinMs?: number;
}

export interface LocalHost {
  /** `http://host:port`, without the route prefix. */
  readonly url: string;
  readonly functions: readonly HostedFunction[];
  /** `METHOD,METHOD /path` of every HTTP function by name. */
  readonly routes: readonly {
    readonly functionName: string;
    readonly methods: readonly string[];
    readonly path: string;
  }[];
  /** Runs a timer function as if `scheduledTime` were now. Throws what the function throws. */
  invokeTimer(name: string, scheduledTime: Date): Promise<void>;
  /** Runs a queue function with a message, text or what becomes JSON. Throws what the function throws. */
  invokeQueue(name: string, message: unknown, dequeueCount?: number): Promise<void>;
  /** Answers as the server does, `/admin` included, without a socket. */
  invokeHttp(request: Request): Promise<Response>;
  /** Delivers every message that is visible now, until all queues are empty; answers how many. */
  drain(): Promise<number>;
  /** Takes no more work, runs the appTerminate hooks, lets running invocations end; false where some did not in time. */
  stop(): Promise<boolean>;
}

/**
 * Starts an app as the Functions host does, in this process. One host at a time: the registrations and `process.env`
 * belong to the process. Throws `HostError` for what is wrong with the app or its settings.
 */
export async function startLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  const { settings, clock = systemClock, random = Math.random, monitor = createMemoryMonitor() } = options;
  const appRoot = path.resolve(options.appRoot ?? process.cwd());
  const hostJson = readHostJson(appRoot, settings);
  const log = options.log ?? createLineLog(hostJson.logLevels, clock, (text) => process.stderr.write(text));
  const restoreSettings = applySettings(settings);
  try {
    return await start();
  } catch (error) {
    restoreSettings();
    throw error;
  }

  async function start(): Promise<LocalHost> {
    const { app, functions } = await loadApp(appRoot, options.entry, log, options.loadEntry);
    const invoker = createInvoker({ app, log, clock });
    const timers = functions
      .filter(isTimer)
      .map((timer) => createTimer(timer, { invoker, monitor, settings, clock, log }));
    const routes = buildRoutes(functions.filter(isHttp), hostJson.routePrefix, settings);
    const queues = openQueueListeners(functions.filter(isQueue), {
      options: hostJson.queues,
      settings,
      invoker,
      clock,
      log,
      random,
    });
    const server = await listenHttp(readSetting(settings, 'HOST') ?? '127.0.0.1', readPort(settings), answer);
    const stopping = new AbortController();
    const loops =
      options.triggers === 'held'
        ? []
        : [
            ...timers.map((timer) => timer.runBySchedule(stopping.signal)),
            ...queues.map((queue) => queue.listen(stopping.signal)),
          ];

    async function invokeTimer(name: string, scheduledTime: Date): Promise<void> {
      const timer = timers.find((candidate) => candidate.functionName === name);
      if (timer === undefined) throw new HostError('FunctionUnknown', `No timer function is named "${name}".`);
      await timer.runAt(scheduledTime.getTime(), 'Started by hand');
    }

    async function invokeQueue(name: string, message: unknown, dequeueCount = 1): Promise<void> {
      const hosted = functions.filter(isQueue).find((candidate) => candidate.name === name);
      if (hosted === undefined) throw new HostError('FunctionUnknown', `No queue function is named "${name}".`);
      await invoker.invoke(hosted, sampleMessage(message, dequeueCount, clock.nowMs()));
    }

    function runByHand(hosted: HostedFunction, input: unknown): void {
      const run = isTimer(hosted) ? invokeTimer(hosted.name, new Date(clock.nowMs())) : invokeQueue(hosted.name, input);
      run.catch((error: unknown) => {
        log({ level: 'debug', category: 'Host.Admin', functionName: hosted.name, message: `Run by hand: ${error}` });
      });
    }

    async function answer(call: HttpCall, isFromLoopback: boolean): Promise<HttpAnswer> {
      if (stopping.signal.aborted) return answerEmpty(503);
      const admin = answerAdmin(call, isFromLoopback, { functions, settings, runByHand });
      return admin ?? answerCall(call, routes, invoker, settings);
    }

    async function finish(): Promise<void> {
      await server.close();
      await Promise.all(loops);
      await invoker.idle();
    }

    let stopped: Promise<boolean> | undefined;
    async function stopOnce(): Promise<boolean> {
      stopping.abort(new Error('The host is stopping.'));
      const finished = finish();
      await runHooks(app, 'appTerminate', { hookData: {}, appHookData: app.hookData });
      const isFinished = await endsWithin(finished, options.stopWithinMs ?? 30_000, clock);
      server.cut();
      restoreSettings();
      return isFinished;
    }

    return {
      url: server.url,
      functions,
      routes: routes.map(({ hosted, methods, template }) => ({
        functionName: hosted.name,
        methods,
        path: `/${template.text}`,
      })),
      invokeTimer,
      invokeQueue,
      invokeHttp: async (request) => toResponse(await answer(await fromRequest(request), true)),
      async drain() {
        let delivered = 0;
        for (;;) {
          const counts = await Promise.all(queues.map((queue) => queue.drain()));
          const round = counts.reduce((sum, count) => sum + count, 0);
          await invoker.idle();
          if (round === 0) return delivered;
          delivered += round;
        }
      },
      stop() {
        stopped ??= stopOnce();
        return stopped;
      },
    };
  }
}

function readPort(settings: Settings): number {
  const text = readSetting(settings, 'PORT') ?? '7071';
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new HostError('SettingInvalid', `PORT: expected a port number from 0 to 65535, found "${text}".`);
}

async function endsWithin(work: Promise<void>, limitMs: number, clock: Clock): Promise<boolean> {
  const done = new AbortController();
  const limit = clock.sleep(limitMs, done.signal).then(
    () => false,
    () => true,
  );
  const ended = await Promise.race([work.then(() => true), limit]);
  done.abort();
  return ended;
}
