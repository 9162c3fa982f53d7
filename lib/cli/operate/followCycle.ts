import type { Invocation } from './command.js';
import { type Execution, type JobStatus, readJobStatus, readProgress } from './jobStatus.js';
import { openProgressBar } from './progressBar.js';
import { showLeft } from './showJob.js';
import { CommandFailure } from './tools.js';

const lookEveryMs = 1_000;

/**
 * Shows a cycle's progress until it has ended, and answers how it ended. Throws `CommandFailure` where it will not end
 * by itself: the job was stopped or deleted.
 */
export const followCycle = async ({ api, tools, json }: Invocation, cycleId: string): Promise<Execution> => {
  const bar = openProgressBar('Cycle', tools, json);
  // None runs when one is accepted: the next to end is this one, or one that took its place.
  let before: string | null | undefined;
  try {
    for (;;) {
      const job = await readJobStatus(api);
      const { lastExecution } = job.status;
      if (lastExecution?.activityIdentifier === cycleId) return lastExecution;
      if (before === undefined) before = lastExecution?.activityIdentifier ?? null;
      refuseEndless(job, cycleId, before);
      const progress = readProgress(job);
      bar.show(progress?.done ?? 0, progress?.total ?? 1, progress ? showLeft(progress) : 'waiting in the queue');
      await tools.clock.sleep(lookEveryMs, tools.signal);
    }
  } finally {
    bar.stop();
  }
};

const refuseEndless = ({ schedule, status }: JobStatus, cycleId: string, before: string | null): void => {
  if (schedule.state !== 'Active') {
    throw new CommandFailure(`The job is ${schedule.state.toLowerCase()}, and so is the cycle. "start" lets it go on.`);
  }
  const last = status.lastExecution?.activityIdentifier ?? null;
  if (last !== before) {
    throw new CommandFailure(`Cycle ${last} has ended in place of ${cycleId}. Ask: logs --cycle ${cycleId}`);
  }
};

/** A cycle that is on the queue begins within this time where the service is well. */
const patienceMs = 10_000;

/**
 * Shows the progress of the cycle that runs, or is about to: until it has ended, the job was stopped, or none began for
 * ten seconds. Answers the job as it is then.
 */
export const followAnyCycle = async ({ api, tools, json }: Invocation): Promise<JobStatus> => {
  const bar = openProgressBar('Cycle', tools, json);
  const startedMs = tools.clock.monotonicMs();
  let hasRun = false;
  let before: string | null | undefined;
  try {
    for (;;) {
      const job = await readJobStatus(api);
      const progress = readProgress(job);
      const last = job.status.lastExecution?.activityIdentifier ?? null;
      if (before === undefined) before = last;
      hasRun ||= progress !== null || last !== before;
      const isOver = hasRun || tools.clock.monotonicMs() - startedMs >= patienceMs;
      if (job.schedule.state !== 'Active' || (!progress && isOver)) return job;
      bar.show(progress?.done ?? 0, progress?.total ?? 1, progress ? showLeft(progress) : 'no cycle runs yet');
      await tools.clock.sleep(lookEveryMs, tools.signal);
    }
  } finally {
    bar.stop();
  }
};
