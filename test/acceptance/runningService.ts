import { z } from 'zod';
import { systemClock } from '../../lib/clock.js';
import type { RecordRow } from '../../lib/engine/record.js';
import type { LocalHost } from '../../lib/sandbox/host/localHost.js';
import { startLocalHost } from '../../lib/sandbox/host/localHost.js';
import { type RunningSimulators, startSimulators } from '../../lib/sandbox/startSimulators.js';
import { createAzureTables } from '../../lib/state/azureTables.js';
import { createState } from '../../lib/state/createState.js';
import { loadIsolated } from '../sandbox/host/loadIsolated.js';

/** One SCIM request as Zoom received it. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** What a cycle left behind: its execution as the API tells it, what Zoom received, and the log records. */
export interface FinishedCycle {
  readonly cycleId: string;
  readonly execution: { readonly activityIdentifier: string; readonly state: string; readonly countExported: number };
  readonly received: readonly ReceivedRequest[];
  readonly records: readonly RecordRow[];
}

/** The whole service through its registrations: real host, real storage protocol, simulators on loopback. */
export interface RunningService {
  readonly host: LocalHost;
  readonly simulators: RunningSimulators;
  readonly jobUrl: string;
  /** A request to the API; with the token of this role unless `authorization` says otherwise. */
  call(
    method: string,
    path: string,
    options?: { readonly authorization?: string | null; readonly body?: string },
  ): Promise<Response>;
  /** The timer's tick and everything that it puts on the queue. */
  runByTimer(): Promise<FinishedCycle>;
  /** `POST …/run` and everything that it puts on the queue. */
  runByApi(kind?: string): Promise<FinishedCycle>;
  /** A user with usable attributes, assigned as Licensed unless told otherwise. */
  join(name: string, options?: { readonly assigned?: boolean }): string;
  /** The id of the Zoom account with this name, `''` where there is none. */
  accountId(name: string): string;
  /** The log record of one change of a user. */
  recordOf(sourceId: string, changeId: string): Promise<RecordRow | undefined>;
  close(): Promise<void>;
}

export interface ServiceOptions {
  readonly connectionString: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Of the Zoom app's authorization-code grant. */
  readonly redirectUris?: readonly string[];
}

const job = z.object({
  status: z.object({
    lastExecution: z.object({ activityIdentifier: z.string(), state: z.string(), countExported: z.number() }),
  }),
});

export const mailDomain = 'contoso.example';

export async function startService({
  connectionString,
  settings = {},
  redirectUris = [],
}: ServiceOptions): Promise<RunningService> {
  const simulators = await startSimulators({ redirectUris });
  const { graph, zoom, servicePrincipalId, appRoleIds, tenantId, apiTokens } = simulators;
  zoom.settings.rate = 'off';
  zoom.settings.licensedSeats = 1_000;
  const host = await startLocalHost({
    settings: {
      PORT: '0',
      AzureWebJobsStorage: connectionString,
      ZOOM_REQUESTS_PER_SECOND: '1000',
      DELETION_THRESHOLD_PERCENT: '100',
      ...simulators.settings,
      ...settings,
    },
    entry: 'dist/functions/index.js',
    loadEntry: loadIsolated,
    triggers: 'held',
    log: () => undefined,
  });
  const jobId = `zoom.${tenantId}.${servicePrincipalId}`;
  const jobUrl = `servicePrincipals/${servicePrincipalId}/synchronization/jobs/${jobId}`;
  const state = createState({
    tables: createAzureTables({ connection: { kind: 'connectionString', connectionString } }),
    jobId,
    clock: systemClock,
    newId: () => crypto.randomUUID(),
  });
  let seen = 0;

  const call: RunningService['call'] = (method, path, options = {}) => {
    const { authorization = `Bearer ${apiTokens['Provisioning.Configure']}`, body } = options;
    return fetch(`${host.url}/api/${path}`, {
      method,
      headers: authorization === null ? {} : { authorization },
      ...(body === undefined ? {} : { body }),
    });
  };

  const readRecords = async (cycleId: string): Promise<readonly RecordRow[]> => {
    const found: RecordRow[] = [];
    let cursor: string | null = null;
    do {
      const page = await state.records.listByCycle(cycleId, cursor);
      found.push(...page.rows);
      cursor = page.cursor;
    } while (cursor !== null);
    return found;
  };

  const finish = async (): Promise<FinishedCycle> => {
    await host.drain();
    const execution = job.parse(await (await call('GET', jobUrl)).json()).status.lastExecution;
    const received = zoom.journal
      .since(seen)
      .filter(({ operation }) => !operation.startsWith('oauth.'))
      .map(({ method, path, body }) => ({ method, path, body }));
    seen = zoom.journal.lastSequence;
    const cycleId = execution.activityIdentifier;
    return { cycleId, execution, received, records: await readRecords(cycleId) };
  };

  return {
    host,
    simulators,
    jobUrl,
    call,
    async runByTimer() {
      await host.invokeTimer('schedule', new Date());
      return finish();
    },
    async runByApi(kind) {
      const response = await call(
        'POST',
        `${jobUrl}/run`,
        kind === undefined ? {} : { body: JSON.stringify({ kind }) },
      );
      const answer: unknown = await response.json();
      if (response.status !== 202) throw new Error(`run answered ${response.status}: ${JSON.stringify(answer)}`);
      return finish();
    },
    join(name, { assigned = true } = {}) {
      const id = graph.dir.createUser({
        userPrincipalName: `${name}@${mailDomain}`,
        mail: `${name}@${mailDomain}`,
        displayName: `${name} Example`,
        givenName: name,
        surname: 'Example',
        department: 'Sales',
      });
      if (assigned) graph.dir.assign({ principalId: id, appRoleId: appRoleIds.Licensed });
      return id;
    },
    accountId: (name) =>
      [...zoom.state().accounts.values()].find(({ userName }) => userName === `${name}@${mailDomain}`)?.id ?? '',
    async recordOf(sourceId, changeId) {
      const { rows } = await state.records.listByObject(sourceId, null);
      return rows.find((record) => record.changeId === changeId);
    },
    async close() {
      await host.stop();
      await simulators.close();
    },
  };
}
