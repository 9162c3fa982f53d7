import type { Settings } from '../config/settings.js';

/** A request to Zoom takes at most so much of the lease, so that none outlives it. */
const timeoutShareOfLease = 1 / 3;

/** How long one request to Zoom may take. */
export const zoomTimeoutMs = (settings: Pick<Settings, 'leaseDurationMs'>): number =>
  Math.min(30_000, settings.leaseDurationMs * timeoutShareOfLease);
