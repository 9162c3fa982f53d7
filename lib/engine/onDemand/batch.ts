import { type FreshAssignments, readFreshAssignments } from '../phases/freshScope.js';
import { settingsInForce } from '../settingsInForce.js';
import type { DemandBatch, DemandCall, DemandOptions } from './demand.js';

/** So much later is the directory read again before anything is taken away. */
const secondReadAfterMs = 1_000;

const nothing: FreshAssignments = { userRoles: new Map(), groupRoles: new Map(), isEmpty: true };

const once = <Result>(run: () => Promise<Result>): (() => Promise<Result>) => {
  let result: Promise<Result> | null = null;
  return () => {
    result ??= run();
    return result;
  };
};

/** Opens a batch for these people; the lists are read when the first of them needs one. */
export const openBatch = async (
  ids: readonly string[],
  call: DemandCall,
  options: DemandOptions,
  signal: AbortSignal,
): Promise<DemandBatch> => {
  const { world } = options;
  const { job, marks } = await world.state.jobs.read();
  const settings = job ? settingsInForce(options.settings, job.settings) : options.settings;
  const userIds = new Set(ids);
  const readList = (): Promise<FreshAssignments> =>
    settings.scopeMode === 'all' ? Promise.resolve(nothing) : readFreshAssignments(userIds, { world, signal });
  return {
    options: { ...options, settings },
    call,
    signal,
    intervalMs: job?.intervalMs ?? 0,
    tracked: new Map(
      marks.flatMap(({ groupIds, round, readySince }) =>
        groupIds.map((id) => [id, { round, isReady: readySince !== null }] as const),
      ),
    ),
    firstList: once(readList),
    secondList: once(async () => {
      await world.clock.sleep(secondReadAfterMs, signal);
      return readList();
    }),
    // No list has such a digest. Each is another one, so that a cycle sees that it was put there meanwhile.
    forgetDigest: async () => {
      const assignmentsDigest = `demand:${world.newId()}`;
      await world.state.jobs.updateJob((row) => ({ ...row, assignmentsDigest }));
    },
  };
};
