import pLimit from 'p-limit';
import { demandTimedOut } from '../faults.js';
import { FaultError } from '../model.js';
import { openBatch } from './batch.js';
import type { DemandBatch, DemandCall, DemandEnd, DemandParts } from './demand.js';
import type { DemandMessage, DemandQueue, DemandRun } from './demandRun.js';
import { findSubject } from './findSubject.js';
import { busyLimitMs, provisionOne } from './provisionOne.js';
import { createTurns } from './turns.js';
import { failRun, type RunSubjects, startRun, workOnRun } from './workOnRun.js';

/** Provisioning that a person asked for, beside the cycle. Takes no lease: each object has its own lock. */
export interface OnDemand {
  /**
   * Takes each subject (id, userPrincipalName or mail of a user) through all steps; one end for each, in order. Throws
   * `FaultError` where the directory could not be read, or `Timeout` where `limitMs` were over before all was done.
   */
  provision(subjects: readonly string[], call: DemandCall, limitMs: number): Promise<readonly DemandEnd[]>;
  /** The first direct members of a group that are users, more than `most` where there are more; null: no such group. */
  listMembers(groupId: string, most: number): Promise<readonly string[] | null>;
  /** Begins a run that goes on in the queue. */
  startRun(subjects: RunSubjects, call: DemandCall): Promise<DemandRun>;
  readRun(id: string): Promise<DemandRun | null>;
  /** Goes on with a run, until it ends or the time budget is over. What it throws has the message delivered again. */
  workOnRun(message: DemandMessage): Promise<void>;
  /** A message was given up: so is its run. */
  failRun(message: DemandMessage): Promise<void>;
}

/** People under way at once in one call. */
const peopleAtOnce = 8;

export const createOnDemand = ({ readSchema, ...parts }: DemandParts, queue: DemandQueue): OnDemand => {
  const { world } = parts;
  const { directory, state, clock } = world;
  const takeTurn = createTurns<DemandEnd>(async (signal) => {
    await clock.sleep(busyLimitMs, signal);
    return { kind: 'busy' };
  });

  const open = async (ids: readonly string[], call: DemandCall, signal: AbortSignal): Promise<DemandBatch> =>
    openBatch(ids, call, { ...parts, ...(await readSchema()) }, signal);

  const provisionAll = async (
    subjects: readonly string[],
    call: DemandCall,
    signal: AbortSignal,
  ): Promise<readonly DemandEnd[]> => {
    const limit = pLimit(peopleAtOnce);
    const found = await Promise.all(subjects.map((name) => limit(() => findSubject(name, world, signal))));
    const ids = found.flatMap((one) => (one.kind === 'one' ? [one.id] : []));
    const batch = await open(ids, call, signal);
    const provision = (id: string): Promise<DemandEnd> =>
      takeTurn(`${id}|${call.isDryRun}|${call.initiatedBy.id}`, async (hasWaited) =>
        provisionOne(id, hasWaited ? await open([id], call, signal) : batch),
      );
    return allOf(found.map((one) => (one.kind === 'one' ? limit(() => provision(one.id)) : Promise.resolve(one))));
  };

  return {
    async provision(subjects, call, limitMs) {
      const ended = new AbortController();
      const late = new AbortController();
      const watch = clock.sleep(limitMs, ended.signal).then(
        () => late.abort(new FaultError(demandTimedOut)),
        () => undefined, // ended before
      );
      try {
        return await provisionAll(subjects, call, late.signal);
      } finally {
        ended.abort();
        await watch;
      }
    },
    async listMembers(groupId, most) {
      const signal = new AbortController().signal;
      const ids: string[] = [];
      let link: string | null = null;
      do {
        const page = await directory.listMembers(groupId, link, signal);
        if (page === null) return null;
        ids.push(...page.rows.flatMap(({ id, type }) => (type === 'user' ? [id] : [])));
        link = page.next;
      } while (link !== null && ids.length <= most);
      return ids;
    },
    startRun: (subjects, call) => startRun(subjects, call, world, queue),
    readRun: async (id) => (await state.demands.read(id))?.run ?? null,
    workOnRun: (message) => workOnRun(message, { parts, queue, provisionAll }),
    failRun: (message) => failRun(message, world),
  };
};

/** Waits for every one before it throws the first failure, so that nothing is under way any more. */
const allOf = async (works: readonly Promise<DemandEnd>[]): Promise<readonly DemandEnd[]> => {
  await Promise.allSettled(works);
  return Promise.all(works);
};
