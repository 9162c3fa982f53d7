import type { JobRow, Quarantine } from '../engine/control.js';
import type { Fault } from '../engine/model.js';

/** Graph's `synchronizationQuarantine`; its error says in words what is wrong, which request showed it, and what to do. */
export const toQuarantine = (quarantine: Quarantine | null, { nextRunAt }: JobRow) =>
  quarantine && {
    currentBegan: quarantine.evaluatedAt ?? quarantine.since,
    error: toQuarantineError(quarantine),
    nextAttempt: quarantine.until ?? nextRunAt ?? quarantine.since,
    reason: quarantine.reason,
    seriesBegan: quarantine.since,
    seriesCount: quarantine.timesImposed ?? 1,
  };

const toQuarantineError = ({ reason, fault }: Quarantine) => {
  if (fault) {
    const message = [fault.message, describeRequest(fault), fault.recommendedAction]
      .filter((part) => part !== '')
      .join(' ');
    return { code: fault.code, message, tenantActionable: fault.whose !== 'us' };
  }
  if (reason !== 'TooManyDeletes') return null;
  return {
    code: reason,
    message:
      'More people were about to be disabled or deleted than is allowed; nobody of them was. Joiners and updates go on. Look at the stagedRemovals of the job: release them if the people should go. If not, put the assignments or filters right, which lets them leave the list by themselves, or reject them.',
    tenantActionable: true,
  };
};

const describeRequest = ({ request }: Fault): string =>
  request
    ? `${request.method} ${request.path} answered ${request.status ?? 'nothing'} (request ${request.requestId ?? 'without id'}).`
    : '';
