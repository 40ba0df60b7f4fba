/** n8n in queue mode with a worker that is killed. */
module.exports = { ...require('../jest.common.cjs'), testMatch: ['<rootDir>/test/scaling/*.test.ts'], testTimeout: 120_000, maxWorkers: 1 };
