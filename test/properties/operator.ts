import type { CycleSummary } from '../../lib/engine/control.js';
import { FaultError } from '../../lib/engine/model.js';
import { newJob } from '../../lib/engine/newJob.js';
import { createOnDemand } from '../../lib/engine/onDemand/createOnDemand.js';
import { runSlice, type SliceOptions, type SliceResult } from '../../lib/engine/runSlice.js';
import type { EngineSettings } from '../../lib/engine/settings.js';
import type { SliceMessage } from '../../lib/engine/state.js';
import { tick } from '../../lib/engine/tick.js';
import { partsOf } from '../fakes/demandParts.js';
import { createKillSwitch, type KillPoint, type KillSwitch } from '../fakes/killSwitch.js';
import { jobId, type Surroundings } from '../fakes/surroundings.js';
import { createWorker, type WorkerOptions } from '../fakes/worker.js';

const minuteMs = 60_000;
export const intervalMs = 40 * minuteMs;
const leaseDurationMs = 90_000;
/** An answer has to come in this time. */
const demandLimitMs = 150_000;
/** A cycle that has not ended after two days of ticks never will. */
const maxTicks = (2 * 24 * 60) / 5;
/** The queue gives a message up after so many deliveries. */
const maxThrows = 5;

export interface CycleOrder {
  readonly asked: 'initial' | 'reconcile' | null;
  /** The first worker stops at the first point, the one after it at the second. */
  readonly kills: readonly KillPoint[];
  /** Each message is delivered to two workers at once. */
  readonly isTwice: boolean;
  /** It was asked for a while ago: the clock stands where it is. */
  readonly isAtOnce?: boolean;
  /** What happens while it runs. */
  readonly beside?: () => Promise<void>;
}

/** Runs the engine as timer, queue and host do, on storage and services that outlive every worker. */
export interface Operator {
  /** From the tick that finds the cycle due to its end. Throws where it never ends, or a worker throws again and again. */
  runCycle(order: CycleOrder): Promise<CycleSummary>;
  /** Asks for one person, in a process of its own; what came of it, in words. */
  demand(id: string, kill: KillPoint | null): Promise<string>;
  /** Puts a message that was sent some time ago on the queue again. */
  repeatMessage(index: number): SliceMessage | null;
  /** Writes and requests of the worker that ran last. */
  lastSteps(): readonly string[];
}

/** Of users, and of groups; the built-in ones by default. */
type Mappings = Pick<WorkerOptions, 'mapping' | 'groupMapping'>;

interface Process {
  readonly options: SliceOptions;
  readonly kill: KillSwitch;
}

export const createOperator = async (
  surroundings: Surroundings,
  mappings: Mappings = {},
  engine: Partial<EngineSettings> = {},
): Promise<Operator> => {
  const { clock, queue } = surroundings;
  const sent: SliceMessage[] = [];
  let workers = 0;
  const start = (point: KillPoint | null = null): Process => {
    workers += 1;
    const kill = createKillSwitch(point);
    const options = createWorker(surroundings, {
      owner: `worker ${workers}`,
      ...mappings,
      engine: { leaseDurationMs, deletionThresholdPercent: 100, reconcileMode: 'repair', ...engine },
      wrapTables: kill.wrapTables,
      wrapSend: kill.wrapSend,
    });
    return { options, kill };
  };
  /** Timer and API: they look and ask, and do no work. */
  const { world } = createWorker(surroundings);
  let process = start();
  await world.state.jobs.ensureJob(newJob(jobId, 'on', intervalMs));

  /** Workers that are frozen, each with what it was at: they wake when another has begun, or has ended. */
  let sleepers: { readonly kill: KillSwitch; readonly work: Promise<unknown> }[] = [];
  const wakeSleepers = async (): Promise<void> => {
    const woken = sleepers;
    sleepers = [];
    for (const { kill } of woken) kill.wake();
    // What a worker throws that was away for so long is between it and the queue.
    await Promise.allSettled(woken.map(({ work }) => work));
  };

  /** Null: the worker stopped. */
  const deliver = async (message: SliceMessage, to: Process): Promise<SliceResult | null> => {
    const work = runSlice(message, to.options, new AbortController().signal);
    const result = await Promise.race([work, to.kill.stopped.then(() => null)]);
    if (result === null && to.kill.isFrozen()) sleepers.push({ kill: to.kill, work });
    return result;
  };

  const deliverTo = async (message: SliceMessage, isTwice: boolean): Promise<SliceResult | null> => {
    const second = isTwice ? start() : null;
    const wakesBeside = workers % 2 === 0;
    const [result, other] = await clock.settle(
      Promise.all([
        deliver(message, process),
        second ? deliver(message, second) : null,
        wakesBeside ? wakeSleepers() : null,
      ]),
    );
    if (sleepers.length > 0 && result !== null) await clock.settle(wakeSleepers());
    if (result?.kind === 'dropped' && other) return other;
    return result;
  };

  const demand = async (id: string, point: KillPoint | null): Promise<string> => {
    const { options, kill } = start(point);
    const onDemand = createOnDemand(partsOf(options), { send: async () => undefined });
    const initiatedBy = { id: 'person', displayName: 'Provision on demand', initiatorType: 'user' } as const;
    const work = onDemand.provision([id], { id: surroundings.newId(), isDryRun: false, initiatedBy }, demandLimitMs);
    try {
      const ends = await clock.settle(Promise.race([work, kill.stopped.then(() => null)]));
      if (ends === null && kill.isFrozen()) sleepers.push({ kill, work });
      const [end] = ends ?? [];
      if (!end) return `stops at step ${point?.at ?? 0}`;
      return end.kind === 'done' ? `ends in ${end.report.record.provisioningAction}` : `ends ${end.kind}`;
    } catch (error) {
      // What could not be read or done in time is told to whoever asked.
      if (error instanceof FaultError) return `fails with ${error.fault.code}`;
      throw error;
    }
  };

  return {
    demand,
    lastSteps: () => process.kill.steps,
    repeatMessage(index) {
      const message = sent[index % Math.max(1, sent.length)];
      if (!message) return null;
      queue.push(message);
      return message;
    },
    async runCycle({ asked, kills, isTwice, isAtOnce, beside }) {
      const points = [...kills];
      process = start(points.shift());
      const { job } = await world.state.jobs.read();
      const dueMs = job?.nextRunAt ? Date.parse(job.nextRunAt) : 0;
      const passesMs = asked ? minuteMs : Math.max(0, dueMs - clock.nowMs());
      clock.advance(isAtOnce ? 0 : passesMs);
      if (asked) {
        const requestedAt = new Date(clock.nowMs()).toISOString();
        await world.state.jobs.request({
          cycleId: surroundings.newId(),
          kind: asked,
          requestedAt,
        });
      }
      const besides = beside?.();
      let throwsInARow = 0;
      for (let ticks = 0; ticks < maxTicks; ticks += 1) {
        await clock.settle(tick(world));
        for (let message = queue.shift(); message; message = queue.shift()) {
          sent.push(message);
          try {
            const result = await deliverTo(message, isTwice);
            throwsInARow = 0;
            if (result?.kind === 'finished') {
              await besides;
              return result.summary;
            }
            if (result === null) {
              process = start(points.shift());
              clock.advance(leaseDurationMs + 1_000);
              queue.push(message);
            }
          } catch (error) {
            throwsInARow += 1;
            if (throwsInARow >= maxThrows) throw error;
            clock.advance(minuteMs);
            queue.push(message);
          }
        }
        clock.advance(5 * minuteMs);
      }
      throw new Error('The cycle did not end within two days.');
    },
  };
};
