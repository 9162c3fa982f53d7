import { FaultError } from '../model.js';
import type { World } from '../world.js';
import type { DemandCall, DemandEnd, DemandParts } from './demand.js';
import type { DemandMessage, DemandQueue, DemandRun, StoredRun } from './demandRun.js';

/** Whom a run is for: people by id, userPrincipalName or mail, or all direct members of a group. */
export type RunSubjects =
  | { readonly kind: 'named'; readonly subjects: readonly string[] }
  | { readonly kind: 'members'; readonly groupId: string };

/** So many are worked through between two checkpoints of a run. */
const subjectsPerPage = 100;

const nobody: DemandRun['counts'] = { success: 0, skipped: 0, failure: 0 };

export const startRun = async (
  subjects: RunSubjects,
  call: DemandCall,
  world: Pick<World, 'state' | 'clock' | 'jobId'>,
  queue: DemandQueue,
): Promise<DemandRun> => {
  const pages = subjects.kind === 'named' ? divide(subjects.subjects) : [];
  const run: DemandRun = {
    ...call,
    state: 'running',
    createdAt: new Date(world.clock.nowMs()).toISOString(),
    endedAt: null,
    groupId: subjects.kind === 'members' ? subjects.groupId : null,
    link: null,
    page: 0,
    pages: subjects.kind === 'named' ? pages.length : null,
    total: subjects.kind === 'named' ? subjects.subjects.length : null,
    counts: nobody,
    faultCode: null,
  };
  await world.state.demands.create(run, pages);
  await queue.send({ jobId: world.jobId, demandId: run.id }, 0);
  return run;
};

const divide = (subjects: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(subjects.length / subjectsPerPage) }, (_, page) =>
    subjects.slice(page * subjectsPerPage, (page + 1) * subjectsPerPage),
  );

export interface RunContext {
  readonly parts: Pick<DemandParts, 'world' | 'settings' | 'stopping'>;
  readonly queue: DemandQueue;
  readonly provisionAll: (
    subjects: readonly string[],
    call: DemandCall,
    signal: AbortSignal,
  ) => Promise<readonly DemandEnd[]>;
}

/**
 * Works through a run, page by page; each page ends in one checkpoint under the version that was read, so that of two
 * workers one stops. A page that was cut short is gone through again and finds what is done.
 */
export const workOnRun = async (message: DemandMessage, { parts, queue, provisionAll }: RunContext): Promise<void> => {
  const { world, settings, stopping } = parts;
  const { demands } = world.state;
  const endsAtMs = world.clock.monotonicMs() + settings.sliceBudgetMs;
  // What is under way gets its answer when the host stops.
  const signal = new AbortController().signal;
  let stored = await demands.read(message.demandId);
  while (stored?.run.state === 'running') {
    if (stopping?.aborted === true || world.clock.monotonicMs() >= endsAtMs) {
      await queue.send(message, 0);
      return;
    }
    stored = await workOnPage(stored, { parts, queue, provisionAll }, signal);
  }
};

const workOnPage = async (
  stored: StoredRun,
  { parts, provisionAll }: RunContext,
  signal: AbortSignal,
): Promise<StoredRun | null> => {
  const { world } = parts;
  const { run } = stored;
  const page = await readSubjects(run, world, signal);
  // The list is begun again; who is done already is found so.
  if (page === 'expired') return world.state.demands.move(stored, { ...run, link: null, counts: nobody });
  const { subjects, link, isLast } = page;
  const ends = subjects.length > 0 ? await provisionAll(subjects, run, signal) : [];
  const counts = addEnds(run.counts, ends);
  const moved: DemandRun = { ...run, page: run.page + 1, link, counts };
  return world.state.demands.move(stored, isLast ? completed(moved, world) : moved);
};

const completed = (run: DemandRun, { clock }: Pick<World, 'clock'>): DemandRun => ({
  ...run,
  state: 'completed',
  endedAt: new Date(clock.nowMs()).toISOString(),
  total: run.counts.success + run.counts.skipped + run.counts.failure,
});

interface SubjectsPage {
  readonly subjects: readonly string[];
  readonly link: string | null;
  readonly isLast: boolean;
}

const readSubjects = async (
  run: DemandRun,
  { directory, state }: Pick<World, 'directory' | 'state'>,
  signal: AbortSignal,
): Promise<SubjectsPage | 'expired'> => {
  if (run.groupId === null) {
    const subjects = await state.demands.readPage(run.id, run.page);
    return { subjects, link: null, isLast: run.page + 1 >= (run.pages ?? 0) };
  }
  const page = await directory.listMembers(run.groupId, run.link, signal).catch((error: unknown) => {
    if (error instanceof FaultError && error.fault.code === 'ListLinkExpired') return 'expired' as const;
    throw error;
  });
  if (page === 'expired') return page;
  const users = (page?.rows ?? []).filter(({ type }) => type === 'user');
  const link = page?.next ?? null;
  return { subjects: users.map(({ id }) => id), link, isLast: link === null };
};

/** Whom nobody knows, and whoever stayed busy, counts as a failure: the run goes on. */
const addEnds = (before: DemandRun['counts'], ends: readonly DemandEnd[]): DemandRun['counts'] => {
  const counts = { ...before };
  for (const end of ends) counts[resultOf(end)] += 1;
  return counts;
};

/** How one end counts. What took effect only in part is a success with a warning. */
export const resultOf = (end: DemandEnd): 'success' | 'skipped' | 'failure' => {
  if (end.kind !== 'done') return 'failure';
  const { status } = end.report.record.provisioningStatusInfo;
  return status === 'warning' ? 'success' : status;
};

export const failRun = async ({ demandId }: DemandMessage, world: Pick<World, 'state' | 'clock'>): Promise<void> => {
  const stored = await world.state.demands.read(demandId);
  if (stored?.run.state !== 'running') return;
  const endedAt = new Date(world.clock.nowMs()).toISOString();
  await world.state.demands.move(stored, { ...stored.run, state: 'failed', endedAt, faultCode: 'GivenUp' });
};
