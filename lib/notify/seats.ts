import type { JobRow } from '../engine/control.js';
import type { LicenceCounts } from '../engine/incidents.js';
import type { Notice } from '../engine/ports.js';

/** Zoom's own limit of Basic users in an account. */
const mostBasic = 9_999;
/** Told when so few are left, or this share. */
const fewSeats = 5;
const fewShare = 0.05;

/** What is known of licences. SCIM does not tell how many were bought, nor about accounts that are not ours. */
export interface SeatInput {
  readonly licences: LicenceCounts | null;
  readonly licensedSeats: number | null;
}

/** Pure: seats that run out, have run out, or were refused or given as less. */
export const findSeatShortage = (job: JobRow, { licences, licensedSeats }: SeatInput): readonly Notice[] => {
  if (!licences) return [];
  const { licensed, basic, short, countedAt } = licences;
  const base = { jobId: job.jobId, fault: null, since: countedAt };
  const found: Notice[] = [
    ...(licensedSeats === null ? [] : shortageOf('Licensed', licensed, licensedSeats, base)),
    ...shortageOf('Basic', basic, mostBasic, base),
  ];
  if (short > 0) {
    found.push({
      ...base,
      incident: 'seats:short',
      subject: `${short} people have less than their role asks for`,
      text: `Zoom had no free licence for ${short} people: they have an account with less than their role asks for, or wait for one. The provisioning log names each.`,
      people: short,
      action:
        'Buy or free licences in Zoom, or assign roles with another licence. Then provision these people on demand, or restart the job with resetScope Full.',
    });
  }
  return found;
};

const shortageOf = (
  kind: 'Licensed' | 'Basic',
  used: number,
  seats: number,
  base: Pick<Notice, 'jobId' | 'fault' | 'since'>,
): readonly Notice[] => {
  const left = seats - used;
  if (left > Math.max(fewSeats, Math.floor(seats * fewShare))) return [];
  const isFull = left <= 0;
  return [
    {
      ...base,
      incident: `seats:${kind}:${isFull ? 'full' : 'few'}:${seats}`,
      level: isFull ? 'error' : 'warning',
      subject: isFull ? `No ${kind} seat is left` : `${left} ${kind} seats are left`,
      text: `${used} of ${seats} ${kind} seats are taken by people whom this job provides; accounts that it does not provide come on top.`,
      people: used,
      action:
        kind === 'Basic'
          ? 'Zoom allows 9,999 Basic users an account: ask Zoom, or remove the role from people who do not need it.'
          : 'Buy or free licences in Zoom and set ZOOM_LICENSED_SEATS to their number, or assign fewer people a role with a licence.',
    },
  ];
};
