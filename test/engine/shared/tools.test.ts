/** What n8n makes of our action nodes as tools of an AI agent: every operation as a model sees it, and calls through the engine. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { IDataObject, INodeParameters, INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { callTools, canBeLeftToModel, leftToModel, modelKey, toolOf, toolType, visibleFields, type ToolCall } from '../../harness/tools';
import { startSandbox, type Sandbox } from '../../sandbox';
import { credentialValues, credentials, secretsOf } from '../support';

const nodes: Array<[string, INodeType]> = [['Kinbox', new Kinbox()], ['Chatwoot', new Chatwoot()], ['Callbell', new Callbell()]];

const root = resolve(__dirname, '../../..');

interface Choice {
  resource: string;
  operation: string;
  option: INodePropertyOptions;
}

function choices({ description }: INodeType): Choice[] {
  return description.properties
    .filter(({ name }) => name === 'operation')
    .flatMap(({ displayOptions, options }) => (options as INodePropertyOptions[]).map((option) => ({ resource: String(displayOptions!.show!.resource![0]), operation: String(option.value), option })));
}

/** Takes something away that cannot be brought back, or that others rely on. */
const destructive = /^(delete|remove|unassign|unsubscribe|block|merge|end|close|lose|import|bulk|reset|cancel)/i;

describe.each(nodes)('%s as a tool', (_, node) => {
  const type = toolType(node);

  test.each(choices(node).map((choice) => [`${choice.resource}: ${choice.operation}`, choice] as const))('%s', (__, { resource, operation, option }) => {
    const fields = visibleFields(type, { resource, operation });
    const open = fields.filter(canBeLeftToModel);
    const parameters: INodeParameters = { descriptionType: 'auto', resource, operation };
    for (const field of open) parameters[field.name] = leftToModel(field);
    const tool = toolOf(type, 'A Tool', parameters);

    // The model gets the action and the node's name, and of each field nothing but its label.
    expect(tool.description).toBe(`${option.action} in ${node.description.displayName}`);
    expect(tool.argumentNames).toEqual(open.map(modelKey));
    expect(new Set(tool.argumentNames).size).toBe(open.length);
    for (const name of tool.argumentNames) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_-]{1,62}$/);
    // The same holds when optional fields are added to it: one label, one argument.
    const optional = fields.filter((field) => field.type === 'collection').flatMap((field) => field.options as INodeProperties[]);
    const labels = [...open, ...optional.filter(canBeLeftToModel)].map(modelKey);
    expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([]);
    // A field that has to be filled in can be left to the model, or is chosen from a few values with a default.
    for (const field of fields.filter(({ required }) => required)) {
      expect({ field: field.name, possible: canBeLeftToModel(field) || (field.type === 'options' && field.default !== '') || field.noDataExpression === true }).toMatchObject({ possible: true });
    }
    expect(fields.filter(({ required }) => required).length).toBeLessThanOrEqual(4);
  });

  test('no two operations look alike to a model', () => {
    const descriptions = choices(node).map(({ option }) => option.action);
    expect(descriptions.filter((text, index) => descriptions.indexOf(text) !== index)).toEqual([]);
  });

  test('a model cannot choose the operation, and none that takes something away is chosen by default', () => {
    const selectors = node.description.properties.filter(({ name }) => name === 'resource' || name === 'operation');
    expect(selectors.filter((property) => canBeLeftToModel(property) || property.noDataExpression !== true)).toEqual([]);
    expect(selectors.filter(({ name }) => name === 'operation').map((property) => String(property.default)).filter((value) => destructive.test(value))).toEqual([]);
  });

  test('answers are the short form of a record unless a person chooses otherwise', () => {
    for (const { default: value } of node.description.properties.filter(({ name }) => name === 'output')) expect(value).toBe('simplified');
    for (const { default: value } of node.description.properties.filter(({ name }) => name === 'returnAll')) expect(value).toBe(false);
  });
});

/** Keys beside a record that tell what became of the item; mostly they are not there. */
const whatWasDone = ['audienceCounts', 'audienceLabel', 'changed', 'created', 'firstMessage', 'leftOut', 'matchedBy', 'notApplied', 'recipients', 'skipped'];

test.each(readdirSync(join(root, 'nodes')).filter((vendor) => existsSync(join(root, 'nodes', vendor, '__schema__'))))('%s: records are small in their short form', (vendor) => {
  const folder = join(root, 'nodes', vendor, '__schema__', 'v1.0.0');
  const sizes = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json')).map((file) => {
    const { properties = {} } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { properties?: object };
    return { file, keys: Object.keys(properties).filter((key) => !whatWasDone.includes(key)).length };
  });
  expect(sizes.length).toBeGreaterThan(10);
  expect(sizes.filter(({ keys }) => keys > 15)).toEqual([]);
});

