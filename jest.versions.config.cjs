/** The package in other versions of n8n (test/versions), one after the other. */
module.exports = {
  ...require('./jest.e2e.config.cjs'),
  testMatch: ['<rootDir>/test/versions/*.test.ts'],
  globalSetup: undefined,
  globalTeardown: undefined,
};
