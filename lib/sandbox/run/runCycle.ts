import { systemClock } from '../../clock.js';
import type { CycleSummary } from '../../engine/control.js';
import type { ProgressDisplay } from '../progress/display.js';
import { createMeter } from '../progress/meter.js';
import { describeWrites, readWrites, sumWrites, writesSince } from '../progress/writes.js';
import type { JobClient } from './jobClient.js';
import type { Sandbox } from './sandbox.js';

export interface CycleStart {
  readonly title: string;
  /** How many people Zoom is not right about yet: what the cycle is expected to write. */
  readonly expectedWrites: number;
  /** Starts it; the cycle's id, or null where that shows only when it has ended. */
  start(): Promise<string | null>;
}

const lookEveryMs = 200;
/** No request to Graph or Zoom for so long: the cycle will not end by itself. */
const stalledAfterMs = 180_000;

/** Starts a cycle, shows its progress and answers its summary when the job's status says that it has ended. */
export const runCycle = async (
  sandbox: Pick<Sandbox, 'simulators' | 'state'>,
  job: JobClient,
  cycle: CycleStart,
  display: ProgressDisplay,
  signal: AbortSignal,
): Promise<CycleSummary> => {
  const { zoom, graph } = sandbox.simulators;
  const before = readWrites(zoom.journal.counts());
  const meter = createMeter();
  const countRequests = (): number => zoom.journal.counts().total + graph.journal.summary().requests;
  let requests = countRequests();
  let movedAtMs = systemClock.monotonicMs();
  display.start(cycle.title);
  try {
    const wanted = await cycle.start();
    for (;;) {
      const { lastCycleId } = await job.readStatus(signal);
      if (lastCycleId !== null && (wanted === null || lastCycleId === wanted)) {
        return await findSummary(sandbox, lastCycleId);
      }
      const nowMs = systemClock.monotonicMs();
      const writes = writesSince(before, readWrites(zoom.journal.counts()));
      display.show(meter.read(sumWrites(writes), cycle.expectedWrites, nowMs), describeWrites(writes));
      const seen = countRequests();
      if (seen !== requests) movedAtMs = nowMs;
      requests = seen;
      if (nowMs - movedAtMs > stalledAfterMs) throw new Error(`${cycle.title} sent nothing for three minutes.`);
      await systemClock.sleep(lookEveryMs, signal);
    }
  } finally {
    display.stop();
  }
};

const findSummary = async ({ state }: Pick<Sandbox, 'state'>, cycleId: string): Promise<CycleSummary> => {
  const { rows } = await state.jobs.listCycles(null);
  const summary = rows.find((row) => row.cycleId === cycleId);
  if (summary === undefined) throw new Error(`The job ended cycle ${cycleId}, and its summary is not there.`);
  return summary;
};
