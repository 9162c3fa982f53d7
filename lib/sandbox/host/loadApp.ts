import { type FunctionApp, openFunctionApp } from './functionApp.js';
import { HostError } from './hostError.js';
import { installFunctionsCore } from './installCore.js';
import { runHooks } from './invoke.js';
import { findEntryFiles, type LoadEntry, loadWithFreshModules } from './loadEntry.js';
import type { HostLog } from './log.js';
import { type HostedFunction, readFunction } from './triggers.js';

export interface LoadedApp {
  readonly app: FunctionApp;
  readonly functions: readonly HostedFunction[];
}

/**
 * Loads the entry as the worker does: opens an app for its registrations, requires the files, locks the set-up and
 * runs the appStart hooks. Throws `EntryMissing`, `EntryRegistersNothing`, `TriggerInvalid`, and what an entry throws.
 */
export async function loadApp(
  appRoot: string,
  entry: string | undefined,
  log: HostLog,
  load: LoadEntry = loadWithFreshModules(appRoot),
): Promise<LoadedApp> {
  const files = findEntryFiles(appRoot, entry);
  installFunctionsCore();
  const app = openFunctionApp((level, category, message) => log({ level, category: `Worker.${category}`, message }));
  load(files);
  if (app.functions.length === 0 || app.model === null) {
    throw new HostError(
      'EntryRegistersNothing',
      `${files.join(', ')} registered no function. Does it import every function file? Under jest, pass loadEntry.`,
    );
  }
  await app.model.getCapabilities({});
  app.isStarted = true;
  await runHooks(app, 'appStart', { hookData: {}, appHookData: app.hookData, functionAppDirectory: appRoot });
  return { app, functions: app.functions.map(readFunction) };
}
