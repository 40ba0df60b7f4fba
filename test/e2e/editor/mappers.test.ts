/** Fields and template variables that the account itself tells, filled in with mouse and keys, and what the vendor then gets. */
import { createExampleCredentials, sandboxCredentialData } from '../examples';
import { callers } from '../../sandbox/client';
import { useEditor, writtenTo, type EditorStage } from './useEditor';

const stage = useEditor(createExampleCredentials);
let n8n: EditorStage['n8n'];
let sandbox: EditorStage['sandbox'];
let editor: EditorStage['editor'];

beforeAll(() => {
  ({ n8n, sandbox, editor } = stage);
});

/** A new workflow with the node. n8n takes the credential by itself where there is one only. */
async function open(node: string, action: string, credential?: string): Promise<void> {
  await editor.newWorkflow();
  await editor.addNode('manual', 'Manual Trigger');
  await editor.addNode(node.toLowerCase(), node, action);
  if (credential === undefined) return;
  await editor.chooseCredential(credential);
  // The account's fields are asked for when a node is opened.
  await editor.closeNode();
  await editor.openNode(action);
}

/** Number of a new conversation with a contact on WhatsApp. */
async function whatsappConversation(): Promise<number> {
  const { chatwoot } = callers(sandbox);
  const inbox = [...sandbox.chatwoot.state.inboxes.values()].find(({ channelType }) => channelType === 'Channel::Whatsapp');
  const [contact] = [...sandbox.chatwoot.state.contacts.values()];
  const { data } = await chatwoot('POST', '/conversations', { body: { inbox_id: inbox?.id, contact_id: contact?.id } });
  sandbox.requests.length = 0;
  return (data as { id: number }).id;
}

describe('Kinbox', () => {
  test('a contact with custom fields of the account, each in its kind of field', async () => {
    await open('Kinbox', 'Create contact', 'Kinbox account');
    expect(await editor.mapperFields()).toEqual([
      'CPF', 'Cidade', 'Aniversário', 'Limite de crédito', 'Idade', 'Aceita novidades', 'Interesse', 'Canais preferidos (WhatsApp, E-mail, Telefone)',
    ]);
    await editor.fill('name', 'Ana Souza');
    await editor.fill('phone', '(85) 98888-7777');
    await editor.fill('cidade', 'Fortaleza');
    await editor.fill('limite-de-credito', '250.5');
    await editor.selectOption('aceita-novidades', 'Yes');
    await editor.selectOption('interesse', 'Pão artesanal');
    await editor.fill('canais', 'WhatsApp, E-mail');
    await editor.screenshot('kinbox-custom-fields');
    expect(await editor.runNode()).toEqual({ ok: true });
    const contact = [...sandbox.kinbox.state.contacts.values()].find(({ name }) => name === 'Ana Souza');
    expect(contact).toMatchObject({
      phone: '5585988887777', customFields: { cidade: { value: 'Fortaleza' }, 'limite-de-credito': { value: 250.5 }, 'aceita-novidades': { value: true }, interesse: { value: 'pao-artesanal' }, canais: { value: ['whatsapp', 'e-mail'] } },
    });
    expect(Object.keys(contact?.customFields ?? {})).toHaveLength(5);
  });

  test('without a credential, and with a token that is refused, it says why there are no custom fields', async () => {
    await open('Kinbox', 'Create contact');
    expect(await editor.mapperNotice()).toMatch(/^These fields come from your account\. With a credential chosen, close this node and open it again/);
    await editor.screenshot('kinbox-custom-fields-without-credential');
    const wrong = await n8n.client.createCredential('kinboxApi', 'Kinbox with wrong token', { ...sandboxCredentialData(sandbox).kinboxApi, token: 'wrong' });
    try {
      await open('Kinbox', 'Create contact', 'Kinbox with wrong token');
      expect(await editor.mapperNotice()).toMatch(/^These fields could not be loaded: .*token/i);
    } finally {
      await n8n.client.deleteCredential(wrong.id);
    }
  });

  test('a campaign with a template of the channel and its blanks', async () => {
    await open('Kinbox', 'Create campaign', 'Kinbox API token');
    await editor.fill('name', 'Semana do café');
    await editor.chooseFromList('channelId', /oficial/);
    await editor.selectOption('leadType', 'Leads in Kinbox');
    expect(await editor.chooseFromList('templateId', /promocao_semana/)).toContain('promocao_semana');
    const labels = await editor.mapperFields();
    expect(labels).toHaveLength(5);
    expect(labels[0]).toBe('Header: URL of the image');
    expect(labels.slice(1, 4)).toEqual(['Olá {{1}}, o', '{{1}}, o {{2}} está', 'está com {{3}} de']);
    expect(labels[4]).toContain('Ver oferta');
    await editor.fill('header_media_url', 'https://example.com/cafe.jpg');
    await editor.fill('body_1', 'cliente');
    await editor.fill('body_2', 'café');
    await editor.fill('body_3', '10%');
    await editor.fill('button_0', 'cafe');
    await editor.screenshot('kinbox-campaign-template');
    expect(await editor.runNode()).toEqual({ ok: true });
    expect(writtenTo(sandbox)).toEqual([expect.objectContaining({
      channelId: '103',
      leadType: 'lead',
      template: expect.objectContaining({
        id: '902110001',
        bodyFields: ['cliente', 'café', '10%'],
        components: expect.arrayContaining([
          { type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.com/cafe.jpg' } }] },
          { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'cafe' }] },
        ]),
      }),
    })]);
  });

  test('another template brings its own blanks, and drops the values of the one before', async () => {
    await open('Kinbox', 'Create campaign', 'Kinbox API token');
    await editor.chooseFromList('channelId', /oficial/);
    await editor.chooseFromList('templateId', /promocao_semana/);
    await editor.mapperFields();
    await editor.fill('body_1', 'cliente');
    await editor.chooseFromList('templateId', /pedido_enviado/);
    expect(await editor.mapperFields()).toEqual(['Seu pedido {{1}} saiu']);
    expect(await editor.fieldText('body_1')).toBe('');
  });
});

