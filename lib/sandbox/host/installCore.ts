import Module from 'node:module';
import * as functionsCore from './functionsCore.js';

const coreModuleName = '@azure/functions-core';
const marker: unique symbol = Symbol.for('sandbox.functionsCore');

/**
 * Lets `require('@azure/functions-core')` answer with this host's module, by the means the real worker uses: a proxy
 * around `Module.prototype.require`. Does nothing the second time. jest has a loader of its own, which this does not
 * reach: there `moduleNameMapper` points the name at the compiled `functionsCore.js`.
 */
export function installFunctionsCore(): void {
  const original = Module.prototype.require;
  if (Reflect.has(original, marker)) return;
  Module.prototype.require = new Proxy(original, {
    has: (target, key) => key === marker || Reflect.has(target, key),
    apply: (target, thisModule, args) =>
      args[0] === coreModuleName ? functionsCore : Reflect.apply(target, thisModule, args),
  });
}
