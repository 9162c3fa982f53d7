/**
 * The module `@azure/functions-core`, which the Functions worker supplies at run time and `@azure/functions` looks
 * for. Its exports are the module object.
 */
import type {
  CoreLogCategory,
  CoreLogLevel,
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  HookName,
  ProgrammingModel,
} from './coreTypes.js';
import { currentFunctionApp } from './functionApp.js';

export const version = '3.12.0';
export const hostVersion = '4.1040.0';

const hookNames: readonly string[] = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'];
const isHookName = (name: string): name is HookName => hookNames.includes(name);

/** Releases what it was made for when disposed, once. */
export class Disposable {
  #release: (() => unknown) | null;

  constructor(release: () => unknown) {
    this.#release = release;
  }

  static from(...parts: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose();
    });
  }

  dispose(): void {
    const release = this.#release;
    this.#release = null;
    release?.();
  }
}

function removeFrom<Item>(items: Item[], item: Item): void {
  const index = items.indexOf(item);
  if (index >= 0) items.splice(index, 1);
}

/** Throws after the app has started, and where the name is taken, as the worker does. */
export function registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
  const { functions, isStarted } = currentFunctionApp();
  if (isStarted) throw new Error(`Function "${metadata.name}": functions can only be registered while the app starts.`);
  if (functions.some((registered) => registered.metadata.name.toLowerCase() === metadata.name.toLowerCase())) {
    throw new Error(`A function named "${metadata.name}" has been registered already.`);
  }
  const registered = { metadata, callback };
  functions.push(registered);
  return new Disposable(() => {
    if (currentFunctionApp().isStarted) throw new Error('A function cannot be disposed after the app has started.');
    removeFrom(functions, registered);
  });
}

export function registerHook(name: string, callback: HookCallback): Disposable {
  if (!isHookName(name)) throw new RangeError(`Unrecognized hook "${name}".`);
  const { hooks } = currentFunctionApp();
  const hook = { name, callback };
  hooks.push(hook);
  return new Disposable(() => removeFrom(hooks, hook));
}

export function setProgrammingModel(model: ProgrammingModel): void {
  currentFunctionApp().model = model;
}

export function getProgrammingModel(): ProgrammingModel | null {
  return currentFunctionApp().model;
}

export function log(level: CoreLogLevel, category: CoreLogCategory, message: string): void {
  currentFunctionApp().log(level, category, message);
}
