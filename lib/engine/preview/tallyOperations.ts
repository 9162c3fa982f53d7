import type { CycleSummary } from '../control.js';
import type { PreviewAction, PreviewReport } from './preview.js';
import type { PreviewStore } from './previewStore.js';

const operationsAtOnce = 1_000;

const none: Readonly<Record<PreviewAction, number>> = {
  create: 0,
  adopt: 0,
  update: 0,
  enable: 0,
  disable: 0,
  delete: 0,
  hold: 0,
  fail: 0,
  skip: 0,
};

/** Adds up what the preview wrote down, page by page; each operation counts once, whatever was replayed. */
export const tallyOperations = async (
  store: Pick<PreviewStore, 'listOperations'>,
  previewId: string,
  summary: CycleSummary,
): Promise<PreviewReport> => {
  const counts: Record<PreviewAction, number> = { ...none };
  const skips: Record<string, number> = {};
  const failures: Record<string, number> = {};
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<PreviewStore['listOperations']>> = await store.listOperations(
      previewId,
      'all',
      cursor,
      operationsAtOnce,
    );
    for (const { action, code } of page.rows) {
      counts[action] += 1;
      const codes = action === 'skip' ? skips : action === 'fail' ? failures : null;
      if (codes && code !== null) codes[code] = (codes[code] ?? 0) + 1;
    }
    cursor = page.cursor;
  } while (cursor !== null);
  return {
    kind: summary.kind,
    counts,
    skips,
    failures,
    graphRequests: summary.counts['graphRequests'] ?? 0,
    zoomRequests: summary.counts['zoomRequests'] ?? 0,
    isIncomplete: summary.state !== 'Succeeded' && summary.fault !== null,
    fault: summary.fault,
  };
};
