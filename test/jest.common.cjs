/** What all jest configurations have in common. */
module.exports = {
  rootDir: __dirname.replace(/[\\/]test$/, ''),
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' }, module: { type: 'commonjs' } }] },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/test/n8n', '<rootDir>/test/versions/[^/]+/node_modules', '<rootDir>/artifacts'],
};
