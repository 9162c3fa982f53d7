import { newJob } from '../../lib/engine/newJob.js';
import { findSeatShortage } from '../../lib/notify/seats.js';
import { findStanding } from '../../lib/notify/standing.js';
import { jobId } from '../fakes/surroundings.js';

const job = newJob(jobId, 'on', 40 * 60_000);
const nowMs = Date.UTC(2026, 10, 23, 12);
const control = {
  lease: null,
  cycle: null,
  request: null,
  marks: [],
  counters: { linkedActive: 7, linkedDisabled: 0 },
  removals: {},
  demands: [],
};
const since = '2026-11-23T08:00:00.000Z';

describe('what stands', () => {
  it.each([
    ['EncounteredEscrowProportionThreshold', 'too large a share of the changes fails', 'escrows'],
    ['EncounteredBaseEscrowThreshold', 'too many changes fail', 'escrows'],
    ['EncounteredTotalEscrowThreshold', 'references included', 'escrows'],
    ['TooManyDeletes', 'more people than is allowed', 'stagedRemovals'],
    ['IngestionInterrupted', 'cannot be whole', undefined],
    ['QuarantinedOnDemand', 'by a person', undefined],
    ['Unknown', 'is in quarantine', undefined],
  ])('of the reason %s says it in words, with the place to look', (reason, words, place) => {
    const row = { ...job, quarantine: { reason, since, until: null, fault: null } };
    const input = { control: { ...control, job: row }, incidents: [], licences: null, licensedSeats: null, nowMs };
    const [standing] = findStanding(input);
    expect(standing?.notice).toMatchObject({ since, people: 7, text: expect.stringContaining(words) });
    expect(standing?.notice.place).toBe(place);
    expect(standing?.notice.action).toMatch(/POST/);
  });

  it('is nothing without a job', () => {
    const input = { incidents: [], licences: null, licensedSeats: null, nowMs };
    expect(findStanding({ ...input, control: { ...control, job: null } })).toEqual([]);
  });
});

describe('seats', () => {
  const licences = { countedAt: since, licensed: 0, basic: 0, short: 0 };
  const incidentsAt = (licensed: number, basic: number) =>
    findSeatShortage(job, { licences: { ...licences, licensed, basic }, licensedSeats: 200 }).map(
      ({ incident }) => incident,
    );

  it('are few from a twentieth on, and full at their number', () => {
    expect(incidentsAt(189, 0)).toEqual([]);
    expect(incidentsAt(190, 0)).toEqual(['seats:Licensed:few:200']);
    expect(incidentsAt(199, 0)).toEqual(['seats:Licensed:few:200']);
    expect(incidentsAt(200, 0)).toEqual(['seats:Licensed:full:200']);
  });

  it('of Basic users are Zoom’s 9,999', () => {
    expect(incidentsAt(0, 9_499)).toEqual([]);
    expect(incidentsAt(0, 9_500)).toEqual(['seats:Basic:few:9999']);
    expect(incidentsAt(0, 9_999)).toEqual(['seats:Basic:full:9999']);
  });
});
