/** n8n in queue mode with a worker that is killed (test/scaling). */
module.exports = {
  ...require('./jest.versions.config.cjs'),
  testMatch: ['<rootDir>/test/scaling/*.test.ts'],
};
