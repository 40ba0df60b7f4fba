/** The scenario against a Chatwoot server, or the sandbox; `npm test` does not run it. */
module.exports = {
  ...require('../jest.common.cjs'),
  setupFiles: ['<rootDir>/test/harness/environment.cjs'],
  testMatch: ['<rootDir>/test/live/*.test.ts'],
  testTimeout: 1_800_000,
  maxWorkers: 1,
};
