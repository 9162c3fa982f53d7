import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** The account that `UseDevelopmentStorage=true` stands for, and the key that every emulator knows. */
export const developmentAccount = 'devstoreaccount1';
const developmentKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** In memory nothing outlives the process; else `location` is the folder that keeps the data. */
export type AzuriteOptions = (
  | { readonly inMemory: true; readonly location?: never }
  | { readonly inMemory: false; readonly location: string }
) & {
  /** Default: free ones. 10000, 10001 and 10002 are what `UseDevelopmentStorage=true` expects. */
  readonly ports?: { readonly blob: number; readonly queue: number; readonly table: number };
  /** Accounts, separate from one another; default the one account of the emulator. All have its key. */
  readonly accounts?: readonly string[];
  /** The process's heap limit in megabytes; about 5 KB a table row. Default: Node's own. */
  readonly oldSpaceMb?: number;
};

export interface Azurite {
  /** Of the first account. */
  readonly connectionString: string;
  readonly pid: number;
  connectionStringOf(account: string): string;
  /** Ends the process, with its data where it is in memory. */
  stop(): Promise<void>;
}

const services = ['Blob', 'Queue', 'Table'] as const;
type Service = (typeof services)[number];
type Endpoints = Readonly<Record<Service, string>>;

const startWithinMs = 60_000;
/** Azurite lets idle connections run out, five seconds, before it writes its data and goes. */
const stopWithinMs = 15_000;
/** The child hears of its parent's end, however that came, by the end of their channel, which keeps neither alive. */
const exitWithParent = 'data:text/javascript,process.once("disconnect",()=>process.exit());process.channel?.unref()';

/**
 * Starts Azurite's blob, queue and table services on loopback, in a process of its own that ends with this one, and
 * resolves when all three listen. Rejects with what Azurite wrote to stderr where it does not come up.
 */
export async function startAzurite(options: AzuriteOptions): Promise<Azurite> {
  const accounts = options.accounts ?? [developmentAccount];
  const child = spawn(process.execPath, processArguments(options), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A terminal's Ctrl+C goes to the whole process group: storage must outlive what still writes to it.
    detached: true,
    windowsHide: true,
    env: { ...process.env, AZURITE_ACCOUNTS: accounts.map((account) => `${account}:${developmentKey}`).join(';') },
  });
  const endpoints = await readEndpoints(child);
  letParentExit(child);
  const connectionStringOf = (account: string): string => toConnectionString(account, endpoints);
  return {
    connectionString: connectionStringOf(accounts[0] ?? developmentAccount),
    pid: child.pid ?? 0,
    connectionStringOf,
    stop: () => stopChild(child, options.inMemory ? 'SIGKILL' : 'SIGTERM'),
  };
}

function processArguments(options: AzuriteOptions): readonly string[] {
  const { blob, queue, table } = options.ports ?? { blob: 0, queue: 0, table: 0 };
  const script = path.join(path.dirname(require.resolve('azurite/package.json')), 'dist', 'src', 'azurite.js');
  return [
    ...(options.oldSpaceMb === undefined ? [] : [`--max-old-space-size=${options.oldSpaceMb}`]),
    '--disable-warning=DEP0040',
    ...['--import', exitWithParent],
    script,
    ...(options.inMemory ? ['--inMemoryPersistence'] : ['--location', options.location]),
    ...['--silent', '--disableTelemetry', '--skipApiVersionCheck'],
    ...['--blobPort', String(blob), '--queuePort', String(queue), '--tablePort', String(table)],
  ];
}

/** Reads stdout until every service has said where it listens. */
async function readEndpoints(child: ChildProcess): Promise<Endpoints> {
  let output = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = `${errors}${text}`.slice(-4000);
  });
  const limit = AbortSignal.timeout(startWithinMs);
  try {
    for (;;) {
      const endpoints = findEndpoints(output);
      if (endpoints !== null) return endpoints;
      await Promise.race([once(child.stdout ?? child, 'data', { signal: limit }), failOnExit(child)]);
    }
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`Azurite did not start: ${errors.trim() || (error instanceof Error ? error.message : error)}`);
  }
}

function findEndpoints(output: string): Endpoints | null {
  const [blob, queue, table] = services.map(
    (service) => new RegExp(`Azurite ${service} service is successfully listening at (\\S+)`).exec(output)?.[1],
  );
  return blob === undefined || queue === undefined || table === undefined
    ? null
    : { Blob: blob, Queue: queue, Table: table };
}

async function failOnExit(child: ChildProcess): Promise<never> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  throw new Error(`its process ended with ${child.exitCode ?? child.signalCode}`);
}

/** Nothing of the child keeps this process alive: when this one ends, that one follows. */
function letParentExit(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.removeAllListeners('data').resume();
    if (stream !== null && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}

async function stopChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const exited = once(child, 'exit');
  child.kill(signal);
  const insist = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await exited;
  clearTimeout(insist);
}

function toConnectionString(account: string, endpoints: Endpoints): string {
  const parts = services.map((service) => `${service}Endpoint=${endpoints[service]}/${account};`);
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${developmentKey};${parts.join('')}`;
}
