import { SingleBar } from 'cli-progress';
import type { CommandTools } from './tools.js';

export interface ProgressBar {
  /** `note` says the time left, or what is waited for. */
  show(done: number, total: number, note: string): void;
  /** Takes the bar away, so that other lines can follow. */
  stop(): void;
}

const lineEveryMs = 30_000;

/** A bar where standard error is a terminal, else a line now and then. */
export const openProgressBar = (title: string, tools: CommandTools, isQuiet: boolean): ProgressBar => {
  if (isQuiet) return { show: () => undefined, stop: () => undefined };
  return tools.screen ? drawBar(title, tools.screen) : writeLines(title, tools);
};

const drawBar = (title: string, stream: NodeJS.WritableStream): ProgressBar => {
  const bar = new SingleBar({
    stream,
    format: `${title} [{bar}] {value}/{total} {note}`,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
    barsize: 32,
    fps: 4,
  });
  let isDrawn = false;
  return {
    show: (done, total, note) => {
      if (!isDrawn) bar.start(Math.max(1, total), done, { note });
      isDrawn = true;
      bar.setTotal(Math.max(1, total));
      bar.update(done, { note });
    },
    stop: () => bar.stop(),
  };
};

const writeLines = (title: string, { clock, writeError }: CommandTools): ProgressBar => {
  let lastMs = clock.monotonicMs();
  return {
    show: (done, total, note) => {
      const nowMs = clock.monotonicMs();
      if (nowMs - lastMs < lineEveryMs) return;
      lastMs = nowMs;
      writeError(`${title}: ${done} of ${total}, ${note}\n`);
    },
    stop: () => undefined,
  };
};
