import { removeAccount } from '../exportRemoval.js';
import type { Locked } from '../intents.js';
import type { Effect } from '../outcome.js';
import { removalOperation } from '../removalPolicy.js';
import { type Assessment, asksForRemoval, assess } from '../subject.js';
import type { ExportContext } from '../task.js';
import type { DemandBatch } from './demand.js';
import { markUnseenEdges } from './edges.js';
import { readLive } from './readLive.js';
import { sceneOf } from './sceneOf.js';
import type { TargetSight } from './targetSight.js';

/**
 * Carries a removal out at once: a person asked. First the directory is read a second time, and has to agree; then the
 * account is looked at, and only what is not so yet is sent.
 */
export const removeNow =
  (batch: DemandBatch, sight: TargetSight, context: ExportContext) =>
  async (assessment: Assessment, locked: Locked, signal: AbortSignal): Promise<Effect> => {
    const { stored } = assessment.subject;
    const second = await readLive(stored, await batch.secondList(), batch);
    const again = assess({ ...assessment.subject, ...second }, await sceneOf(second, batch));
    if (!asksForRemoval(again)) return disagreement;
    if (second.life === 'live') await markUnseenEdges(second, stored.row, batch);
    else await batch.forgetDigest();
    const { link } = locked.stored.row;
    if (!link || !context.maySend()) return { kind: 'deferred', retryAt: null };
    const operation = removalOperation(again.removal);
    const read = await context.world.target.readUser(link.targetId, signal);
    if (read.kind === 'fault') return { kind: 'failed', fault: read.fault };
    if (read.kind === 'found') {
      sight.account = read.account;
      if (operation === 'disable' && !read.account.active) return disabled(link);
    }
    const trigger = again.removal?.trigger ?? 'blocked';
    return removeAccount({ targetId: link.targetId, trigger, operation, isRepeated: false }, link, context, signal);
  };

const disabled = (link: NonNullable<Locked['stored']['row']['link']>): Effect => ({
  kind: 'removed',
  operation: 'disable',
  link: { ...link, state: 'disabled' },
});

const disagreement: Effect = {
  kind: 'skipped',
  reason: 'ScopeUnknown',
  detail: 'a second read of the directory does not agree with the first: nothing is taken away',
};
