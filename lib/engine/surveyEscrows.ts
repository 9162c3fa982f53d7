import type { Counters } from './control.js';
import { type CommonFailure, type EscrowThresholds, type EscrowVerdict, weighEscrows } from './escrowThresholds.js';
import type { Fault } from './model.js';
import type { State } from './state.js';

const entriesPerPage = 200;
/** Later than every entry. */
const endOfTime = '9999-12-31T23:59:59.999Z';

/**
 * Counts the objects and members whose last attempt failed, by kind, and weighs them. Goes by the index of what is due:
 * the cost follows the failures, not the tenant. Memory grows with the error codes only.
 */
export const surveyEscrows = async (
  { objects, members }: Pick<State, 'objects' | 'members'>,
  counters: Counters,
  thresholds: EscrowThresholds,
): Promise<EscrowVerdict | null> => {
  const byCode = new Map<string, CommonFailure>();
  const tally = { failures: 0, referenceFailures: 0 };
  const add = (fault: Fault, kind: keyof typeof tally): void => {
    if (fault.whose === 'job') return;
    tally[kind] += 1;
    byCode.set(fault.code, { fault, count: (byCode.get(fault.code)?.count ?? 0) + 1 });
  };
  for (const type of ['user', 'group'] as const) {
    let cursor: string | null = null;
    do {
      const page = await objects.listDue(type, endOfTime, cursor, entriesPerPage);
      const rows = page.rows.length > 0 ? await objects.read(page.rows.map(({ id }) => id)) : new Map();
      for (const { row } of rows.values()) {
        const fault: Fault | null = row.pending?.fault ?? null;
        if (fault) add(fault, isReferenceFault(fault) ? 'referenceFailures' : 'failures');
      }
      cursor = page.cursor;
    } while (cursor !== null);
  }
  let cursor: string | null = null;
  do {
    const page = await members.listDelayed(cursor, entriesPerPage);
    for (const [group, ofGroup] of Map.groupBy(page.pairs, (pair) => pair.group)) {
      const rows = await members.read(
        group,
        ofGroup.flatMap(({ user }) => user ?? []),
      );
      for (const { escrow } of rows.values()) if (escrow) add(escrow.fault, 'referenceFailures');
    }
    cursor = page.cursor;
  } while (cursor !== null);
  const commonest = [...byCode.values()].sort((a, b) => b.count - a.count)[0] ?? null;
  return weighEscrows({ ...tally, successes: counters.linkedActive + counters.linkedDisabled }, commonest, thresholds);
};

/** A manager or a member that could not be written: a failure of a reference (its code says so). */
export const isReferenceFault = ({ code }: Fault): boolean => code.startsWith('Reference');
