/**
 * The rules `npm run lint` applies. For what is published (package.json, nodes/, credentials/) they are those of
 * n8n's own command line tool with cloud support on, put together from the same plugins, because that tool brings
 * a large dependency tree along. `eslint.config.mjs` beside this file is the tool's own default and must stay as it is.
 */
import eslint from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importPlugin from 'eslint-plugin-import-x';
import n8nNodesPlugin from 'eslint-plugin-n8n-nodes-base';
import regexpPlugin from 'eslint-plugin-regexp';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

import { noLooseTable } from './scripts/looseTables.mjs';
import { noSlowPattern } from './scripts/slowPatterns.mjs';

const published = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const development = ['{test,scripts,bench}/**/*.{ts,mts,js,mjs,cjs}', '*.{js,mjs,cjs}'];
const nodeGlobals = Object.fromEntries(
  ['process', 'console', 'Buffer', 'URL', 'URLSearchParams', 'AbortController', 'AbortSignal', 'fetch', 'FormData', 'Blob', 'performance',
    'TextEncoder', 'TextDecoder', 'structuredClone', 'queueMicrotask', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval',
    'setImmediate', 'clearImmediate'].map((name) => [name, 'readonly']),
);

export default defineConfig(
  globalIgnores(['dist', 'artifacts', 'coverage', 'examples', 'test/n8n']),
  {
    files: published,
    extends: [
      eslint.configs.recommended,
      tseslint.configs.recommended,
      n8nCommunityNodesPlugin.configs.recommended,
      importPlugin.configs['flat/recommended'],
    ],
    plugins: { 'n8n-nodes-base': n8nNodesPlugin, regexp: regexpPlugin, local: { rules: { 'no-slow-pattern': noSlowPattern, 'no-loose-table': noLooseTable } } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    // n8n's package scanner does not honour disable comments either.
    linterOptions: { noInlineConfig: true },
    rules: {
      'prefer-spread': 'off',
      'no-console': 'error',
      // Whoever can send a text may choose it so that a slow pattern keeps n8n busy for minutes. Either finds what the other misses.
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
      'local/no-slow-pattern': 'error',
      'local/no-loose-table': 'error',
    },
  },
  {
    files: ['package.json'],
    extends: [n8nCommunityNodesPlugin.configs.recommended],
    plugins: { 'n8n-nodes-base': n8nNodesPlugin },
    languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
    linterOptions: { noInlineConfig: true },
    rules: n8nNodesPlugin.configs.community.rules,
  },
  {
    files: ['credentials/**/*.ts'],
    rules: {
      ...n8nNodesPlugin.configs.credentials.rules,
      // The five rules n8n switches off: made for n8n's own nodes, or covered better by the community rules.
      'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
      'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
    },
  },
  {
    files: ['nodes/**/*.ts'],
    rules: {
      ...n8nNodesPlugin.configs.nodes.rules,
      'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
      'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
      'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
    },
  },
  {
    files: development,
    extends: [eslint.configs.recommended, tseslint.configs.recommended],
    languageOptions: { globals: nodeGlobals },
    rules: {
      // "_" marks what is left out on purpose, as in `const { id: _id, ...rest } = row`.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
    },
  },
  {
    // Bodies and parameters have been checked against the contract before a handler sees them.
    files: ['test/sandbox/**/*.ts', 'bench/sandbox.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['**/*.cjs', 'gulpfile.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { ...nodeGlobals, require: 'readonly', module: 'writable', exports: 'writable', __dirname: 'readonly', __filename: 'readonly' },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
