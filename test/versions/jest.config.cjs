/** The package in other versions of n8n, one after the other. */
module.exports = { ...require('../jest.common.cjs'), testMatch: ['<rootDir>/test/versions/*.test.ts'], testTimeout: 120_000, maxWorkers: 1 };