describe('Chatwoot', () => {
  test('a contact with custom attributes of the account, each in its kind of field', async () => {
    await open('Chatwoot', 'Create contact', 'Chatwoot account');
    expect(await editor.mapperFields()).toEqual(['CPF', 'Limite de crédito', 'Plano', 'Aceita novidades', 'Aniversário']);
    await editor.fill('name', 'Bruno Lima');
    await editor.fill('limite_credito', '300');
    await editor.selectOption('plano', 'completo');
    await editor.selectOption('aceita_novidades', 'No');
    await editor.screenshot('chatwoot-custom-attributes');
    expect(await editor.runNode()).toEqual({ ok: true });
    expect(writtenTo(sandbox)).toEqual([{ name: 'Bruno Lima', custom_attributes: { limite_credito: 300, plano: 'completo', aceita_novidades: false } }]);
  });

  test('a WhatsApp template: those of the conversation, and a field for each of its variables', async () => {
    const conversation = await whatsappConversation();
    await open('Chatwoot', 'Send WhatsApp template message');
    await editor.chooseFromList('conversationId', new RegExp(`^#${conversation}\\b`));
    const templates = await editor.locatorEntries('template');
    // What WhatsApp has not approved cannot be sent and is not listed.
    expect(templates.map((name) => name.split(' · ')[0])).toEqual(['pedido_pronto', 'oferta_imagem', 'bienvenida']);
    await editor.screenshot('chatwoot-template-list');
    await editor.chooseOpenEntry(/^oferta_imagem/);
    const labels = await editor.mapperFields();
    expect(labels).toEqual(['Header: URL of the image', '{{1}}, hoje', expect.stringContaining('(Ver)'), expect.stringContaining('code to copy')]);
    await editor.fill('header_media_url', 'https://example.com/oferta.jpg');
    await editor.fill('body_1', 'Ana');
    await editor.fill('button_0', 'oferta');
    await editor.fill('button_1', 'LOJA20');
    await editor.screenshot('chatwoot-template');
    expect(await editor.runNode()).toEqual({ ok: true });
    expect(writtenTo(sandbox)).toEqual([{
      content: 'Ana, hoje tem desconto na loja!', message_type: 'outgoing', private: false, content_attributes: { n8n_workflow: expect.any(String) },
      template_params: {
        name: 'oferta_imagem', language: 'pt_BR', category: 'MARKETING',
        processed_params: {
          header: { media_url: 'https://example.com/oferta.jpg', media_type: 'image' },
          body: { 1: 'Ana' },
          buttons: [{ type: 'url', parameter: 'oferta' }, { type: 'copy_code', parameter: 'LOJA20' }],
        },
      },
    }]);
  });

  test('a template with a variable left empty is not sent, and the message names the variable', async () => {
    const conversation = await whatsappConversation();
    await open('Chatwoot', 'Send WhatsApp template message');
    await editor.chooseFromList('conversationId', new RegExp(`^#${conversation}\\b`));
    await editor.chooseFromList('template', /^pedido_pronto/);
    await editor.mapperFields();
    await editor.fill('body_1', 'Ana');
    expect(await editor.runNode()).toEqual({ ok: false });
    await editor.screenshot('chatwoot-template-variable-missing');
    expect(await editor.refusal()).toContain('Variable "body_2" is required');
    expect(writtenTo(sandbox)).toEqual([]);
  });

  test('a campaign: inbox, labels and template from lists', async () => {
    await open('Chatwoot', 'Create campaign');
    await editor.fill('title', 'Semana do café');
    await editor.chooseFromList('inboxId', /^WhatsApp · WhatsApp/);
    expect(await editor.optionsOf('audience')).toEqual(['newsletter', 'orçamento', 'troca', 'vip']);
    await editor.selectSeveral('audience', ['vip', 'newsletter']);
    await editor.chooseFromList('template', /^bienvenida/);
    expect(await editor.mapperFields()).toEqual(['Hola {{nombre}}, gracias']);
    await editor.fill('body_nombre', 'cliente');
    await editor.screenshot('chatwoot-campaign');
    expect(await editor.runNode()).toEqual({ ok: true });
    const labels = [...sandbox.chatwoot.state.labels.values()].filter(({ accountId, title }) => accountId === 1 && ['vip', 'newsletter'].includes(title));
    expect(writtenTo(sandbox)).toEqual([expect.objectContaining({
      title: 'Semana do café',
      message: 'Hola cliente, gracias por escribirnos.',
      audience: labels.map(({ id }) => ({ type: 'Label', id })),
      template_params: expect.objectContaining({ name: 'bienvenida', language: 'es', processed_params: { body: { nombre: 'cliente' } } }),
    })]);
  });
});

