/** A real n8n for each worker (setup.ts), through its REST API and through the editor. */
module.exports = {
  ...require('../jest.common.cjs'),
  testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
  globalSetup: '<rootDir>/test/e2e/setup.ts',
  globalTeardown: '<rootDir>/test/e2e/teardown.ts',
  testTimeout: 120_000,
  // The editor's tests wait for the browser half of the time.
  maxWorkers: 2,
};
