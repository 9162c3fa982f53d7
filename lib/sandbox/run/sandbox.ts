import { randomUUID } from 'node:crypto';
import { systemClock } from '../../clock.js';
import { jobIdOf } from '../../config/settings.js';
import { createAzureTables } from '../../state/azureTables.js';
import { createState, type JobState } from '../../state/createState.js';
import { startAzurite } from '../azurite/azurite.js';
import { type LocalHost, startLocalHost } from '../host/localHost.js';
import { createLineLog } from '../host/log.js';
import type { Nesting } from '../oracle/readTenant.js';
import { managedDomain, type RunningSimulators, startSimulators } from '../startSimulators.js';
import type { SeededTenant, TenantSize } from '../tenant/seededTenant.js';
import { seedTenant } from '../tenant/seedTenant.js';
import { findFreePort } from './findFreePort.js';
import { sandboxSettings } from './sandboxSettings.js';

/** Everything that `npm start` runs, up and joined. */
export interface Sandbox {
  readonly simulators: RunningSimulators;
  readonly tenant: SeededTenant;
  readonly host: LocalHost;
  readonly jobId: string;
  /** `…/synchronization/jobs/{job}` of the local host. */
  readonly jobUrl: string;
  /** The job's tables, to read what cycles counted and logged. */
  readonly state: JobState;
  /** Ends the host between two objects, then what it stood on. */
  close(): Promise<void>;
}

export interface SandboxParts {
  readonly size: TenantSize;
  /** The job's schema; null for the built-in one. */
  readonly schemaFile: string | null;
  /** Whether groups within groups count; off unless it is given. */
  readonly nesting?: Nesting;
  /** Where the compiled app, host.json and package.json are. */
  readonly appRoot: string;
  /** Messages go out as mail, and stand in the simulated Graph's outbox. */
  readonly sendsMail?: boolean;
  /** Warnings and errors of the host. */
  readonly writeLog: (text: string) => void;
}

const mailbox = `provisioning@${managedDomain}`;

/** Beyond this, requests are counted and not kept, and the emulator gets a larger heap. */
const largeTenant = 5_000;
const largeHeapMb = 8_192;

/** Starts storage, simulators with a seeded tenant, and the host over them; closes what is up where one cannot start. */
export const openSandbox = async ({
  size,
  schemaFile,
  appRoot,
  writeLog,
  sendsMail = false,
  nesting = 'off',
}: SandboxParts): Promise<Sandbox> => {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closePart of opened.splice(0).reverse()) await closePart();
  };
  try {
    const isLarge = size.users > largeTenant;
    const azurite = await startAzurite({ inMemory: true, ...(isLarge ? { oldSpaceMb: largeHeapMb } : {}) });
    opened.push(azurite.stop);
    let tenant: SeededTenant | null = null;
    const simulators = await startSimulators({
      seed: size.seed,
      journal: isLarge ? 'counts' : 'full',
      seedTenant: (world) => {
        tenant = seedTenant(world, size);
        if (sendsMail)
          world.graph.dir.createUser({ userPrincipalName: mailbox, mail: mailbox, displayName: 'Provisioning' });
      },
    });
    opened.push(simulators.close);
    if (tenant === null) throw new Error('The simulators were started without a tenant.');
    const host = await startLocalHost({
      appRoot,
      settings: {
        ...sandboxSettings(azurite.connectionString, simulators.settings, schemaFile, nesting),
        ...(sendsMail
          ? {
              NOTIFICATION_SENDER: mailbox,
              NOTIFICATION_EMAIL: `admin@${managedDomain}`,
              PORT: String(await findFreePort()),
            }
          : {}),
      },
      log: createLineLog({ default: 'Warning' }, systemClock, writeLog),
    });
    opened.push(host.stop);
    const { tenantId, servicePrincipalId } = simulators;
    const jobId = jobIdOf(tenantId, servicePrincipalId);
    const tables = createAzureTables({
      connection: { kind: 'connectionString', connectionString: azurite.connectionString },
    });
    return {
      simulators,
      tenant,
      host,
      jobId,
      jobUrl: `${host.url}/api/servicePrincipals/${servicePrincipalId}/synchronization/jobs/${jobId}`,
      state: createState({ tables, jobId, clock: systemClock, newId: randomUUID }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
