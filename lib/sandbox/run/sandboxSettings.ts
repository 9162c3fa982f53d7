import type { Nesting } from '../oracle/readTenant.js';

/** Settings that decide what Zoom comes to hold: taken as they are by default, whatever the caller's environment says. */
const defaults = [
  'AzureWebJobsStorage__accountName',
  'PROVISIONING_STATUS',
  'PROVISIONING_SCOPE',
  'ZOOM_DIALECT',
  'ZOOM_BEARER_TOKEN',
  'KEY_VAULT_URI',
  'ZOOM_REQUESTS_PER_SECOND',
  'CYCLE_INTERVAL',
  'SLICE_BUDGET',
  'RECONCILE_INTERVAL',
  'RECONCILE_MODE',
  'LEASE_DURATION',
  'DELETION_THRESHOLD',
  'DELETION_THRESHOLD_PERCENT',
  'DELETION_THRESHOLD_DAILY',
  'REMOVAL_POLICY',
  'SKIP_OUT_OF_SCOPE_DELETIONS',
  'LOG_REDACT',
];

/** The app's settings over an emulator and simulators; `simulators` says where they are and how to get in. */
export const sandboxSettings = (
  connectionString: string,
  simulators: Readonly<Record<string, string>>,
  schemaFile: string | null,
  nesting: Nesting = 'off',
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(defaults.map((name) => [name, ''])),
  AzureWebJobsStorage: connectionString,
  SCHEMA_FILE: schemaFile ?? '',
  NESTED_GROUPS: nesting,
  ...simulators,
  ZOOM_PLAN: 'business',
  SCHEDULE: '0 */5 * * * *',
  HOST: '127.0.0.1',
  PORT: '0',
  // A person who tries the API should not wait for the queue's back-off.
  AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.3',
});