describe('called by a model', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(() => sandbox.reset());
  afterEach(() => expect(sandbox.violations).toEqual([]));
  afterAll(async () => {
    await sandbox.close();
  });

  /** Makes the calls; nothing that the model sees may hold a secret. */
  async function answersOf(node: INodeType, tools: Record<string, INodeParameters>, calls: ToolCall[]) {
    const { answers, result } = await callTools(node, tools, calls, { credentials, credentialValues: credentialValues(sandbox) });
    expect(result.error).toBeUndefined();
    for (const secret of secretsOf(sandbox)) expect(JSON.stringify(answers)).not.toContain(secret);
    return answers;
  }
  const fromModel = (key: string, kind = 'string') => `={{ $fromAI('${key}', '', '${kind}') }}`;
  const id = (value: string) => ({ __rl: true, mode: 'id', value });

  test('Chatwoot: write, label by a text with commas, assign; a wrong team is told in words', async () => {
    const displayId = await newConversation();
    const answers = await answersOf(new Chatwoot(), {
      send: { resource: 'message', operation: 'send', conversationId: id(displayId), content: fromModel('Message') },
      label: { resource: 'conversation', operation: 'addLabels', conversationId: id(displayId), labels: fromModel('Label_Names_or_IDs') },
      assign: { resource: 'conversation', operation: 'assignTeam', conversationId: id(displayId), teamId: id(fromModel('Team')) },
    }, [
      { tool: 'send', arguments: { Message: 'Bom dia!' } },
      { tool: 'label', arguments: { Label_Names_or_IDs: 'vip, troca' } },
      { tool: 'assign', arguments: { Team: '99' } },
      { tool: 'assign', arguments: { Team: 'suporte' } },
      { tool: 'assign', arguments: { Team: '2' } },
      { tool: 'send', arguments: { Message: '' } },
    ]);
    expect(answers).toEqual([
      { answer: [expect.objectContaining({ content: 'Bom dia!', type: 'outgoing', conversationId: displayId })] },
      { answer: [{ conversationId: displayId, labels: ['vip', 'troca'] }] },
      // What is wrong, and what to do; n8n's newer agents get nothing but the message.
      { error: "'Team' 99 is not in account 1 [item 0]. The conversation was left as it is. There are: vendas (1), suporte (2)." },
      { error: "'Team' is not an ID [item 0]. Pick a record from the list, or give its ID, which has digits only." },
      { answer: [expect.objectContaining({ assigneeType: 'team', assigneeId: '2' })] },
      { error: expect.stringMatching(/'Message'/) },
    ]);
    expect(sandbox.requests.filter(({ operationId }) => operationId === 'createMessage')).toHaveLength(1);
  });

  async function newConversation(): Promise<string> {
    const answer = await fetch(`${sandbox.chatwoot.url}/api/v1/accounts/1/conversations`, {
      method: 'POST', headers: { api_access_token: sandbox.chatwoot.tokens.administrator, 'content-type': 'application/json' }, body: JSON.stringify({ contact_id: 1, inbox_id: 2 }),
    });
    return String(((await answer.json()) as { id: number }).id);
  }

  test('Kinbox: find, create or update, and a phone that cannot be right', async () => {
    const answers = await answersOf(new Kinbox(), {
      find: { resource: 'contact', operation: 'getAll', limit: 5, filters: { search: fromModel('Search') } },
      save: { resource: 'contact', operation: 'upsert', matchBy: 'phone', name: fromModel('Name'), phone: fromModel('Phone') },
    }, [
      { tool: 'save', arguments: { Name: 'Ana Souza', Phone: '(85) 98888-7788' } },
      { tool: 'save', arguments: { Name: 'Ana S. Souza', Phone: '+55 85 98888-7788' } },
      { tool: 'save', arguments: { Name: 'Ana', Phone: 'amanhã' } },
      { tool: 'find', arguments: { Search: 'Ana S.' } },
    ]);
    expect(answers).toEqual([
      { answer: [expect.objectContaining({ name: 'Ana Souza', phone: '+5585988887788', created: true })] },
      { answer: [expect.objectContaining({ name: 'Ana S. Souza', created: false })] },
      { error: expect.stringMatching(/'Phone' cannot be used as a phone number: .*country code/s) },
      { answer: [expect.objectContaining({ name: 'Ana S. Souza', phone: '+5585988887788' })] },
    ]);
    expect(Object.keys(answers[3]!.answer![0]!).length).toBeLessThanOrEqual(13);
  });

  test('Callbell: find by phone, tag and leave a note; a contact that is not there is told', async () => {
    const [contact] = sandbox.callbell.state.contacts.filter(({ source }) => source === 'whatsapp');
    const answers = await answersOf(new Callbell(), {
      find: { resource: 'contact', operation: 'getByPhone', phone: fromModel('Phone') },
      tag: { resource: 'contact', operation: 'addTags', contactId: id(fromModel('Contact')), tags: fromModel('Tags') },
      note: { resource: 'conversation', operation: 'addNote', contactId: id(fromModel('Contact')), text: fromModel('Text') },
    }, [
      { tool: 'find', arguments: { Phone: contact!.phoneNumber! } },
      { tool: 'tag', arguments: { Contact: contact!.uuid, Tags: 'Interested' } },
      { tool: 'note', arguments: { Contact: contact!.uuid, Text: 'Wants a cake' } },
      { tool: 'find', arguments: { Phone: '+55 85 98888-0000' } },
    ]);
    expect(answers[0]).toEqual({ answer: [expect.objectContaining({ id: contact!.uuid, name: contact!.name, platform: 'callbell' })] });
    expect(answers[1]).toEqual({ answer: [expect.objectContaining({ tags: expect.arrayContaining(['Interested']) })] });
    expect(answers[2]!.error).toBeUndefined();
    expect(contact!.messages[0]).toMatchObject({ status: 'note', text: 'Wants a cake' });
    expect(answers[3]!.error).toMatch(/no contact|not found|does not/i);
  });

  test('lists are lean: 50 contacts and 50 conversations cost a model little, and say nothing of what is not there', async () => {
    const administrator = { method: 'POST', headers: { api_access_token: sandbox.chatwoot.tokens.administrator, 'content-type': 'application/json' } };
    const post = async (path: string, body: IDataObject) => (await (await fetch(`${sandbox.chatwoot.url}/api/v1/accounts/1/${path}`, { ...administrator, body: JSON.stringify(body) })).json()) as { id?: number; payload?: { contact: { id: number } } };
    for (let at = 0; at < 60; at += 1) {
      const made = await post('contacts', { name: `Maria Oliveira ${at}`, email: `maria.oliveira${at}@example.com`, phone_number: `+55859888870${10 + at}` });
      const { id: display } = await post('conversations', { contact_id: made.payload!.contact.id, inbox_id: 2 });
      await post(`conversations/${display}/messages`, { content: 'Good morning, is my order on its way?' });
    }
    const answers = await answersOf(new Chatwoot(), {
      contacts: { resource: 'contact', operation: 'getAll' },
      conversations: { resource: 'conversation', operation: 'getAll' },
      search: { resource: 'search', operation: 'all', text: fromModel('Text') },
      raw: { resource: 'contact', operation: 'getAll', limit: 1, output: 'raw' },
    }, [{ tool: 'contacts', arguments: {} }, { tool: 'conversations', arguments: {} }, { tool: 'search', arguments: { Text: 'Maria' } }, { tool: 'raw', arguments: {} }]);
    const [contacts, conversations, found, raw] = answers.map(({ answer }) => answer!);
    const length = (answer: unknown) => JSON.stringify(answer).length;
    expect([contacts!.length, conversations!.length]).toEqual([50, 50]);
    expect(length(contacts)).toBeLessThanOrEqual(8000);
    expect(length(conversations)).toBeLessThanOrEqual(10_000);
    expect(contacts![0]).toEqual({ id: expect.stringMatching(/^\d+$/), name: 'Maria Oliveira 59', email: 'maria.oliveira59@example.com', phone: '+5585988887069', createdAt: expect.any(String) });
    expect(conversations![0]).toEqual({
      id: expect.stringMatching(/^\d+$/), status: 'open', inboxId: '2', contactId: contacts![0]!.id, contactName: 'Maria Oliveira 59', lastMessage: 'Good morning, is my order on its way?', unread: 0, lastActivityAt: expect.any(String),
    });
    expect((found![0]!.contacts as IDataObject[])[2]).toEqual({ id: expect.stringMatching(/^\d+$/), name: 'Maria Oliveira 1', email: 'maria.oliveira1@example.com', phone: '+5585988887011' });
    expect(Object.values(found![0]!).every((records) => (records as IDataObject[]).every((record) => Object.values(record).every((value) => value !== null && value !== '')))).toBe(true);
    expect(length(found)).toBeLessThanOrEqual(8000);
    // What a person chose stays as it was.
    expect(raw![0]).toMatchObject({ identifier: null, custom_attributes: {} });
  });
});
