import type { CycleSummary } from '../../engine/control.js';

/** One cycle in the summary that `--json` prints. */
export interface CycleTotals {
  readonly kind: CycleSummary['kind'];
  readonly created: number;
  readonly adopted: number;
  readonly updated: number;
  readonly disabled: number;
  readonly enabled: number;
  readonly deleted: number;
  readonly skipped: number;
  readonly failed: number;
  readonly graphRequests: number;
  readonly zoomRequests: number;
  readonly durationMs: number;
}

export const toCycleTotals = ({ kind, counts, startedAt, endedAt }: CycleSummary): CycleTotals => ({
  kind,
  created: counts['created'] ?? 0,
  adopted: counts['adopted'] ?? 0,
  updated: counts['updated'] ?? 0,
  disabled: counts['disabled'] ?? 0,
  enabled: counts['enabled'] ?? 0,
  deleted: counts['deleted'] ?? 0,
  skipped: counts['skipped'] ?? 0,
  failed: counts['failed'] ?? 0,
  graphRequests: counts['graphRequests'] ?? 0,
  zoomRequests: counts['zoomRequests'] ?? 0,
  durationMs: Date.parse(endedAt) - Date.parse(startedAt),
});
