// Before any import of n8n-core: it writes its configuration and binary files to N8N_USER_FOLDER on first use.
const { randomUUID } = require('node:crypto');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

// Only a name: n8n-core makes the folder when it is used, and process.ts removes it after the tests.
process.env.N8N_USER_FOLDER ??= join(tmpdir(), `n8n-jest-${randomUUID()}`);
process.env.N8N_ENCRYPTION_KEY ??= 'only-for-tests-0123456789';
process.env.N8N_LOG_LEVEL ??= 'silent';
