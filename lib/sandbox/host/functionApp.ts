import type {
  CoreLogCategory,
  CoreLogLevel,
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  HookName,
  ProgrammingModel,
} from './coreTypes.js';

export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** What a loaded entry has registered, and what is shared by its hooks. */
export interface FunctionApp {
  readonly functions: RegisteredFunction[];
  readonly hooks: { readonly name: HookName; readonly callback: HookCallback }[];
  readonly hookData: Record<string, unknown>;
  model: ProgrammingModel | null;
  /** True once the entry has been loaded: from here on no function can be registered. */
  isStarted: boolean;
  log: (level: CoreLogLevel, category: CoreLogCategory, message: string) => void;
}

declare global {
  /**
   * The app that registrations go to now. It hangs on the global object, so that a second copy of this module, in a
   * fresh module registry, finds the same one.
   */
  var sandboxFunctionApp: FunctionApp | undefined;
}

/** Opens an empty app that takes every registration from now on. */
export function openFunctionApp(log: FunctionApp['log'] = () => undefined): FunctionApp {
  const app: FunctionApp = { functions: [], hooks: [], hookData: {}, model: null, isStarted: false, log };
  globalThis.sandboxFunctionApp = app;
  return app;
}

/** The app that takes registrations; where no host opened one, they are collected and nobody runs them. */
export function currentFunctionApp(): FunctionApp {
  return globalThis.sandboxFunctionApp ?? openFunctionApp();
}
