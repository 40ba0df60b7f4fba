/** The tests that need nothing but this repository: `npx jest` runs them. The slow suites have a configuration of their own beside them. */
const { availableParallelism } = require('node:os');

const common = require('./test/jest.common.cjs');

const project = (displayName, ...folders) => ({
  ...common,
  displayName,
  setupFiles: ['<rootDir>/test/harness/environment.cjs'],
  testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
});

module.exports = {
  // Many tests wait, for a limit or for a message to arrive; a third worker for two cores uses that time.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // A busy machine is no failure. Jest reads this here only, not in the projects.
  testTimeout: 60_000,
  projects: [project('unit', 'unit'), project('package', 'package'), project('sandbox', 'sandbox', 'recorded'), project('engine', 'engine', 'harness'), project('people', 'people'), project('whatsapp', 'whatsapp')],
};
