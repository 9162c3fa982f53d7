import { type CycleProgress, type Execution, instantOrNull, type JobStatus, readProgress } from './jobStatus.js';
import { countOf, showInstant, showPairs, showText } from './show.js';

/** `3 s`, `4 min`: no more is wanted of an estimate. */
export const showSeconds = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

export const showLeft = ({ secondsLeft }: CycleProgress): string =>
  secondsLeft === null ? 'time left not known yet' : `${showSeconds(secondsLeft)} left`;

/** A cycle that ended, in one line. */
export const showExecution = (execution: Execution): string => {
  const { state, timeBegan, timeEnded, countExported, countEscrowed, error } = execution;
  const seconds = (Date.parse(timeEnded) - Date.parse(timeBegan)) / 1_000;
  return [
    `${state}, ${showInstant(timeEnded)}, in ${showSeconds(seconds)}`,
    `: ${countExported === 0 ? 'nothing to do' : countOf(countExported, 'change')}, ${countEscrowed} failed`,
    error ? `. ${showText(`${error.code}: ${error.message}`)}` : '',
  ].join('');
};

/** The job as `status` tells it. */
export const showJob = (job: JobStatus): string => {
  const { status, schedule } = job;
  const { lastExecution: last, lastSuccessfulExecutionWithExports: changed, quarantine } = status;
  const progress = readProgress(job);
  const people = status.synchronizedEntryCountByType.find(({ key }) => key === 'User')?.value ?? 0;
  return showPairs([
    ['Job', job.id],
    ['Status', `${status.code}, a cycle every ${schedule.interval}`],
    ['Running', progress ? `${progress.done} of ${countOf(progress.total, 'object')}, ${showLeft(progress)}` : ''],
    ['Last cycle', last ? showExecution(last) : 'none yet'],
    ['', last ? `id ${last.activityIdentifier}` : ''],
    ['Last change', changed && changed.activityIdentifier !== last?.activityIdentifier ? showExecution(changed) : ''],
    ['Steady since', showInstant(instantOrNull(status.steadyStateFirstAchievedTime))],
    ['Accounts', `${people} linked`],
    ['Quarantine', quarantine ? `${quarantine.reason} since ${showInstant(quarantine.seriesBegan)}` : ''],
    ['', quarantine?.error ? showText(`${quarantine.error.code}: ${quarantine.error.message}`) : ''],
    ['Next attempt', quarantine ? showInstant(quarantine.nextAttempt) : ''],
  ]);
};
