import { newJob } from '../../lib/engine/newJob.js';
import { runSlice, type SliceOptions } from '../../lib/engine/runSlice.js';
import { createSurroundings, domain, jobId, licensedRoleId, type Surroundings } from '../fakes/surroundings.js';
import { createWorker } from '../fakes/worker.js';

const minuteMs = 60_000;
const message = { jobId, cycleId: null, slice: 1 };

/** A worker whose wall clock is ahead of the others', or behind; how time passes is the same for all. */
const workerWithClockOff = (surroundings: Surroundings, owner: string, byMs: number): SliceOptions => {
  const { clock } = surroundings;
  const off = { ...clock, nowMs: () => clock.nowMs() + byMs };
  return createWorker({ ...surroundings, clock: off }, { owner, engine: { deletionThresholdPercent: 100 } });
};

const settle = async (people: number) => {
  const surroundings = createSurroundings({ zoom: { latencyMs: 2_000 } });
  const { graph } = surroundings;
  const ids = Array.from({ length: people }, (_, n) => {
    const id = graph.dir.createUser({ userPrincipalName: `user${n}@${domain}`, displayName: `User ${n}` });
    graph.dir.assign({ principalId: id, appRoleId: licensedRoleId });
    return id;
  });
  await createWorker(surroundings).world.state.jobs.ensureJob(newJob(jobId, 'on', 40 * minuteMs));
  return { surroundings, ids };
};

/** All run at the same time, again and again, until none has anything to do. */
const runAll = async ({ clock }: Surroundings, workers: readonly SliceOptions[]): Promise<readonly string[]> => {
  const ended: string[] = [];
  for (let round = 0; round < 16; round += 1) {
    const results = await clock.settle(
      Promise.allSettled(workers.map((worker) => runSlice(message, worker, new AbortController().signal))),
    );
    for (const result of results) ended.push(result.status === 'fulfilled' ? result.value.kind : 'threw');
    clock.advance(2 * minuteMs);
  }
  return ended;
};

describe('workers whose clocks disagree', () => {
  it.each([
    ['ahead of', 10],
    ['behind', -10],
    ['an hour ahead of', 60],
  ])('one of them %s the other, make no second account and disable nobody wrongly', async (_what, minutes) => {
    const { surroundings, ids } = await settle(16);
    const workers = [
      workerWithClockOff(surroundings, 'right', 0),
      workerWithClockOff(surroundings, 'wrong', minutes * minuteMs),
    ];
    const ended = await runAll(surroundings, workers);
    expect(ended).toContain('finished');
    const accounts = () => [...surroundings.zoom.state().accounts.values()];
    expect(accounts().filter(({ status }) => status === 'active')).toHaveLength(16);
    expect(new Set(accounts().map(({ email }) => email)).size).toBe(accounts().length);

    surroundings.graph.dir.updateUser(ids[0] ?? '', { accountEnabled: false });
    surroundings.clock.advance(2 * 60 * minuteMs);
    await runAll(surroundings, workers);
    expect(accounts().filter(({ status }) => status === 'inactive')).toMatchObject([{ email: `user0@${domain}` }]);
    const creations = surroundings.zoom.journal.entries.filter(
      ({ operation, status }) => operation === 'users.create' && status === 201,
    );
    expect(creations).toHaveLength(16);
  });
});
