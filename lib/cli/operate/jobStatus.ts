import { z } from 'zod';
import { type ApiClient, parseAnswer } from './apiClient.js';

const executionShape = z.looseObject({
  activityIdentifier: z.string(),
  state: z.string(),
  timeBegan: z.string(),
  timeEnded: z.string(),
  countExported: z.number(),
  countEscrowed: z.number(),
  error: z.object({ code: z.string(), message: z.string() }).nullish(),
});

const progressShape = z.object({ completedUnits: z.number(), totalUnits: z.number(), units: z.string() });

const jobShape = z.looseObject({
  id: z.string(),
  schedule: z.looseObject({ interval: z.string(), state: z.string() }),
  status: z.looseObject({
    code: z.string(),
    lastExecution: executionShape.nullable(),
    lastSuccessfulExecutionWithExports: executionShape.nullable(),
    progress: z.array(progressShape),
    quarantine: z
      .looseObject({
        reason: z.string(),
        nextAttempt: z.string(),
        seriesBegan: z.string(),
        error: z.object({ code: z.string(), message: z.string() }).nullable(),
      })
      .nullable(),
    steadyStateFirstAchievedTime: z.string(),
    synchronizedEntryCountByType: z.array(z.object({ key: z.string(), value: z.number() })),
  }),
});

/** A cycle that ended. */
export type Execution = z.infer<typeof executionShape>;
/** The job as `GET …/jobs/{job}` answers it, with what is shown of it. */
export type JobStatus = z.infer<typeof jobShape>;

/** How far a cycle is; null where none runs. */
export interface CycleProgress {
  readonly done: number;
  readonly total: number;
  /** Null where the service does not know. */
  readonly secondsLeft: number | null;
}

export const readJobStatus = async (api: ApiClient): Promise<JobStatus> =>
  parseAnswer(await api.call('GET', await api.jobPath()), jobShape);

export const readProgress = ({ status }: JobStatus): CycleProgress | null => {
  const objects = status.progress.find(({ units }) => units === 'objects');
  if (!objects) return null;
  const seconds = status.progress.find(({ units }) => units === 'seconds');
  return {
    done: objects.completedUnits,
    total: objects.totalUnits,
    secondsLeft: seconds ? seconds.totalUnits - seconds.completedUnits : null,
  };
};

/** Graph's word for an instant that never was. */
const never = '0001-01-01T00:00:00Z';
export const instantOrNull = (instant: string): string | null => (instant === never ? null : instant);
