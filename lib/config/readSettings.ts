import { type Environment, type EnvironmentReader, readEnvironment } from './environment.js';
import { readNotification } from './notification.js';
import {
  duration,
  isLoopback,
  numberBetween,
  oneOf,
  parseBoolean,
  parseEndpoint,
  parseGuid,
  parseNames,
  parseSchedule,
  parseScimEndpoint,
  parseText,
  wholeNumber,
} from './parsers.js';
import { parseRemovalPolicy } from './removalPolicy.js';
import { jobIdOf, type Settings, type StorageSetting } from './settings.js';
import { readTelemetry } from './telemetry.js';
import { readZoomAuth } from './zoomAuth.js';

/** Environment → typed settings, read once at start. Throws `ConfigError` naming every faulty variable. */
export const readSettings = (environment: Environment): Settings => {
  const env = readEnvironment(environment);
  const tenantId = env.readRequired('ENTRA_TENANT_ID', parseGuid, '');
  const servicePrincipalId = env.readRequired('ENTRA_SERVICE_PRINCIPAL_ID', parseGuid, '');
  const deletionThreshold = env.read('DELETION_THRESHOLD', wholeNumber(0, 1_000_000), 100);
  const settings: Settings = {
    storage: readStorage(env),
    tenantId,
    servicePrincipalId,
    jobId: jobIdOf(tenantId, servicePrincipalId),
    provisioningStatus: env.read('PROVISIONING_STATUS', oneOf('on', 'off'), 'on'),
    scopeMode: env.read('PROVISIONING_SCOPE', oneOf('assigned', 'all'), 'assigned'),
    nestedGroups: env.read('NESTED_GROUPS', oneOf('off', 'on'), 'off') === 'on',
    graph: readGraph(env),
    zoom: readZoom(env),
    cycleIntervalMs: env.read('CYCLE_INTERVAL', duration('PT5M', 'P7D'), 40 * 60_000),
    reconcileIntervalMs: env.read('RECONCILE_INTERVAL', duration('PT1H', 'P1Y'), 7 * 24 * 60 * 60_000),
    reconcileMode: env.read('RECONCILE_MODE', oneOf('report', 'repair'), 'report'),
    sliceBudgetMs: env.read('SLICE_BUDGET', duration('PT1S', 'PT25M'), 8 * 60_000),
    leaseDurationMs: env.read('LEASE_DURATION', duration('PT3S', 'PT5M'), 90_000),
    schedule: env.read('SCHEDULE', parseSchedule, '0 */5 * * * *'),
    schemaFile: env.readOptional('SCHEMA_FILE', parseText),
    deletionThreshold,
    deletionThresholdPercent: env.read('DELETION_THRESHOLD_PERCENT', numberBetween(0, 100), 10),
    deletionThresholdDaily: env.read('DELETION_THRESHOLD_DAILY', wholeNumber(0, 3_000_000), 3 * deletionThreshold),
    removalPolicy: env.read('REMOVAL_POLICY', parseRemovalPolicy, {
      unassigned: { kind: 'disable' },
      filteredOut: { kind: 'disable' },
      blocked: { kind: 'disable' },
      softDeleted: { kind: 'disable' },
      hardDeleted: { kind: 'disable' },
    }),
    skipOutOfScopeDeletions: env.read('SKIP_OUT_OF_SCOPE_DELETIONS', parseBoolean, false),
    rolePrecedence: env.read('ROLE_PRECEDENCE', parseNames, []),
    licencePolicy: env.read('LICENCE_POLICY', oneOf('fail', 'basic'), 'basic'),
    licensedSeats: env.readOptional('ZOOM_LICENSED_SEATS', wholeNumber(0, 10_000_000)),
    notification: readNotification(env),
    logRetentionMs: env.read('LOG_RETENTION', duration('P1D', 'P10Y'), 90 * 24 * 60 * 60_000),
    logRedact: env.read('LOG_REDACT', parseNames, []),
    api: readApi(env, tenantId),
    telemetry: readTelemetry(env),
  };
  env.finish();
  return settings;
};

const readStorage = (env: EnvironmentReader): StorageSetting => {
  const accountName = env.readOptional('AzureWebJobsStorage__accountName', parseText);
  if (accountName !== null) return { kind: 'identity', accountName };
  return {
    kind: 'connectionString',
    connectionString: env.readRequired('AzureWebJobsStorage', parseText, ''),
  };
};

const readGraph = (env: EnvironmentReader): Settings['graph'] => {
  const endpoint = env.read('GRAPH_ENDPOINT', parseEndpoint, 'https://graph.microsoft.com');
  const fixedToken = env.readOptional('GRAPH_TOKEN', parseText);
  const url = URL.parse(endpoint);
  if (fixedToken !== null && !(url && isLoopback(url))) {
    env.fault('GRAPH_TOKEN', 'nothing, unless GRAPH_ENDPOINT is on loopback', 'a value that is not shown');
  }
  return { endpoint, fixedToken };
};

const readZoom = (env: EnvironmentReader): Settings['zoom'] => ({
  scimEndpoint: env.read('ZOOM_SCIM_ENDPOINT', parseScimEndpoint, 'https://api.zoom.us/scim2'),
  oauthEndpoint: env.read('ZOOM_OAUTH_ENDPOINT', parseEndpoint, 'https://zoom.us/oauth'),
  auth: readZoomAuth(env),
  dialect: env.read('ZOOM_DIALECT', oneOf('zoom', 'rfc7644'), 'zoom'),
  memberRemoval: env.read('ZOOM_MEMBER_REMOVAL', oneOf('filter', 'value', 'probe'), 'probe'),
  plan: env.read('ZOOM_PLAN', oneOf('free', 'pro', 'business'), 'business'),
  requestsPerSecond: env.readOptional('ZOOM_REQUESTS_PER_SECOND', numberBetween(0.01, 1_000_000)),
});

/** Without an audience the API fails closed: nobody gets in. The issuer follows from the tenant. */
const readApi = (env: EnvironmentReader, tenantId: string): Settings['api'] => {
  const audience = env.readOptional('API_AUDIENCE', parseText);
  const issuer = env.read('API_ISSUER', parseEndpoint, `https://login.microsoftonline.com/${tenantId}/v2.0`);
  return audience === null ? null : { audience, issuer };
};
