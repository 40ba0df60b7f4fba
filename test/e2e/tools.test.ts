/** Our three action nodes as tools of one AI Agent in a real n8n: what a model is offered, and what its calls do. */
import type { INode, INodeParameters } from 'n8n-workflow';

import packageJson from '../../package.json';
import { startSandbox, type Sandbox } from '../sandbox';
import { addConversation } from '../engine/chatwoot/threads';
import type { Bench } from '../engine/support';
import { receive as receiveInCallbell } from '../sandbox/callbell/messages';
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

/** What an execution that goes on by itself has come to. */
async function waitUntil<T>(look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Nothing after a minute; the model was asked ${model.requests.length} times`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

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
      // A model gets lists without the service's name.
      Search_Chatwoot: [0, 1].map(() => ({ id: expect.any(String) as string, name: expect.any(String) as string, email: expect.any(String) as string, phone: expect.any(String) as string, createdAt: expect.any(String) as string })),
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

describe('a person reviews what an agent wants to do', () => {
  const lastChatwoot = () => String([...sandbox.chatwoot.state.messages.values()].at(-1)?.content).replaceAll('\\', '');
  const lastSent = (vendor: 'callbell' | 'kinbox') => JSON.stringify(sandbox.requests.filter(({ vendor: to, operationId }) => to === vendor && operationId === 'sendMessage').at(-1)?.body).replaceAll('\\n', '\n');
  const reviewers = {
    chatwoot: { credential: 'chatwootAccessTokenApi', parameters: { conversationId: { __rl: true, mode: 'id', value: 'CONVERSATION' }, private: true, hearInChat: true, waitAmount: 1, waitUnit: 'hours' }, text: lastChatwoot },
    kinbox: { credential: 'kinboxApi', parameters: { channelId: { __rl: true, mode: 'id', value: '104' }, to: '(85) 98888-7777' }, text: () => lastSent('kinbox') },
    callbell: { credential: 'callbellApi', parameters: { channelId: { __rl: true, mode: 'id', value: 'CHANNEL' }, phone: 'PHONE' }, text: () => lastSent('callbell') },
  };
  const link = (text: string, label: string) => new RegExp(`${label}(?:: |\\]\\()(https?://[^\\s)"]+)`).exec(text)?.[1] ?? `no link ${label} in: ${text}`;

  test.each(Object.entries(reviewers))('%s: declined, asked again, approved', async (vendor, { credential, parameters, text }) => {
    const person = sandbox.callbell.state.contacts.find(({ name }) => name === 'João Souza')!;
    receiveInCallbell(sandbox.callbell.state, person, 'Oi', sandbox.clock.now());
    const conversation = addConversation({ sandbox } as Bench);
    const apiToken = await n8n.client.createCredential('kinboxApi', 'API token for questions', { generation: 'v1', token: sandbox.kinbox.tokens.api, host: sandbox.kinbox.url });
    const own = JSON.parse(JSON.stringify(parameters).replace('CONVERSATION', String(conversation.displayId)).replace('CHANNEL', sandbox.callbell.state.channels[0]!.uuid).replace('PHONE', person.phoneNumber!)) as INodeParameters;
    const review = node('Review', `${packageJson.name}.${vendor}HitlTool`, 1, {
      resource: 'message', operation: 'sendAndWait', responseType: 'approval', pageLanguage: 'pt', textFormat: 'asIs', ...own,
      message: '=The agent wants to run this tool: {{ $tool.name }}\n\nInput:\n{{ $tool.parameters }}',
    }, credential);
    const { id } = await n8n.client.importWorkflow({
      name: `Review in ${vendor}`,
      nodes: [
        node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
        node('Agent', '@n8n/n8n-nodes-langchain.agent', 3, { promptType: 'define', text: 'Save the person.', options: {} }),
        node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, { model: { __rl: true, mode: 'id', value: 'gpt-5-mini' }, responsesApiEnabled: false, options: {} }, 'openAiApi'),
        tool('Save Label', 'chatwoot', 'chatwootAccessTokenApi', { descriptionType: 'auto', resource: 'label', operation: 'create', title: left('Title') }),
        review,
      ],
      connections: {
        Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
        Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
        'Save Label': { ai_tool: [[{ node: 'Review', type: 'ai_tool', index: 0 }]] },
        Review: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
      },
      settings: { executionOrder: 'v1' },
    }, [...credentials.filter(({ type }) => type !== 'kinboxApi'), apiToken]);
    const labels = () => [...sandbox.chatwoot.state.labels.values()].map(({ title }) => title);
    const wanted = `de-${vendor}`;
    model.play([
      { calls: [{ tool: 'Save_Label', arguments: { toolParameters: { Title: wanted }, hitlParameters: {} } }] },
      { calls: [{ tool: 'Save_Label', arguments: { toolParameters: { Title: wanted }, hitlParameters: {} } }] },
      { text: 'Saved.' },
    ]);
    try {
      const asked = await n8n.client.runWorkflow(id);
      expect([asked.status, asked.error, model.problems, asked.runData.Review?.[0]?.error?.message]).toEqual(['waiting', undefined, [], undefined]);
      expect(text()).toContain('The agent wants to run this tool: Save_Label');
      expect(text()).toContain(`Input:\nTitle: ${wanted}`);
      const declined = await fetch(link(text(), 'Recusar'), { method: 'POST' });
      expect([declined.status, await declined.text()]).toEqual([200, expect.stringContaining('Obrigado')]);
      const again = await waitUntil(async () => (model.requests.length === 2 ? await n8n.client.waitForExecution(asked.id) : undefined));
      expect(again.status).toBe('waiting');
      expect(labels()).not.toContain(wanted);
      expect(JSON.stringify(toolAnswers(model.requests[1]!))).toContain('User rejected the tool call');
      if (vendor === 'chatwoot') {
        // A colleague types the answer into a note; Chatwoot tells n8n.
        const note = await fetch(`${sandbox.chatwoot.url}/api/v1/accounts/1/conversations/${conversation.displayId}/messages`, {
          method: 'POST', headers: { 'api-access-token': sandbox.chatwoot.tokens.administrator, 'content-type': 'application/json' }, body: JSON.stringify({ content: 'Sim, pode!', private: true }),
        });
        expect(note.status).toBe(200);
      } else {
        expect((await fetch(link(text(), 'Aprovar'), { method: 'POST' })).status).toBe(200);
      }
      const done = await waitUntil(async () => (model.requests.length === 3 ? await n8n.client.waitForExecution(asked.id) : undefined));
      expect(done).toMatchObject({ status: 'success', error: undefined });
      expect(labels()).toContain(wanted);
      expect(outputOf(done, 'Agent')).toEqual([expect.objectContaining({ output: 'Saved.' })]);
      expect(model.problems).toEqual([]);
      expect([...sandbox.chatwoot.state.webhooks.values()].filter(({ url }) => String(url).includes('decision=chat'))).toEqual([]);
    } finally {
      await n8n.client.deleteWorkflow(id);
      await n8n.client.deleteCredential(apiToken.id);
    }
  });

  test('the nodes stand among those for human review, each with one message', async () => {
    const types = await n8n.client.nodeTypes();
    for (const vendor of Object.keys(reviewers)) {
      const type = types.find(({ name }) => name === `${packageJson.name}.${vendor}HitlTool`)!;
      expect(type.codex?.subcategories?.Tools).toEqual(['Human in the Loop']);
      expect(type.codex?.alias).toEqual(expect.arrayContaining(['human', 'approval', 'hitl', 'wait']));
      const shown = type.properties.filter(({ displayName, displayOptions, type: kind }) => displayName === 'Message' && kind !== 'hidden' && (displayOptions?.show?.operation ?? ['sendAndWait']).includes('sendAndWait'));
      expect(shown.map(({ name }) => name)).toEqual(['message']);
    }
  });
});
