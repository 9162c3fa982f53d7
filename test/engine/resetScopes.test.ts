import { newJob } from '../../lib/engine/newJob.js';
import {
  chooseClearing,
  deleteJob,
  pauseJob,
  type ResetScope,
  resetScopes,
  restartJob,
  startJob,
} from '../../lib/engine/restart.js';

const job = newJob('job', 'paused', 40 * 60_000);
const quarantine = (reason: string) => ({ reason, since: '2026-11-23T08:00:00.000Z', until: null, fault: null });
const release = { by: 'ada', at: '2026-11-23T09:00:00.000Z' };
const restart = (scopes: readonly ResetScope[], before = job) =>
  restartJob(before, chooseClearing(scopes), 'reset-1', release);
const nothing = {
  detaches: false,
  dropsEscrows: false,
  isInitial: false,
  liftsQuarantine: false,
  forcesDeletes: false,
};

describe('what a reset scope clears', () => {
  it.each<[ResetScope[], Partial<typeof nothing>]>([
    [[], { dropsEscrows: true, isInitial: true, liftsQuarantine: true }],
    [['None'], { liftsQuarantine: true }],
    [['Watermark'], { isInitial: true }],
    [['Escrows'], { dropsEscrows: true }],
    [['QuarantineState'], { liftsQuarantine: true }],
    [['ConnectorDataStore'], { detaches: true, isInitial: true }],
    [['Full'], { detaches: true, dropsEscrows: true, isInitial: true, liftsQuarantine: true }],
    [['ForceDeletes'], { forcesDeletes: true }],
    [['Escrows', 'ForceDeletes'], { dropsEscrows: true, forcesDeletes: true }],
  ])('of %j', (scopes, expected) => {
    expect(chooseClearing(scopes)).toEqual({ ...nothing, ...expected });
  });

  it('is for several what each clears, in any order', () => {
    for (const one of resetScopes) {
      for (const other of resetScopes) {
        const both = chooseClearing([one, other]);
        expect(both).toEqual(chooseClearing([other, one]));
        for (const part of [chooseClearing([one]), chooseClearing([other])]) {
          for (const key of Object.keys(nothing)) {
            expect(Reflect.get(both, key) || !Reflect.get(part, key)).toBe(true);
          }
        }
      }
    }
  });
});

describe('a job', () => {
  it('is on after a start, and out of quarantine unless removals are held', () => {
    expect(startJob({ ...job, quarantine: quarantine('EncounteredQuarantineException') })).toMatchObject({
      status: 'on',
      quarantine: null,
    });
    expect(startJob({ ...job, quarantine: quarantine('TooManyDeletes') }).quarantine?.reason).toBe('TooManyDeletes');
  });

  it('is paused after a pause, but stays off where it was off', () => {
    expect(pauseJob({ ...job, status: 'on' }).status).toBe('paused');
    expect(pauseJob({ ...job, status: 'off' }).status).toBe('off');
  });

  it('keeps its quarantine when a restart was not asked to lift it', () => {
    const ill = { ...job, quarantine: quarantine('EncounteredQuarantineException') };
    expect(restart(['Watermark'], ill)).toMatchObject({ status: 'on', quarantine: ill.quarantine });
    expect(restart([], ill).quarantine).toBeNull();
  });

  it('notes nothing to clear for a restart that clears nothing', () => {
    expect(restart(['None'])).toMatchObject({ status: 'on', reset: null, forced: null });
    expect(restart(['QuarantineState']).reset).toBeNull();
  });

  it('keeps what an earlier restart asked for and begins it anew', () => {
    const first = restart(['Escrows']);
    const begun = { ...first, reset: first.reset && { ...first.reset, cursor: '7|row' } };
    expect(restartJob(begun, chooseClearing(['Watermark']), 'reset-2', release).reset).toMatchObject({
      id: 'reset-2',
      dropsEscrows: true,
      isInitial: true,
      cursor: null,
    });
  });

  it('is off after a delete, keeps its settings, and erases first whatever follows', () => {
    const set = { ...job, settings: { ...job.settings, deletionThreshold: 3 }, assignmentsDigest: 'd' };
    const deleted = deleteJob(set, 'reset-1');
    expect(deleted).toMatchObject({ status: 'off', settings: { deletionThreshold: 3 }, assignmentsDigest: null });
    expect(restartJob(deleted, chooseClearing([]), 'reset-2', release).reset).toMatchObject({ erases: true });
    expect(startJob(deleted)).toMatchObject({ status: 'on', reset: { erases: true } });
  });
});
