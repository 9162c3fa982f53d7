import v8 from 'node:v8';
import vm from 'node:vm';

/** The setting that opens `GET /admin/memory`. */
export const reportMemorySetting = 'SANDBOX_REPORT_MEMORY';

/** Bytes of this process; the heap is what survived a forced collection. */
export interface MemoryReport {
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
  readonly peakRss: number;
}

/** Forces a full garbage collection, with or without `--expose-gc`, and measures. */
export function measureMemory(): MemoryReport {
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapUsed, external, rss, peakRss: process.resourceUsage().maxRSS * 1024 };
}

let collect: (() => unknown) | undefined;

function collectGarbage(): void {
  collect ??= globalThis.gc ?? exposeCollector();
  collect();
}

function exposeCollector(): () => unknown {
  v8.setFlagsFromString('--expose-gc');
  const found: unknown = vm.runInNewContext('gc');
  if (typeof found !== 'function') throw new Error('This Node cannot be asked to collect garbage.');
  return () => Reflect.apply(found, undefined, []);
}
