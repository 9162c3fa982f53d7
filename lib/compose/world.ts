import { randomUUID } from 'node:crypto';
import { v7 as timeOrderedId } from 'uuid';
import type { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import type { World } from '../engine/world.js';
import { createDirectory } from '../entra/directory.js';
import { createGraphTokenSource } from '../entra/graphToken.js';
import type { RequestObserver } from '../http/trace.js';
import type { CompiledMapping } from '../mapping/compiled.js';
import { createLogNotifier } from '../notify/logNotifier.js';
import { createAzureTables } from '../state/azureTables.js';
import { createState } from '../state/createState.js';
import { createCycleQueue } from '../state/cycleQueue.js';
import { createLineTelemetry } from '../telemetry/lineTelemetry.js';
import { createRequestTally } from '../telemetry/requestTally.js';
import { createTarget } from '../zoom/target.js';
import { connectStorage } from './storage.js';
import { zoomTimeoutMs } from './zoomTimeout.js';

/** Of the account's rate a cycle takes this much and leaves the rest to on demand. */
const cycleShare = 0.8;

/** The ports, built over the real services that the settings name. */
export const createWorld = async (
  settings: Settings,
  clock: Clock,
  mapping: CompiledMapping,
  observe: RequestObserver,
): Promise<World> => {
  const tally = createRequestTally();
  const observeRequest: RequestObserver = (request) => {
    tally.add(request);
    observe(request);
  };
  const telemetry = createLineTelemetry({
    clock,
    least: 'warning',
    write: (line) => void process.stderr.write(line),
  });
  const connection = await connectStorage(settings);
  const tables = createAzureTables({ connection });
  const { zoom, graph } = settings;
  return {
    jobId: settings.jobId,
    tenantId: settings.tenantId,
    servicePrincipalId: settings.servicePrincipalId,
    directory: createDirectory({
      endpoint: graph.endpoint,
      servicePrincipalId: settings.servicePrincipalId,
      getToken: createGraphTokenSource({
        endpoint: graph.endpoint,
        identity: 'default',
        ...(graph.fixedToken === null ? {} : { fixedToken: graph.fixedToken }),
      }),
      attributes: { user: mapping.sourceAttributes },
      clock,
      observe: observeRequest,
    }),
    target: createTarget({
      ...zoom,
      requestsPerSecond: zoom.requestsPerSecond ?? undefined,
      share: cycleShare,
      timeoutMs: zoomTimeoutMs(settings),
      clock,
      random: Math.random,
      newId: randomUUID,
      observer: {
        request: observeRequest,
        unreadableRow: ({ code }) => telemetry.event('warning', 'TargetRowUnreadable', { jobId: settings.jobId, code }),
        foreignApiHost: () =>
          telemetry.event('warning', 'ForeignApiHost', { jobId: settings.jobId, code: 'ZoomApiOnAnotherHost' }),
      },
    }),
    state: createState({ tables, jobId: settings.jobId, clock, newId: timeOrderedId }),
    queue: createCycleQueue({ connection }),
    notifier: createLogNotifier(telemetry),
    telemetry,
    clock,
    newId: timeOrderedId,
    requestCounts: tally.read,
  };
};
