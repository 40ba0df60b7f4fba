/** Our three action nodes as tools of one AI Agent in a real n8n: what a model is offered, and what its calls do. */
import type { INode, INodeParameters } from 'n8n-workflow';

import packageJson from '../../package.json';
import { startSandbox, type Sandbox } from '../sandbox';
import { outputOf, type StoredCredential } from './client';
import { createSandboxCredentials } from './examples';
import { startScriptedModel, toolAnswers, type ScriptedModel } from './scriptedModel';
import { sharedN8n, type SharedN8n } from './shared';

let n8n: SharedN8n;
let sandbox: Sandbox;
let model: ScriptedModel;
let credentials: StoredCredential[];

beforeAll(async () => {
  n8n = await sharedN8n();
  sandbox = await startSandbox();
  model = await startScriptedModel();
  credentials = [
    ...(await createSandboxCredentials(n8n.client, sandbox)),
    await n8n.client.createCredential('openAiApi', 'OpenAI account', { apiKey: model.apiKey, url: model.url }),
  ];
});

afterAll(async () => {
  await Promise.all(credentials.map(async ({ id }) => await n8n.client.deleteCredential(id)));
  await Promise.all([sandbox.close(), model.close()]);
});

const node = (name: string, type: string, typeVersion: number, parameters: INodeParameters, credential?: string): INode => ({
  id: name, name, type, typeVersion, position: [0, 0], parameters, ...(credential === undefined ? {} : { credentials: { [credential]: { id: null, name: '' } } }),
});
const tool = (name: string, vendor: string, credential: string, parameters: INodeParameters) => node(name, `${packageJson.name}.${vendor}Tool`, 1, parameters, credential);

/** As the editor writes it when a field is left to the model. */
const left = (label: string, type = 'string') => `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label}', \`\`, '${type}') }}`;
const leftId = (label: string) => ({ __rl: true, mode: 'id', value: left(label) });

test('a model works in all three systems, with fields left to it in the editor', async () => {
  // Somebody whom Kinbox does not know.
  const person = sandbox.callbell.state.contacts.filter(({ source }) => source === 'whatsapp').at(-1);
  const tools = [
    tool('Save in Kinbox', 'kinbox', 'kinboxApi', { descriptionType: 'auto', resource: 'contact', operation: 'upsert', matchBy: 'phone', name: left('Name'), phone: left('Phone') }),
    tool('Search Chatwoot', 'chatwoot', 'chatwootAccessTokenApi', { descriptionType: 'auto', resource: 'contact', operation: 'getAll', limit: left('Limit', 'number') }),
    tool('Find in Callbell', 'callbell', 'callbellApi', { descriptionType: 'auto', resource: 'contact', operation: 'getByPhone', phone: left('Phone') }),
    tool('Note in Callbell', 'callbell', 'callbellApi', { descriptionType: 'auto', resource: 'conversation', operation: 'addNote', contactId: leftId('Contact'), text: left('Text') }),
  ];
  const { id } = await n8n.client.importWorkflow({
    name: 'Tools of all three',
    nodes: [
      node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
      node('Agent', '@n8n/n8n-nodes-langchain.agent', 3, { promptType: 'define', text: 'Take over the contact.', options: {} }),
      node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, { model: { __rl: true, mode: 'id', value: 'gpt-5-mini' }, responsesApiEnabled: false, options: {} }, 'openAiApi'),
      ...tools,
    ],
    connections: {
      Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
      Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
      ...Object.fromEntries(tools.map(({ name }) => [name, { ai_tool: [[{ node: 'Agent', type: 'ai_tool' as const, index: 0 }]] }])),
    },
    // In the older order n8n asks the model again before its tools have run.
    settings: { executionOrder: 'v1' },
  }, credentials);

  model.play([
    { calls: [{ tool: 'Find_in_Callbell', arguments: { Phone: person!.phoneNumber! } }, { tool: 'Search_Chatwoot', arguments: { Limit: 2 } }] },
    { calls: [{ tool: 'Save_in_Kinbox', arguments: { Name: person!.name, Phone: 'call me' } }] },
    { calls: [{ tool: 'Save_in_Kinbox', arguments: { Name: person!.name, Phone: person!.phoneNumber! } }, { tool: 'Note_in_Callbell', arguments: { Contact: person!.uuid, Text: 'Also in Kinbox' } }] },
    { text: 'Done.' },
  ]);
  try {
    const execution = await n8n.client.runWorkflow(id);
    expect(execution.error).toBeUndefined();
    expect(model.problems).toEqual([]);
    expect(outputOf(execution, 'Agent')).toEqual([expect.objectContaining({ output: 'Done.' })]);
    expect(Object.fromEntries(model.requests[0]!.tools.map(({ name, description, parameters }) => [name, [description, parameters.properties]]))).toEqual({
      Save_in_Kinbox: ['Create or update contact in Kinbox', { Name: { type: 'string' }, Phone: { type: 'string' } }],
      Search_Chatwoot: ['Get many contacts in Chatwoot', { Limit: { type: 'number' } }],
      Find_in_Callbell: ['Get contact by phone in Callbell', { Phone: { type: 'string' } }],
      Note_in_Callbell: ['Add note to conversation in Callbell', { Contact: { type: 'string' }, Text: { type: 'string' } }],
    });
    expect(toolAnswers(model.requests[1]!)).toEqual({
      Find_in_Callbell: [expect.objectContaining({ id: person!.uuid, platform: 'callbell' })],
      Search_Chatwoot: [expect.objectContaining({ platform: 'chatwoot' }), expect.objectContaining({ platform: 'chatwoot' })],
    });
    expect(toolAnswers(model.requests[2]!)).toMatchObject({ Save_in_Kinbox: [{ error: expect.stringMatching(/'Phone' cannot be used as a phone number: .*Write the number with its country code/) }] });
    expect(toolAnswers(model.requests[3]!)).toMatchObject({ Save_in_Kinbox: [expect.objectContaining({ name: person!.name, platform: 'kinbox', created: true })] });
    expect(person!.messages[0]).toMatchObject({ status: 'note', text: 'Also in Kinbox' });
    expect([...sandbox.kinbox.state.contacts.values()].filter(({ name }) => name === person!.name)).toHaveLength(1);
    expect(sandbox.violations).toEqual([]);
  } finally {
    await n8n.client.deleteWorkflow(id);
  }
});
