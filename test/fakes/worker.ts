import { usualThresholds } from '../../lib/engine/escrowThresholds.js';
import { createEngineMemory } from '../../lib/engine/memory.js';
import type { Target } from '../../lib/engine/ports.js';
import { defaultRemovalPolicy } from '../../lib/engine/removalPolicy.js';
import type { SliceOptions } from '../../lib/engine/runSlice.js';
import type { EngineSettings } from '../../lib/engine/settings.js';
import type { World } from '../../lib/engine/world.js';
import { createDirectory } from '../../lib/entra/directory.js';
import type { Send } from '../../lib/http/send.js';
import type { CompiledMapping } from '../../lib/mapping/compiled.js';
import { compileObjectMapping } from '../../lib/mapping/compileObjectMapping.js';
import { builtInZoomSchema } from '../../lib/schema/builtInZoomSchema.js';
import { createState } from '../../lib/state/createState.js';
import type { Tables } from '../../lib/state/tables.js';
import { noTracer } from '../../lib/telemetry/noTracer.js';
import { createRequestTally } from '../../lib/telemetry/requestTally.js';
import { createTarget } from '../../lib/zoom/target.js';
import type { SettlingClock } from './settlingClock.js';
import { jobId, type Surroundings, servicePrincipalId, tenantId } from './surroundings.js';

export interface WorkerOptions {
  readonly owner?: string;
  readonly engine?: Partial<EngineSettings>;
  /** Source attributes and target paths whose values the log replaces. */
  readonly redact?: ReadonlySet<string>;
  readonly mapping?: CompiledMapping;
  /** Null, the default: groups are not provisioned. */
  readonly groupMapping?: CompiledMapping | null;
  /** Another target than the simulated Zoom. */
  readonly connectTarget?: (clock: SettlingClock) => Target;
  /** Ends running slices between objects once it aborts. */
  readonly stopping?: AbortSignal;
  /** What stands between this worker and storage. */
  readonly wrapTables?: (tables: Tables) => Tables;
  /** What stands between this worker and each of the services. */
  readonly wrapSend?: (send: Send) => Send;
}

const defaultSettings: EngineSettings = {
  scopeMode: 'assigned',
  nestedGroups: false,
  removalPolicy: defaultRemovalPolicy,
  skipOutOfScopeDeletions: false,
  licencePolicy: 'basic',
  deletionThreshold: 100,
  deletionThresholdPercent: 10,
  deletionThresholdDaily: 300,
  escrowThresholds: usualThresholds,
  reconcileIntervalMs: Number.POSITIVE_INFINITY,
  reconcileMode: 'report',
  sliceBudgetMs: 8 * 60_000,
  leaseDurationMs: 90_000,
  zoomTimeoutMs: 30_000,
  concurrency: 8,
};

let builtIn: CompiledMapping | null = null;
/** Compiled once: a mapping holds no state. */
const compileBuiltIn = (): CompiledMapping => {
  builtIn ??= compileObjectMapping(builtInZoomSchema, 'user');
  if (!builtIn) throw new Error('The built-in schema maps no users.');
  return builtIn;
};

/** The engine as one process has it: its own memory, tokens, pace and locks, over surroundings that it may share. */
export const createWorker = (surroundings: Surroundings, options: WorkerOptions = {}): SliceOptions => {
  const { clock, newId, queue, notices, events } = surroundings;
  const wrapSend = options.wrapSend ?? ((send) => send);
  const { deletionThreshold = defaultSettings.deletionThreshold } = options.engine ?? {};
  const settings = { ...defaultSettings, deletionThresholdDaily: 3 * deletionThreshold, ...options.engine };
  const tally = createRequestTally();
  const tables = options.wrapTables?.(surroundings.tables) ?? surroundings.tables;
  const world: World = {
    jobId,
    tenantId,
    servicePrincipalId,
    directory: createDirectory({
      endpoint: 'http://127.0.0.1:1',
      servicePrincipalId,
      getToken: async () => surroundings.graphToken,
      send: wrapSend(surroundings.graph.send),
      clock,
      random: () => 0.5,
      newId,
      observe: tally.add,
    }),
    target:
      options.connectTarget?.(clock) ??
      createTarget({
        scimEndpoint: 'http://127.0.0.1:2/scim2',
        oauthEndpoint: 'http://127.0.0.1:2/oauth',
        auth: { kind: 'serverToServer', ...surroundings.zoom.credentials },
        plan: 'business',
        requestsPerSecond: 1e6,
        share: 1,
        timeoutMs: settings.zoomTimeoutMs,
        clock,
        random: () => 0.5,
        newId,
        send: wrapSend(surroundings.zoom.send),
        observer: { request: tally.add },
      }),
    state: createState({ tables, jobId, clock, newId }),
    queue: { send: async (message) => void queue.push(message) },
    notifier: { notify: async (notice) => void notices.push(notice) },
    telemetry: { event: (_level, name, keys) => void events.push({ name, keys }), count: () => undefined },
    tracer: noTracer,
    clock,
    newId,
    requestCounts: tally.read,
  };
  return {
    world,
    settings,
    mapping: options.mapping ?? compileBuiltIn(),
    groupMapping: options.groupMapping ?? null,
    redact: options.redact ?? new Set(),
    memory: createEngineMemory(),
    owner: options.owner ?? 'worker',
    stopping: options.stopping ?? new AbortController().signal,
  };
};
