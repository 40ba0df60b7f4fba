/** The workflows in examples/, and the credentials that let them run against the sandbox. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Sandbox } from '../sandbox';
import type { N8nClient, StoredCredential, WorkflowFile } from './client';

const folder = resolve(__dirname, '../../examples');

/** The file name of the example that `npm start` runs. */
export const mainExample = 'lead-to-campaign.json';

/** File names of all examples, sorted. */
export function exampleFiles(): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.json')).sort();
}

export function readExample(file: string): WorkflowFile {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowFile;
}

/** Nobody has the webhook of the sandbox's Callbell account, but its empty log does not tell that. */
export function takingCallbell(workflow: WorkflowFile): WorkflowFile {
  const nodes = workflow.nodes.map((node) => (node.type.endsWith('.callbellTrigger') ? { ...node, parameters: { ...node.parameters, ifTaken: 'takeOver' } } : node));
  return { ...workflow, nodes };
}

/** Values of one good credential of each type, by type name. */
export function sandboxCredentialData({ kinbox, chatwoot, callbell }: Sandbox): Record<'kinboxApi' | 'chatwootAccessTokenApi' | 'callbellApi', ICredentialDataDecryptedObject> {
  return {
    kinboxApi: { generation: 'v3', token: kinbox.tokens.v3, host: kinbox.url },
    chatwootAccessTokenApi: { url: chatwoot.url, accessToken: chatwoot.tokens.administrator, accountId: String(chatwoot.accountId) },
    callbellApi: { token: callbell.token, baseUrl: callbell.url },
  };
}

const credentialNames = { kinboxApi: 'Kinbox account', chatwootAccessTokenApi: 'Chatwoot account', callbellApi: 'Callbell account' };

/** Stores credentials in n8n that point at the sandbox. */
export type CreateCredentials = (client: N8nClient, sandbox: Sandbox) => Promise<StoredCredential[]>;

/** Stores one credential of each type that points at the sandbox. */
export async function createSandboxCredentials(client: N8nClient, sandbox: Sandbox): Promise<StoredCredential[]> {
  const data = sandboxCredentialData(sandbox);
  const stored: StoredCredential[] = [];
  for (const type of Object.keys(data) as Array<keyof typeof data>) {
    stored.push(await client.createCredential(type, credentialNames[type], data[type]));
  }
  return stored;
}

/** What the examples ask for besides {@link createSandboxCredentials}: Kinbox's other kind of token. */
export async function createExampleCredentials(client: N8nClient, sandbox: Sandbox): Promise<StoredCredential[]> {
  const { url, tokens } = sandbox.kinbox;
  const apiToken = await client.createCredential('kinboxApi', 'Kinbox API token', { generation: 'v1', token: tokens.api, host: url });
  return [...(await createSandboxCredentials(client, sandbox)), apiToken];
}
