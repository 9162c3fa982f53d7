import type { Mark } from './control.js';
import { endlessRound, restartsInVain } from './faults.js';
import { walkTo } from './linkWalk.js';
import { FaultError } from './model.js';
import type { Next } from './ports.js';

/** The mark as it is when the next request is sent: where the last round ended, or none was, a new one opens. */
export const openRound = (mark: Mark, nowMs: number): Mark =>
  mark.endedIn === null && mark.roundStartedAt !== ''
    ? mark
    : {
        ...withoutWalk(mark),
        round: Math.max(nowMs, mark.round + 1),
        roundStartedAt: new Date(nowMs).toISOString(),
        endedIn: null,
        enumerating: mark.link === null,
      };

/** The same stream told to enumerate everything: the token is dead, or a restart asked for it. */
export const restartRound = (mark: Mark): Mark => ({
  ...withoutWalk(mark),
  link: null,
  enumerating: true,
  endedIn: null,
  sweeping: false,
  roundStartedAt: '',
});

/** So often in a row a stream is begun anew within a cycle. */
const mostResyncs = 2;

/**
 * The mark where the stream's link was refused: everything is enumerated anew. Throws `FaultError` where it was refused
 * several times in a row: then it is left to the next cycle.
 */
export const resyncRound = (mark: Mark): Mark => {
  const resyncs = (mark.resyncs ?? 0) + 1;
  if (resyncs > mostResyncs) throw new FaultError(restartsInVain);
  return { ...restartRound(mark), resyncs };
};

const brokenCodes: ReadonlySet<string> = new Set([endlessRound.code, restartsInVain.code]);

/** The mark after a failed step: begun anew by the next cycle where its round could never end; else it stays where it is. */
export const markAfterFault = (mark: Mark, { fault }: FaultError): Mark =>
  brokenCodes.has(fault.code) ? restartRound(mark) : mark;

/**
 * The mark after a page: further into the round, or at its end. Only a round that enumerated and ended may be swept.
 * Throws `FaultError` with code `DeltaLoop` where the pages go round in a circle.
 */
export const advanceMark = (mark: Mark, next: Next, cycleId: string): Mark => {
  if (next.kind === 'more') {
    const walk = walkTo(next.link, mark.walk ?? null);
    if (walk === 'circle') throw new FaultError(endlessRound);
    return { ...mark, link: next.link, walk };
  }
  const { resyncs: _resyncs, ...ended } = withoutWalk(mark);
  return {
    ...ended,
    link: next.watermark,
    endedIn: cycleId,
    readySince: mark.readySince ?? cycleId,
    // What nobody knew before has nothing to sweep.
    sweeping: mark.enumerating && mark.readySince !== null,
    enumerating: false,
  };
};

const withoutWalk = ({ walk: _walk, ...mark }: Mark): Mark => mark;

/** After the sweep. */
export const closeSweep = (mark: Mark): Mark => ({ ...mark, sweeping: false });
