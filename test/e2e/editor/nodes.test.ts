/** Each node as a person adds it, connects it, fills it in and runs it in n8n's editor. */
import { sandboxCredentialData } from '../examples';
import { useEditor, type EditorStage } from './useEditor';

const stage = useEditor();
let sandbox: EditorStage['sandbox'];
let editor: EditorStage['editor'];

beforeAll(() => {
  ({ sandbox, editor } = stage);
});

beforeEach(async () => await editor.newWorkflow());

const nodes = [
  { name: 'Kinbox', credential: 'kinboxApi', tokenField: 'token', actions: ['Create contact', 'Update contact', 'Create campaign'] },
  { name: 'Chatwoot', credential: 'chatwootAccessTokenApi', tokenField: 'accessToken', actions: ['Create contact', 'Get many contacts', 'Get many inboxes'] },
  { name: 'Callbell', credential: 'callbellApi', tokenField: 'token', actions: ['Create contact', 'Get many contacts', 'Get many channels'] },
] as const;

describe.each(nodes)('$name', ({ name, credential, tokenField, actions }) => {
  test('is found in the nodes panel by its name and by what it is for, in three languages', async () => {
    for (const words of [name.toLowerCase(), 'whatsapp', 'campanha', 'atención al cliente']) {
      expect({ words, found: await editor.searchNodes(words) }).toEqual({ words, found: expect.arrayContaining([name]) });
    }
  });

  test('lists its actions under their own names', async () => {
    await editor.addNode('manual', 'Manual Trigger');
    const listed = await editor.actionsOf(name.toLowerCase(), name);
    await editor.screenshot(`${name.toLowerCase()}-actions`);
    expect(listed).toEqual(expect.arrayContaining([...actions]));
    expect(new Set(listed).size).toBe(listed.length);
  });

  test('is connected in the credential window, which says what is wrong with a wrong token', async () => {
    const data = sandboxCredentialData(sandbox)[credential];
    // Of the kind that the window offers first.
    const good = credential === 'kinboxApi' ? { ...data, token: sandbox.kinbox.tokens.api } : data;
    const texts = Object.fromEntries(Object.entries(good).filter(([key]) => key !== 'generation')) as Record<string, string>;
    await editor.addNode('manual', 'Manual Trigger');
    await editor.addNode(name.toLowerCase(), name, 'Create contact');
    const refused = await editor.createCredential({ ...texts, [tokenField]: 'wrong-token' });
    await editor.screenshot(`${name.toLowerCase()}-credential-wrong`);
    expect(refused).toMatchObject({ ok: false, message: expect.stringMatching(/does not accept this (access )?token/) });
    expect(await editor.fillCredential({ [tokenField]: texts[tokenField] ?? '' })).toMatchObject({ ok: true });
    await editor.fill(name === 'Callbell' ? 'identifier' : 'phone', '+55 85 98888-7777');
    await editor.fill('name', 'Ana Souza');
    expect(await editor.runNode()).toEqual({ ok: true });
    await editor.screenshot(`${name.toLowerCase()}-output`);
    const { columns, rows } = await editor.outputTable();
    expect(columns.slice(0, 4)).toEqual(['id', 'name', 'email', 'phone']);
    expect(rows).toEqual([expect.objectContaining({ name: 'Ana Souza', phone: '+5585988887777', platform: name.toLowerCase() })]);
  });

  test('names the field that it cannot use', async () => {
    await editor.addNode('manual', 'Manual Trigger');
    await editor.addNode(name.toLowerCase(), name, 'Create contact');
    await editor.chooseCredential(`${name} account`);
    await editor.fill('name', 'Ana Souza');
    await editor.fill(name === 'Callbell' ? 'identifier' : 'phone', 'call in the morning');
    expect(await editor.runNode()).toEqual({ ok: false });
    const { message } = await editor.nodeError();
    await editor.screenshot(`${name.toLowerCase()}-wrong-phone`);
    expect(message).toMatch(/^'Phone.*has letters in it/);
    expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
