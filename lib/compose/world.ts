import { randomUUID } from 'node:crypto';
import { v7 as timeOrderedId } from 'uuid';
import type { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import type { Target } from '../engine/ports.js';
import type { World } from '../engine/world.js';
import { createDirectory } from '../entra/directory.js';
import { createGraphTokenSource } from '../entra/graphToken.js';
import type { RequestObserver } from '../http/trace.js';
import { createAzureTables } from '../state/azureTables.js';
import { createState } from '../state/createState.js';
import { createCycleQueue } from '../state/cycleQueue.js';
import { createRequestTally } from '../telemetry/requestTally.js';
import type { RunningTelemetry } from '../telemetry/running.js';
import type { ZoomAuth } from '../zoom/options.js';
import { createSharedTokens, createTarget } from '../zoom/target.js';
import { createJobNotifications, type JobNotifications } from './notify.js';
import { connectStorage } from './storage.js';
import { observeRequests, traceQueue } from './tracing.js';
import { zoomTimeoutMs } from './zoomTimeout.js';

/** Of the account's rate a cycle takes this much and leaves the rest to on demand. */
const cycleShare = 0.8;
const demandShare = 0.2;

export interface RealWorld {
  readonly world: World;
  /** The target of calls on demand: its own share of the account's rate, the same tokens. */
  readonly demandTarget: Target;
  readonly notify: JobNotifications;
}

/** The ports, built over the real services that the settings name. */
export const createWorld = async (
  settings: Settings,
  clock: Clock,
  zoomAuth: ZoomAuth,
  running: RunningTelemetry,
  observeUse: RequestObserver,
): Promise<RealWorld> => {
  const { telemetry } = running;
  const tally = createRequestTally();
  const { observe, throttled } = observeRequests(running, settings.jobId, observeUse);
  const observeRequest: RequestObserver = (request) => {
    tally.add(request);
    observe(request);
  };
  const connection = await connectStorage(settings);
  const tables = createAzureTables({ connection });
  const { zoom, graph } = settings;
  const getToken = createGraphTokenSource({
    endpoint: graph.endpoint,
    identity: 'default',
    ...(graph.fixedToken === null ? {} : { fixedToken: graph.fixedToken }),
  });
  const state = createState({ tables, jobId: settings.jobId, clock, newId: timeOrderedId });
  const readRecipients = async () => (await state.jobs.read()).job?.settings.notificationEmails ?? null;
  const notify = createJobNotifications({
    settings,
    tables,
    telemetry,
    clock,
    getGraphToken: getToken,
    readRecipients,
  });
  const observer = {
    request: observe,
    throttled: (waitMs: number) => throttled('zoom', waitMs),
    unreadableRow: ({ code }: { readonly code: string }) =>
      telemetry.event('warning', 'TargetRowUnreadable', { jobId: settings.jobId, code }),
    foreignApiHost: () =>
      telemetry.event('warning', 'ForeignApiHost', { jobId: settings.jobId, code: 'ZoomApiOnAnotherHost' }),
  };
  const alone = {
    ...zoom,
    auth: zoomAuth,
    requestsPerSecond: zoom.requestsPerSecond ?? undefined,
    share: cycleShare,
    timeoutMs: zoomTimeoutMs(settings),
    clock,
    random: Math.random,
    newId: randomUUID,
    observer,
  };
  const targetOptions = { ...alone, auth: { kind: 'tokens' as const, source: createSharedTokens(alone) } };
  const world: World = {
    jobId: settings.jobId,
    tenantId: settings.tenantId,
    servicePrincipalId: settings.servicePrincipalId,
    directory: createDirectory({
      endpoint: graph.endpoint,
      servicePrincipalId: settings.servicePrincipalId,
      getToken,
      clock,
      observe: observeRequest,
      onThrottle: (waitMs) => throttled('graph', waitMs),
    }),
    // What is asked on demand is no request of a cycle: the tally leaves it out.
    target: createTarget({ ...targetOptions, observer: { ...observer, request: observeRequest } }),
    state,
    queue: traceQueue(createCycleQueue({ connection }), running),
    notifier: notify.notifications,
    telemetry,
    tracer: running.tracer,
    clock,
    newId: timeOrderedId,
    requestCounts: tally.read,
  };
  return { world, notify, demandTarget: createTarget({ ...targetOptions, share: demandShare }) };
};
