/** Pass it as `loadEntry` to `startLocalHost` under jest: a fresh module registry each time, the way jest has it. */
export function loadIsolated(files: readonly string[]): void {
  jest.isolateModules(() => {
    for (const file of files) require(file);
  });
}
