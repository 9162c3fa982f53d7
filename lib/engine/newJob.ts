import type { JobRow } from './control.js';
import { noJobSettings } from './jobSettings.js';

/** A job as it is made from the settings, before its first cycle. It is due at once. */
export const newJob = (jobId: string, status: JobRow['status'], intervalMs: number): JobRow => ({
  jobId,
  status,
  intervalMs,
  nextRunAt: null,
  schemaVersion: null,
  settingsDigest: null,
  assignmentsDigest: null,
  assignmentsMissing: false,
  quarantine: null,
  lastExecution: null,
  lastSuccessfulExecution: null,
  lastSuccessfulExecutionWithExports: null,
  failuresInARow: 0,
  steadyStateFirstAt: null,
  steadyStateLastAt: null,
  reconciled: null,
  settings: noJobSettings,
  reset: null,
  forced: null,
});
