import { SingleBar } from 'cli-progress';
import type { Reading } from './meter.js';

/** Where a cycle's progress is shown. */
export interface ProgressDisplay {
  start(title: string): void;
  /** `counts` says what happened so far, in words. */
  show(reading: Reading, counts: string): void;
  /** Takes the display away, so that other lines can follow. */
  stop(): void;
}

/** Seconds or minutes, for people. */
export const formatLeft = (leftMs: number | null): string => {
  if (leftMs === null) return 'time left unknown';
  const seconds = Math.ceil(leftMs / 1_000);
  return seconds < 90 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`;
};

export const formatRate = (perSecond: number | null): string =>
  perSecond === null || perSecond <= 0 ? '' : `${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`;

const describe = ({ perSecond, leftMs }: Reading): string =>
  [formatRate(perSecond), formatLeft(leftMs)].filter((part) => part !== '').join(', ');

/** A bar that is drawn anew in place; for a terminal. */
export const createBarDisplay = (stream: NodeJS.WritableStream): ProgressDisplay => {
  let bar: SingleBar | null = null;
  return {
    start: (title) => {
      bar = new SingleBar({
        stream,
        format: `${title} [{bar}] {value}/{total} {rate} {counts}`,
        hideCursor: true,
        clearOnComplete: true,
        gracefulExit: false,
        barsize: 24,
        fps: 8,
      });
      bar.start(1, 0, { rate: '', counts: '' });
    },
    show: (reading, counts) => {
      bar?.setTotal(Math.max(1, reading.total));
      bar?.update(reading.done, { rate: describe(reading), counts });
    },
    stop: () => {
      bar?.stop();
      bar = null;
    },
  };
};

const lineEveryMs = 5_000;

/** A line now and then; for a file or a pipe. A cycle that is over before the first is due leaves none. */
export const createLineDisplay = (write: (line: string) => void, monotonicMs: () => number): ProgressDisplay => {
  let title = '';
  let lastMs = 0;
  return {
    start: (next) => {
      title = next;
      lastMs = monotonicMs();
    },
    show: (reading, counts) => {
      const nowMs = monotonicMs();
      if (nowMs - lastMs < lineEveryMs) return;
      lastMs = nowMs;
      write(`${title}: ${reading.done} of ${reading.total}, ${describe(reading)}${counts === '' ? '' : `; ${counts}`}`);
    },
    stop: () => undefined,
  };
};
