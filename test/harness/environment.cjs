// Before any import of n8n-core: it writes its configuration to N8N_USER_FOLDER on first use.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'n8n-jest-'));
process.env.N8N_ENCRYPTION_KEY ??= 'only-for-tests-0123456789';
process.env.N8N_LOG_LEVEL ??= 'silent';
