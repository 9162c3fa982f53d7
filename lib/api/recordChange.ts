import type { AuditActivity, AuditActor, AuditChange } from '../engine/audit.js';
import type { World } from '../engine/world.js';

/** Records who changed what, after it was changed. */
export const recordChange = (
  world: Pick<World, 'state' | 'clock' | 'newId'>,
  activity: AuditActivity,
  actor: AuditActor,
  changes: readonly AuditChange[],
): Promise<void> =>
  world.state.audit.record({
    id: world.newId(),
    at: new Date(world.clock.nowMs()).toISOString(),
    activity,
    actor: toActor(actor),
    result: 'success',
    reason: null,
    changes,
  });

/** Without what else a caller carries. */
const toActor = ({ objectId, applicationId, kind }: AuditActor): AuditActor => ({
  objectId,
  applicationId,
  ...(kind === undefined ? {} : { kind }),
});
