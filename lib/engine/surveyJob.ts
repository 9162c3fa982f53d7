import type { World } from './world.js';

/** Where the job stands at an instant, in figures. */
export interface JobFigures {
  readonly isQuarantined: boolean;
  readonly linkedActive: number;
  readonly linkedDisabled: number;
  readonly staged: number;
  readonly held: number;
  readonly escrowed: number;
  /** How long the object that is overdue longest has been due; 0: none is. */
  readonly pendingAgeMs: number;
  /** The cycle that runs, and its age in intervals of the job. */
  readonly cycle: { readonly kind: string; readonly intervals: number } | null;
}

const entriesPerPage = 200;
/** Where more objects wait, they are no more exactly counted: a figure is not worth reading them all. */
const mostEntries = 1_000;
const endOfTime = '9999-12-31T23:59:59.999Z';

/** Reads the figures off the job’s rows and the indexes of what is due and staged; null before there is a job. */
export const surveyJob = async ({ state, clock }: Pick<World, 'state' | 'clock'>): Promise<JobFigures | null> => {
  const { job, cycle, counters } = await state.jobs.read();
  if (!job) return null;
  const nowMs = clock.nowMs();
  const ageMs = cycle === null ? 0 : nowMs - Date.parse(cycle.startedAt);
  return {
    isQuarantined: job.quarantine !== null,
    ...counters,
    ...(await surveyStaged(state)),
    ...(await surveyDue(state, nowMs)),
    cycle: cycle === null ? null : { kind: cycle.kind, intervals: ageMs / job.intervalMs },
  };
};

const surveyStaged = async ({ objects }: World['state']): Promise<Pick<JobFigures, 'staged' | 'held'>> => {
  let staged = 0;
  let held = 0;
  let cursor: string | null = null;
  do {
    const page = await objects.listStaged(cursor);
    for (const { state } of page.rows) {
      if (state === 'held') held += 1;
      else if (state !== 'rejected') staged += 1;
    }
    cursor = page.cursor;
  } while (cursor !== null && staged + held < mostEntries);
  return { staged, held };
};

const surveyDue = async (
  { objects }: World['state'],
  nowMs: number,
): Promise<Pick<JobFigures, 'escrowed' | 'pendingAgeMs'>> => {
  let escrowed = 0;
  let earliestMs = nowMs;
  for (const type of ['user', 'group'] as const) {
    let cursor: string | null = null;
    let seen = 0;
    do {
      const page = await objects.listDue(type, endOfTime, cursor, entriesPerPage);
      for (const { due } of page.rows) earliestMs = Math.min(earliestMs, Date.parse(due));
      const rows = page.rows.length > 0 ? await objects.read(page.rows.map(({ id }) => id)) : new Map();
      for (const { row } of rows.values()) if (row.pending?.fault) escrowed += 1;
      seen += page.rows.length;
      cursor = page.cursor;
    } while (cursor !== null && seen < mostEntries);
  }
  return { escrowed, pendingAgeMs: nowMs - earliestMs };
};