describe('Callbell', () => {
  test('a contact with custom fields that the account reveals', async () => {
    await open('Callbell', 'Create contact', 'Callbell account');
    const labels = await editor.mapperFields();
    expect(labels).toEqual(expect.arrayContaining(['Billing Address']));
    await editor.fill('identifier', '(85) 98888-7777');
    await editor.fill('name', 'Ana Souza');
    await editor.addText('tags', 'Add Tag', 'VIP');
    await editor.fill('Billing Address', 'Rua das Flores 10');
    await editor.screenshot('callbell-custom-fields');
    expect(await editor.runNode()).toEqual({ ok: true });
    expect(writtenTo(sandbox)).toEqual([{ source: 'whatsapp', identifier: '5585988887777', name: 'Ana Souza', tags: ['VIP'], custom_fields: { 'Billing Address': 'Rua das Flores 10' } }]);
  });

  test('a template from the list, and a field for each of its variables', async () => {
    await open('Callbell', 'Send template message');
    await editor.chooseFromList('channelId', /Loja Exemplo/);
    await editor.fill('phone', '+55 85 98888-7777');
    const templates = await editor.locatorEntries('templateId');
    expect(templates.join('\n')).not.toMatch(/Natal|Páscoa/);
    await editor.chooseOpenEntry(/^Pedido pronto/);
    expect(await editor.mapperFields()).toEqual(['Olá {{1}}, o', 'o pedido {{2}} está', 'pronto para {{3}}.']);
    await editor.fill('1', 'Ana');
    await editor.fill('2', '1042');
    await editor.fill('3', 'retirada');
    await editor.toggle('optIn');
    await editor.screenshot('callbell-template');
    expect(await editor.runNode()).toEqual({ ok: true });
    const template = sandbox.callbell.state.templates.find(({ title }) => title === 'Pedido pronto');
    expect(writtenTo(sandbox)).toEqual([expect.objectContaining({ to: '+5585988887777', template_uuid: template?.uuid, optin_contact: true, template_values: ['Ana', '1042', 'retirada'] })]);
  });

  test('a campaign tried first: who would get what, and nothing is sent', async () => {
    await open('Callbell', 'Send campaign');
    await editor.fill('campaignName', 'Call back in November');
    await editor.chooseFromList('channelId', /Loja Exemplo/);
    await editor.selectOption('recipients', 'Contacts With Tags');
    await editor.addText('tags', 'Add Tag', 'Call back');
    await editor.chooseFromList('templateId', /^Boas-vindas/);
    expect(await editor.mapperFields()).toEqual([expect.stringContaining('Olá {{1}}')]);
    await editor.fill('1', '{first name}');
    await editor.toggle('optIn');
    expect(await editor.runNode()).toEqual({ ok: true });
    await editor.screenshot('callbell-campaign-dry-run');
    const { rows } = await editor.outputTable();
    const tagged = sandbox.callbell.state.contacts.filter(({ tags }) => tags.includes('Call back'));
    expect(rows).toHaveLength(tagged.length);
    expect(rows[0]).toMatchObject({ status: 'dryRun', text: expect.stringMatching(/^Olá \p{L}+, bem-vindo!$/u) });
    expect(writtenTo(sandbox)).toEqual([]);
  });
});
