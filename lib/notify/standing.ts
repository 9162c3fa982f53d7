import type { JobRow, Quarantine } from '../engine/control.js';
import type { LicenceCounts, StoredIncident } from '../engine/incidents.js';
import type { Notice } from '../engine/ports.js';
import type { ControlRows } from '../engine/state.js';
import { findSeatShortage } from './seats.js';

/** What stands at an instant. `quiet`: it is noted, since somebody was told of it in another way. */
export interface Standing {
  readonly notice: Notice;
  readonly isQuiet: boolean;
}

export interface StandingInput {
  readonly control: ControlRows;
  readonly incidents: readonly StoredIncident[];
  readonly licences: LicenceCounts | null;
  /** Null: nobody said how many were bought. */
  readonly licensedSeats: number | null;
  readonly nowMs: number;
}

/** The kind of an incident: what its id begins with. */
export const familyOf = (incident: string): string => incident.slice(0, incident.indexOf(':'));

/** Pure: all that a person should know of at this instant, read off the job's rows. */
export const findStanding = (input: StandingInput): readonly Standing[] => {
  const { job } = input.control;
  if (!job) return [];
  return [...quarantineOf(job, input), ...idleOf(job, input), ...findSeatShortage(job, input).map(told)];
};

const told = (notice: Notice): Standing => ({ notice, isQuiet: false });

const heldReason = 'TooManyDeletes';

const quarantineOf = (job: JobRow, { control, incidents }: StandingInput): readonly Standing[] => {
  const { quarantine } = job;
  if (!quarantine) return [];
  const id = `quarantine:${quarantine.since}:${quarantine.reason}:${quarantine.fault?.code ?? ''}`;
  const before = incidents.find(
    ({ incident }) =>
      familyOf(incident.notice.incident) === 'quarantine' &&
      incident.endedAt === null &&
      incident.notice.incident !== id,
  );
  // Held removals are told of when the last of them is held; this is for a worker that died just before.
  const isHeld = quarantine.reason === heldReason;
  const isHeldTold = incidents.some(
    ({ incident }) => familyOf(incident.notice.incident) === 'held' && incident.toldAt >= quarantine.since,
  );
  const isNoted = incidents.some(({ incident }) => incident.notice.incident === id);
  if (isHeld && !isHeldTold && !isNoted && control.cycle !== null) return [];
  const notice: Notice = {
    incident: id,
    jobId: job.jobId,
    subject: before ? `Quarantine: the reason is now ${nameOf(quarantine)}` : `Quarantine: ${nameOf(quarantine)}`,
    text: `${reasons[quarantine.reason] ?? 'Provisioning is in quarantine.'} Nobody was disabled by it, and changes of the people with an account may wait.`,
    fault: quarantine.fault,
    since: quarantine.since,
    people: control.counters.linkedActive,
    action: isHeld ? heldAction : quarantineAction,
    ...placeOf(quarantine),
  };
  return [{ notice, isQuiet: isHeld && isHeldTold }];
};

const nameOf = ({ reason, fault }: Quarantine): string => fault?.code ?? reason;

const placeOf = ({ reason }: Quarantine): Pick<Notice, 'place'> => {
  if (reason === heldReason) return { place: 'stagedRemovals' };
  return reason.includes('Escrow') ? { place: 'escrows' } : {};
};

const quarantineAction =
  'Once that is settled, POST to the job’s /start; else it tries again by itself, ever more rarely. After 28 days it stops.';
const heldAction = 'Look at the list below, then POST to its release or its reject.';

const reasons: Readonly<Record<string, string>> = {
  EncounteredQuarantineException: 'Provisioning stopped: it cannot go on with Microsoft Entra ID or Zoom.',
  EncounteredEscrowProportionThreshold: 'Provisioning is in quarantine: too large a share of the changes fails.',
  EncounteredBaseEscrowThreshold: 'Provisioning is in quarantine: too many changes fail.',
  EncounteredTotalEscrowThreshold: 'Provisioning is in quarantine: too many changes fail, references included.',
  TooManyDeletes: 'Removals are held: one cycle would have disabled or deleted more people than is allowed.',
  IngestionInterrupted: 'Provisioning stopped: what was read from Microsoft Entra ID cannot be whole.',
  QuarantinedOnDemand: 'Provisioning was put in quarantine by a person.',
};

/** So many intervals without a good cycle are too long, and an hour at least. */
const idleIntervals = 6;
const leastIdleMs = 60 * 60_000;
const failuresToTell = 3;

/** Nothing done for longer than it should: no cycle begins, or none ends well. Quarantine has its own message. */
const idleOf = (job: JobRow, { control, incidents, nowMs }: StandingInput): readonly Standing[] => {
  if (job.status !== 'on' || job.quarantine) return [];
  const { cycle, lease, request } = control;
  const limitMs = Math.max(leastIdleMs, idleIntervals * job.intervalMs);
  const isWaiting = cycle?.notBefore != null && Date.parse(cycle.notBefore) > nowMs;
  if (isWaiting) return [];
  const firstSeenAt = incidents.find(({ incident }) => incident.notice.incident === firstSeen)?.incident.toldAt;
  // A job that never ran has no instant to count from but the first look at it.
  const mark: readonly Standing[] =
    job.lastExecution === null
      ? [{ notice: noticeOf(job, firstSeen, 'First seen', 'Nothing has run yet.', null), isQuiet: true }]
      : [];
  if (mark.length > 0 && firstSeenAt === undefined) return mark;
  const lastSign = latest([
    job.nextRunAt,
    request?.requestedAt,
    cycle?.startedAt,
    lease?.expiresAt,
    job.lastExecution?.endedAt,
    firstSeenAt,
  ]);
  if (lastSign !== null && nowMs - Date.parse(lastSign) > limitMs) {
    const text = `No cycle has run since ${lastSign}, although one is due every ${Math.round(job.intervalMs / 60_000)} minutes.`;
    return [
      ...mark,
      told({ ...noticeOf(job, `idle:stopped:${lastSign}`, 'Nothing has run', text, lastSign), action: stoppedAction }),
    ];
  }
  const lastGood = job.steadyStateLastAt ?? firstSeenAt ?? null;
  const isFailing = job.failuresInARow >= failuresToTell && lastGood !== null;
  if (!isFailing || nowMs - Date.parse(lastGood) <= limitMs) return mark;
  const text = `The last ${job.failuresInARow} cycles failed; none has ended well since ${lastGood}.`;
  const notice = noticeOf(job, `idle:failing:${lastGood}`, 'No cycle ends well', text, lastGood);
  const { fault = null } = job.lastExecution ?? {};
  return [...mark, told({ ...notice, fault, people: control.counters.linkedActive, action: failingAction })];
};

const firstSeen = 'mark:firstSeen';
const stoppedAction =
  'See whether the function app runs, and whether its function cycle takes messages of the queue provisioning-cycles (storage, settings, poison queue).';
const failingAction = 'It is tried again by itself; see to the request that failed.';

const noticeOf = (job: JobRow, incident: string, subject: string, text: string, since: string | null): Notice => ({
  incident,
  jobId: job.jobId,
  subject,
  text,
  fault: null,
  ...(since === null ? {} : { since }),
});

const latest = (instants: readonly (string | null | undefined)[]): string | null =>
  instants
    .flatMap((instant) => instant ?? [])
    .toSorted()
    .at(-1) ?? null;
