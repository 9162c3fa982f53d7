import type { AppRole } from '../expressions/attributes.js';
import type { CompiledMapping } from '../mapping/compiled.js';
import { createCircuitBreaker } from './circuitBreaker.js';
import type { CycleState } from './control.js';
import { createGroupBook, readyGroups } from './groupBook.js';
import { touchGroup } from './groups/groupMarks.js';
import { mapsMembers } from './groups/mapsMembers.js';
import { addCounts, countLinks } from './linkCounts.js';
import { type Fault, FaultError } from './model.js';
import type { Outcome } from './outcome.js';
import { namesOf } from './phases/nameListing.js';
import { provisionBatch } from './provision.js';
import type { ProvisionContext } from './provisionContext.js';
import { noteLife, touchRow } from './rows.js';
import type { Running } from './running.js';
import type { EngineSettings } from './settings.js';
import type { Slice } from './slice.js';
import type { Lease, ObjectChange, StoredObject } from './state.js';
import { appParent } from './stored.js';
import type { Scene, Subject } from './subject.js';
import type { DomainBook } from './task.js';
import type { World } from './world.js';

/** Objects whose intents are written together. */
const objectsPerBatch = 100;

/** What outlives a slice within one process. */
export interface EngineMemory {
  readonly domains: DomainBook;
  /** The application's roles; read once in a while, and sooner where one of `named` is none of those last read. */
  readAppRoles(world: World, named: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, AppRole>>;
}

export interface SliceInput {
  readonly world: World;
  readonly settings: EngineSettings;
  readonly mapping: CompiledMapping;
  readonly groupMapping?: CompiledMapping | null;
  readonly isSuperseded?: () => Promise<boolean>;
  readonly redact: ReadonlySet<string>;
  readonly memory: EngineMemory;
  readonly lease: Lease;
  readonly signal: AbortSignal;
  /** Ends the slice between objects once it aborts. */
  readonly stopping?: AbortSignal;
  /** Monotonic instant at which the slice's budget ends. */
  readonly endsAtMs: number;
}

/** The slice as phases see it, and what the loop reads off it. */
export interface SliceRuntime {
  readonly slice: Slice;
  /** Counts since the last checkpoint. */
  takeCounts(): Readonly<Record<string, number>>;
  /** What the last checkpoint made of the control rows. */
  adopt(running: Running): void;
  /** Whether the job was paused, switched off or restarted meanwhile; one read. From then on nothing is sent. */
  isPaused(): Promise<boolean>;
  /** Whether another schema is in force by now. From then on nothing is sent. */
  isSuperseded(): Promise<boolean>;
  /** Why nothing more is sent to the target, which is down; null while it answers. */
  targetFault(): Fault | null;
  /** The instant before which no slice should run, where the target asked for a wait. */
  notBefore(): string | null;
}

export const createSlice = (input: SliceInput, first: Running): SliceRuntime => {
  const breaker = createCircuitBreaker(input.world.target, first.cycle.counts['targetDown'] ? first.cycle.fault : null);
  const world: World = { ...input.world, target: breaker.target };
  const { settings, mapping, lease, memory, signal } = input;
  let running = first;
  let counts: Record<string, number> = {};
  let isStopped = false;
  let isOutdated = false;
  let notBefore: string | null = null;
  let marks = new Map(first.marks.map((mark) => [mark.stream, mark]));
  const book = createGroupBook(world.state);

  const count = (key: string, by: number): void => {
    if (by !== 0) counts[key] = (counts[key] ?? 0) + by;
  };
  const isTargetDown = (): boolean => breaker.openFault() !== null;
  const isEnding = (): boolean => isStopped || isOutdated || input.stopping?.aborted === true;
  const maySend = (): boolean =>
    !isEnding() && !lease.isLost() && world.clock.monotonicMs() + settings.zoomTimeoutMs < lease.deadlineMs();
  /** Nothing more may be sent, whatever the budget. */
  const isBarred = (): boolean => isEnding() || notBefore !== null || lease.isLost();
  const mustStop = (): boolean => isBarred() || world.clock.monotonicMs() >= input.endsAtMs;

  const waitUntil = (instant: string): void => {
    if (Date.parse(instant) > world.clock.nowMs()) notBefore = instant;
  };

  const provisionContext = async (rows: readonly StoredObject[]): Promise<ProvisionContext> => {
    const groups = await book.groupsOf(rows, marks.values());
    return contextOf(
      groups,
      rows.length > 0 ? await memory.readAppRoles(world, roleIdsOf(rows, groups), signal) : new Map(),
    );
  };

  const contextOf = (groups: Scene['groups'], appRoles: Scene['appRoles']): ProvisionContext => ({
    world,
    mapping,
    domains: memory.domains,
    maySend,
    scene: {
      settings,
      mapping,
      groups,
      appRoles,
      pathsIncomplete: running.cycle.incomplete.length > 0,
      readyGroups: mapping.filterGroups.length > 0 ? readyGroups(marks.values()) : new Set(),
      nowMs: world.clock.nowMs(),
    },
    cycleId: running.cycle.cycleId,
    startedAt: running.cycle.startedAt,
    intervalMs: running.job.intervalMs,
    intentMs: settings.leaseDurationMs,
    names: namesOf(addCounts(running.cycle.counts, counts), world.state.targets),
    redact: input.redact,
    mapsMembers: mapsMembers(input.groupMapping ?? null),
    count,
    isTargetDown,
  });

  const isPaused = async (): Promise<boolean> => {
    const job = await world.state.jobs.readJob();
    isStopped ||= job?.status !== 'on' || job.reset !== null;
    return isStopped;
  };

  const isSuperseded = async (): Promise<boolean> => {
    isOutdated ||= (await input.isSuperseded?.()) ?? false;
    return isOutdated;
  };

  /** The first batch is begun whatever the budget: each slice gets something done. */
  const provision = async (subjects: readonly Subject[]): Promise<boolean> => {
    let isAllDone = true;
    for (let from = 0; from < subjects.length; from += objectsPerBatch) {
      if (from === 0 ? isBarred() : mustStop()) {
        await leave(subjects.slice(from), world, running.cycle);
        return false;
      }
      const batch = subjects.slice(from, from + objectsPerBatch);
      const context = await provisionContext(batch.map(({ stored }) => stored));
      isAllDone = (await settle(await provisionBatch(batch, context, signal))) && isAllDone;
    }
    return isAllDone;
  };

  const settle = async (outcomes: readonly Outcome[]): Promise<boolean> => {
    const deferred = outcomes.filter(({ effect }) => effect.kind === 'deferred');
    for (const { effect } of deferred) {
      if (effect.kind === 'deferred' && effect.retryAt !== null) waitUntil(effect.retryAt);
    }
    await leave(
      deferred.map(({ assessment }) => assessment.subject),
      world,
      running.cycle,
    );
    countLinks(outcomes, count);
    const fatal = outcomes.find(({ effect }) => effect.kind === 'failed' && effect.fault.whose === 'job');
    if (fatal?.effect.kind === 'failed') throw new FaultError(fatal.effect.fault);
    return deferred.length === 0 || !mustStop();
  };

  const slice: Slice = {
    world,
    settings,
    mapping,
    groupMapping: input.groupMapping ?? null,
    signal,
    get job() {
      return running.job;
    },
    get cycle() {
      return running.cycle;
    },
    get counters() {
      return running.counters;
    },
    get removals() {
      return running.removals;
    },
    get marks() {
      return marks;
    },
    mustStop,
    isTargetDown,
    waitUntil,
    count,
    provision,
    settle,
    provisionContext,
    forgetGroups: () => book.forget(),
  };

  return {
    slice,
    takeCounts() {
      const taken = counts;
      counts = {};
      return taken;
    },
    adopt(next) {
      running = next;
      marks = new Map(next.marks.map((mark) => [mark.stream, mark]));
    },
    isPaused,
    isSuperseded,
    notBefore: () => notBefore,
    targetFault: breaker.openFault,
  };
};

/** Every role that an edge of these rows names. */
const roleIdsOf = (rows: readonly StoredObject[], groups: Scene['groups']): readonly string[] => [
  ...new Set([
    ...rows.flatMap(({ row }) => Object.keys(row.via[appParent] ?? {})),
    ...[...groups.values()].flatMap(({ roleIds }) => roleIds),
  ]),
];

/** What was not reached goes to pending, due at once; what a feed told of a deletion, it tells only once. */
const leave = async (subjects: readonly Subject[], world: World, cycle: CycleState): Promise<void> => {
  const nowMs = world.clock.nowMs();
  const changes = subjects.map(
    ({ stored, life }): ObjectChange => ({
      id: stored.row.id,
      type: stored.row.type,
      change: (row) =>
        row.type === 'group'
          ? touchGroup(row, cycle.startedAt, nowMs)
          : touchRow(noteLife(row, life, nowMs), 'left', cycle.startedAt, nowMs),
    }),
  );
  if (changes.length > 0) await world.state.objects.update(changes);
};
