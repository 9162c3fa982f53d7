/** jest runs on the compiled output: it tests the bytes that ship. */
module.exports = {
  roots: ['<rootDir>/dist/test'],
  testMatch: ['**/*.test.js'],
  transform: {},
  testEnvironment: 'node',
  testTimeout: 60_000,
  maxWorkers: '100%',
  moduleNameMapper: { '^@azure/functions-core$': '<rootDir>/dist/lib/sandbox/host/functionsCore.js' },
};
