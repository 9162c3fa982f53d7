/** The arrows of the house (README, "The house"): they point inward, and the engine imports no SDK. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^lib/${from}/` },
  to: { path: '^(lib|functions)/', pathNot: `^lib/((${[from, ...allowed].join('|')})/|clock\\.ts$)` },
});
module.exports = {
  forbidden: [
    only('expressions-know-nobody', 'expressions', []),
    only('schema-knows-expressions', 'schema', ['expressions']),
    only('mapping-knows-schema-and-expressions', 'mapping', ['schema', 'expressions']),
    only('engine-knows-mapping', 'engine', ['mapping', 'schema', 'expressions']),
    only('http-knows-nobody', 'http', []),
    only('config-knows-nobody', 'config', []),
    only('entra-is-a-leaf', 'entra', ['engine', 'http']),
    only('zoom-is-a-leaf', 'zoom', ['engine', 'http', 'mapping']),
    only('state-is-a-leaf', 'state', ['engine']),
    only('secrets-is-a-leaf', 'secrets', ['engine']),
    only('notify-is-a-leaf', 'notify', ['engine', 'http']),
    only('telemetry-is-a-leaf', 'telemetry', ['engine']),
    only('api-knows-engine', 'api', ['engine', 'schema', 'expressions', 'mapping']),
    {
      name: 'leaves-take-types-of-the-engine-only',
      comment:
        'An adapter implements a port; it never calls the engine. Only plain data (a fault to throw, an empty row) is a value.',
      severity: 'error',
      from: { path: '^lib/(entra|zoom|state|secrets|notify|telemetry)/' },
      to: {
        path: '^lib/engine/',
        pathNot: '^lib/engine/(model|stored|jobSettings)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'engine-imports-no-sdk',
      severity: 'error',
      from: { path: '^lib/(engine|mapping|schema|expressions)/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(luxon|@types/luxon|p-limit|zod)/' },
    },
    {
      name: 'engine-touches-no-io',
      severity: 'error',
      from: { path: '^lib/(engine|mapping|schema|expressions)/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|assert)$' },
    },
    {
      name: 'functions-call-the-app-only',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^lib/', pathNot: '^lib/(app\\.ts|openDoor\\.ts|openPage\\.ts|telemetry/|api/)' },
    },
    {
      name: 'only-doors-know-the-functions-library',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/sandbox/' },
      to: { path: 'node_modules/@azure/functions' },
    },
    {
      name: 'nothing-ships-the-sandbox',
      severity: 'error',
      from: { path: '^(lib|functions)/', pathNot: '^lib/sandbox/' },
      to: { path: '^lib/sandbox/' },
    },
    {
      name: 'nothing-ships-the-tests',
      severity: 'error',
      from: { path: '^(lib|functions)/' },
      to: { path: '^test/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@azure/functions-core$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'require', 'types', 'default'],
    },
  },
};
