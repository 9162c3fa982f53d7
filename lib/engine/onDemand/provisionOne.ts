import { isIntentLive } from '../intents.js';
import { countLinks, createLinkTally, type LinkTally } from '../linkCounts.js';
import type { Outcome } from '../outcome.js';
import { provisionBatch } from '../provision.js';
import type { ProvisionContext } from '../provisionContext.js';
import type { RecordRow } from '../record.js';
import { isKnown } from '../rows.js';
import type { StoredObject } from '../state.js';
import { emptyRow } from '../stored.js';
import type { Subject } from '../subject.js';
import { openBatch } from './batch.js';
import type { DemandBatch, DemandEnd } from './demand.js';
import { demandSteps } from './demandSteps.js';
import { storeSeenEdges } from './edges.js';
import { planOne } from './planOne.js';
import { type LiveUser, readLive } from './readLive.js';
import { removeNow } from './removeNow.js';
import { sceneOf } from './sceneOf.js';
import { lookAtLinked, type TargetSight } from './targetSight.js';

/** So long a call waits for whoever is at work on the object. */
export const busyLimitMs = 60_000;
const lookAgainAfterMs = 500;

/**
 * Takes one user through all steps, from live reads to the log record. An object that a cycle or another call is at is
 * waited for, and looked at anew. Throws `FaultError` where the directory could not be read.
 */
export const provisionOne = async (id: string, first: DemandBatch): Promise<DemandEnd> => {
  const { clock } = first.options.world;
  const deadlineMs = clock.monotonicMs() + busyLimitMs;
  for (let batch = first; ; batch = await openBatch([id], first.call, first.options, first.signal)) {
    const end = await attemptOne(id, batch);
    if (end.kind !== 'busy' || clock.monotonicMs() + lookAgainAfterMs > deadlineMs) return end;
    first.options.stopping?.throwIfAborted();
    await clock.sleep(lookAgainAfterMs, first.signal);
  }
};

const attemptOne = async (id: string, batch: DemandBatch): Promise<DemandEnd> => {
  const { state, clock } = batch.options.world;
  const before = (await state.objects.read([id])).get(id) ?? { row: emptyRow(id, 'user'), etag: null };
  if (before.row.type !== 'user') return { kind: 'unknown' };
  if (isIntentLive(before.row.intent, clock.nowMs())) return { kind: 'busy' };
  const live = await readLive(before, await batch.firstList(), batch);
  if (!live.isNamed && !isKnown(before.row)) return { kind: 'unknown' };
  if (batch.call.isDryRun) return planOne(subjectOf(live, before), live, batch);
  return carryOut(live, await storeSeenEdges(live, before, batch), batch);
};

const subjectOf = (live: LiveUser, stored: StoredObject): Subject => ({
  stored,
  source: live.source,
  life: live.life,
  readAt: live.readAt,
  round: null,
  provenByRow: false,
  readFault: live.readFault,
});

const carryOut = async (live: LiveUser, stored: StoredObject, batch: DemandBatch): Promise<DemandEnd> => {
  const sight: TargetSight = { account: null };
  const records: RecordRow[] = [];
  const links = createLinkTally();
  const context = await contextOf(live, batch, { sight, records, links });
  const [outcome] = await provisionBatch([subjectOf(live, stored)], context, batch.signal);
  const [record] = records;
  if (!outcome || !record) return { kind: 'busy' };
  countLinks([outcome], links.count);
  await countOutcome(outcome, record.changeId, links, batch);
  const { mapping, redact } = batch.options;
  return { kind: 'done', report: { record, steps: demandSteps(outcome, record, { mapping, redact, ...sight }) } };
};

/** What is learnt on the way, for the answer and the counts. */
interface Heard {
  readonly sight: TargetSight;
  readonly records: RecordRow[];
  readonly links: LinkTally;
}

const contextOf = async (
  live: LiveUser,
  batch: DemandBatch,
  { sight, records, links }: Heard,
): Promise<ProvisionContext> => {
  const { options, call, signal, intervalMs } = batch;
  const { world, mapping, settings, redact, memory } = options;
  const maySend = (): boolean => options.stopping?.aborted !== true && !signal.aborted;
  const exporting = { world, mapping, domains: memory.domains, maySend, count: links.count };
  return {
    ...exporting,
    scene: await sceneOf(live, batch),
    cycleId: call.id,
    intervalMs,
    intentMs: settings.leaseDurationMs,
    names: null,
    redact,
    demand: {
      initiatedBy: call.initiatedBy,
      lookAtLinked: lookAtLinked(sight, world.target, mapping),
      remove: removeNow(batch, sight, exporting),
      onRecord: (record) => void records.push(record),
    },
  };
};

/** In a row of its own until a checkpoint folds it in; under the change's id, so that a replay counts once. */
const countOutcome = async (
  outcome: Outcome,
  changeId: string,
  tally: LinkTally,
  { options }: DemandBatch,
): Promise<void> => {
  const links = tally.read();
  const removals = outcome.effect.kind === 'removed' ? 1 : 0;
  if (links.linkedActive === 0 && links.linkedDisabled === 0 && removals === 0) return;
  const at = new Date(options.world.clock.nowMs()).toISOString();
  await options.world.state.jobs.countDemand({ changeId, at, ...links, removals });
};
