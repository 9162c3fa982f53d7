import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createBlobMonitor } from './blobMonitor.js';
import { HostError } from './hostError.js';
import { type LocalHost, startLocalHost } from './localHost.js';
import { loadSettings, readSetting, type Settings } from './settings.js';
import { createMemoryMonitor, type ScheduleMonitor } from './timerStatus.js';
import type { HostedFunction } from './triggers.js';

const help = `Runs the function app on this machine: its timers, its queues and its HTTP routes.

  npm run host

Settings come from the environment and, below it, from "Values" of local.settings.json in the working directory.

  PORT                    where it listens; default 7071, 0 for any free port
  HOST                    the address it listens on; default 127.0.0.1
  AzureWebJobsStorage     the storage account of its queues, by connection string;
  AzureWebJobsStorage__accountName   or by name, with the identity that is signed in here
  SANDBOX_FUNCTION_KEY    the key for functions whose authLevel is not anonymous; without it they answer 401
  SANDBOX_REPORT_MEMORY   1 opens GET /admin/memory
  AzureFunctionsJobHost__a__b        overrides a.b of host.json

POST /admin/functions/{name} with {"input": ""} runs a timer or queue function now.
SIGTERM or Ctrl+C lets running invocations end; a second one does not wait.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const appRoot = process.cwd();
  const settings = loadSettings(appRoot, process.env);
  const host = await startLocalHost({ settings, appRoot, monitor: chooseMonitor(appRoot, settings) });
  process.stdout.write(describeHost(host));
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    process.stderr.write('The host is stopping: running invocations may end. A second signal does not wait.\n');
    host.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** Where there is a storage account, a run that was missed while no host was up is made up, as in Azure. */
function chooseMonitor(appRoot: string, settings: Settings): ScheduleMonitor {
  const hasStorage = [
    'AzureWebJobsStorage',
    'AzureWebJobsStorage__accountName',
    'AzureWebJobsStorage__blobServiceUri',
  ].some((name) => readSetting(settings, name));
  if (!hasStorage) return createMemoryMonitor();
  return createBlobMonitor(createHash('sha256').update(appRoot).digest('hex').slice(0, 32), settings);
}

function describeHost(host: LocalHost): string {
  const lines = host.functions.map((hosted) => `  ${hosted.name}: ${describeTrigger(hosted, host)}\n`);
  return `Functions:\n${lines.join('')}Host started: ${host.url}\n`;
}

function describeTrigger({ name, trigger }: HostedFunction, host: LocalHost): string {
  switch (trigger.type) {
    case 'timerTrigger':
      return `timer ${trigger.schedule}`;
    case 'queueTrigger':
      return `queue ${trigger.queueName}`;
    case 'httpTrigger': {
      const route = host.routes.find((candidate) => candidate.functionName === name);
      return `[${trigger.methods.join(',')}] ${host.url}${route?.path ?? ''}`;
    }
  }
}

function fail(error: unknown): never {
  const text =
    error instanceof HostError ? `${error.code}: ${error.message}` : error instanceof Error ? error.stack : error;
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

main().catch(fail);
