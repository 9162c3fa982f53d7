import type { RecordRow } from '../../engine/record.js';
import type { RecordStore } from '../../engine/state.js';

/** How often something was the reason, and what to do about it where the log says so. */
export interface Reason {
  readonly code: string;
  readonly count: number;
  readonly advice: string | null;
}

/** Why objects were skipped, why they failed, and what Zoom did not take over; most frequent first. */
export interface LogReasons {
  readonly skipped: readonly Reason[];
  readonly failed: readonly Reason[];
  /** Attributes whose value Zoom did not take over. */
  readonly notApplied: readonly Reason[];
}

type Tally = Map<string, { count: number; advice: string | null }>;

const note = (tally: Tally, code: string, advice: string | null): void => {
  const known = tally.get(code);
  if (known) known.count += 1;
  else tally.set(code, { count: 1, advice });
};

const toReasons = (tally: Tally): readonly Reason[] =>
  [...tally].map(([code, { count, advice }]) => ({ code, count, advice })).sort((a, b) => b.count - a.count);

const noteRecord = (record: RecordRow, tallies: Readonly<Record<keyof LogReasons, Tally>>): void => {
  const { status, errorInformation } = record.provisioningStatusInfo;
  const code = errorInformation?.errorCode ?? 'without a code';
  switch (status) {
    case 'skipped':
      note(tallies.skipped, code, null);
      return;
    case 'failure':
      note(tallies.failed, code, errorInformation?.recommendedAction ?? null);
      return;
    case 'warning':
      for (const step of record.provisioningSteps) {
        for (const [path, why] of Object.entries(step.provisioningStepType === 'export' ? step.details : {})) {
          note(tallies.notApplied, `${path} ${why}`, null);
        }
      }
      return;
    case 'success':
      return;
  }
};

/** Reads a cycle's provisioning log to its end and counts the reasons in it. */
export const readLogReasons = async (
  records: Pick<RecordStore, 'listByCycle'>,
  cycleId: string,
): Promise<LogReasons> => {
  const tallies = { skipped: new Map(), failed: new Map(), notApplied: new Map() } satisfies Record<
    keyof LogReasons,
    Tally
  >;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<RecordStore['listByCycle']>> = await records.listByCycle(cycleId, cursor);
    for (const record of page.rows) noteRecord(record, tallies);
    cursor = page.cursor;
  } while (cursor !== null);
  return {
    skipped: toReasons(tallies.skipped),
    failed: toReasons(tallies.failed),
    notApplied: toReasons(tallies.notApplied),
  };
};
