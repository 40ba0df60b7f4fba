import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { receive } from '../../sandbox/callbell/messages';
import { storeBinary, listSearch, resourceMapping } from '../../harness/engine';
import { checkSchema } from '../../harness/schemas';
import { byId, credentials, credentialValues, fromList } from '../support';
import { behavesWell, mapped, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const channel = (index = 0) => byId(state().channels[index]!.uuid);
const template = (title: string) => byId(state().templates.find((one) => one.title === title)!.uuid);
const base = () => ({ channelId: channel(), phone: '+351 910 000 111', text: 'Your order is ready.' });
const fixed = () => ({ from: 'whatsapp', channel_uuid: state().channels[0]!.uuid, fields: 'contact,conversation' });
const file = (id?: string) => [{ json: {}, binary: { data: { data: '', mimeType: 'image/jpeg', fileName: 'cake.jpg', fileSize: '3 B', ...(id ? { id } : {}) } } }];

describe('message: send', () => {
  it('sends a text', async () => {
    const { error, requests, rows } = await bench.run('message', 'send', base());
    expect(error).toBeUndefined();
    expect(requests).toEqual([expect.objectContaining({ method: 'POST', path: '/v1/messages/send' })]);
    expect(requests[0]?.body).toEqual({ ...fixed(), to: '+351910000111', type: 'text', content: { text: 'Your order is ready.' } });
    expect(rows[0]).toMatchObject({ id: expect.any(String), status: 'queued', reason: null, to: '+351910000111', contactId: expect.any(String), conversationUrl: expect.stringContaining('dash.callbell.eu/chat/') });
  });

  it('sends every field, metadata as text', async () => {
    const { error, requests } = await bench.run('message', 'send', {
      ...base(), messageType: 'document', fileUrl: 'https://files.example.com/menu.pdf',
      additionalFields: {
        assignedUser: 'tomas@lojaexemplo.com.br', botStatus: 'bot_end', teamId: byId(state().teams[0]!.uuid), fileName: 'menu.pdf',
        metadata: { entry: [{ key: 'order_id', value: '={{ 10442 }}' }] }, metadataJson: '{"paid": true, "lines": [1, 2], "nothing": null}',
      },
    });
    expect(error).toBeUndefined();
    expect(requests[0]?.body).toEqual({
      ...fixed(), to: '+351910000111', type: 'document', content: { url: 'https://files.example.com/menu.pdf', name: 'menu.pdf' },
      assigned_user: 'tomas@lojaexemplo.com.br', team_uuid: state().teams[0]!.uuid, bot_status: 'bot_end', metadata: { paid: 'true', lines: '[1,2]', order_id: '10442' },
    });
  });

  it.each([
    ['image', { caption: "Today's cake" }, { type: 'image', content: { url: 'https://files.example.com/f', text: "Today's cake" } }],
    ['document', {}, { type: 'document', content: { url: 'https://files.example.com/f' } }],
    ['audio', {}, { type: 'document', content: { url: 'https://files.example.com/f' } }],
    ['video', {}, { type: 'document', content: { url: 'https://files.example.com/f' } }],
  ])('sends %s as Callbell wants it', async (messageType, fields, body) => {
    const { error, requests } = await bench.run('message', 'send', { ...base(), messageType, fileUrl: 'https://files.example.com/f', ...fields });
    expect(error).toBeUndefined();
    expect(requests[0]?.body).toMatchObject(body);
  });

  it('reaches people by contact, channel ID and BSUID', async () => {
    const contact = state().contacts[1]!;
    const toContact = await bench.run('message', 'send', { ...base(), sendTo: 'contact', contactId: byId(contact.uuid) });
    expect(toContact.requests[1]?.body).toMatchObject({ to: `+${contact.phoneNumber!.replace(/\D/g, '')}` });
    expect(toContact.rows[0]?.contactId).toBe(contact.uuid);
    const toId = await bench.run('message', 'send', { ...base(), channelId: channel(2), sendTo: 'id', channelUserId: '17841400001' });
    expect(toId.error).toBeUndefined();
    expect(toId.requests[0]?.body).toMatchObject({ to: '17841400001', from: 'whatsapp', channel_uuid: channel(2).value });
    contact.bsuid = 'BR.77';
    const toBsuid = await bench.run('message', 'send', { ...base(), sendTo: 'bsuid', bsuid: 'BR.77' });
    expect(toBsuid.requests[0]?.body).toMatchObject({ bsuid: 'BR.77' });
    expect(toBsuid.requests[0]?.body).not.toHaveProperty('to');
    const noPhone = await bench.run('message', 'send', { ...base(), sendTo: 'contact', contactId: byId(state().contacts.find(({ source }) => source === 'instagram')!.uuid) });
    expect(noPhone.error?.message).toBe("'Contact' has no phone number [item 0]");
  });

  it('sends an input file through a temporary address of this n8n', async () => {
    const { error, requests } = await bench.run('message', 'send', { ...base(), messageType: 'image', fileSource: 'binary', fileField: 'data' }, { items: file('filesystem-v2:one'), instanceUrl: 'https://n8n.example.com' });
    expect(error).toBeUndefined();
    expect((requests[0]?.body as { content: { url: string } }).content.url).toMatch(/^https:\/\/n8n\.example\.com\/rest\/binary-data\/signed\?token=ey/);
  });

  it.each<[string, string, Buffer, Partial<{ mimeType: string; fileName: string }>, RegExp | undefined]>([
    ['a picture that says it is nothing', 'image', Buffer.from('\xFF\xD8\xFF\xE0 jpeg', 'latin1'), {}, undefined],
    ['a PDF as a picture', 'image', Buffer.from('%PDF-1.4 …'), {}, /^'Input Data Field Name' is no image: \(application\/pdf\) \[item 0\]/],
    ['a voice note as a picture', 'image', Buffer.from('OggS …'), { fileName: 'nota' }, /^'Input Data Field Name' is no image: nota \(audio\/ogg\)/],
    ['a WAV as audio', 'audio', Buffer.from('RIFF1234WAVEfmt '), {}, /is a file that WhatsApp does not take: \(audio\/wav\)/],
    ['a picture as a document', 'document', Buffer.from('\x89PNG', 'latin1'), {}, undefined],
    ['what nobody knows', 'image', Buffer.from('????'), {}, undefined],
    ['a name that tells it', 'image', Buffer.from('????'), { fileName: 'nota.pdf' }, /is no image: nota\.pdf/],
    ['a type that tells it', 'image', Buffer.from('????'), { mimeType: 'application/pdf' }, /is no image: \(application\/pdf\)/],
  ])('%s: an input file is what its name and first bytes are', async (_what, messageType, content, about, message) => {
    const data = await storeBinary(content, { mimeType: 'application/octet-stream', ...about });
    const options = { items: [{ json: {}, binary: { data } }], instanceUrl: 'https://n8n.example.com' };
    const { error, requests } = await bench.run('message', 'send', { ...base(), messageType, fileSource: 'binary', fileField: 'data' }, options);
    if (message === undefined) expect(error).toBeUndefined();
    else expect(error?.message).toMatch(message);
    expect(requests).toHaveLength(message === undefined ? 1 : 0);
  });

  it.each([
    ['this n8n is not public', 'filesystem-v2:one', {}, /'Input Data Field Name' cannot be sent: Callbell cannot reach this n8n/, /WEBHOOK_URL/],
    ['files are kept in memory', undefined, { instanceUrl: 'https://n8n.example.com' }, /keeps files in memory/, /N8N_DEFAULT_BINARY_DATA_MODE/],
  ])('says what to do when %s', async (_, id, options, message, advice) => {
    const { error, requests } = await bench.run('message', 'send', { ...base(), messageType: 'image', fileSource: 'binary' }, { items: file(id), ...options });
    expect(error?.message).toMatch(message);
    expect(error?.description).toMatch(advice);
    expect(requests).toEqual([]);
  });

  it.each([
    [{ text: ' ' }, /'Text' is empty/],
    [{ phone: '12' }, /'Phone' cannot be used as a phone number/],
    [{ messageType: 'image', fileUrl: 'cake.jpg' }, /'File URL' is not a web address/],
    [{ additionalFields: { metadataJson: JSON.stringify(Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, 1]))) } }, /'Metadata' has 11 entries/],
    [{ additionalFields: { metadata: { entry: [{ key: 'k'.repeat(51), value: '1' }] } } }, /'Metadata' has a key of 51 characters/],
    [{ additionalFields: { metadata: { entry: [{ key: 'k', value: 'v'.repeat(501) }] } } }, /'Metadata' has a value of 501 characters under 'k'/],
  ])('refuses %j before sending', async (fields, message) => {
    const { error, requests } = await bench.run('message', 'send', { ...base(), ...fields } as never);
    expect(error?.message).toMatch(message);
    expect(requests).toEqual([]);
  });

  it('sends to one person in the order of the items, and never twice when unsure', async () => {
    await bench.run('message', 'send', { ...base(), text: '={{ $json.text }}' }, { items: ['a', 'b', 'c', 'd'].map((text) => ({ text })) });
    expect(bench.sandbox.requests.map(({ body }) => (body as { content: { text: string } }).content.text)).toEqual(['a', 'b', 'c', 'd']);
    bench.sandbox.inject({ kind: 'status', status: 503, vendor: 'callbell', operationId: 'sendMessage', times: 1 });
    const { error, requests } = await bench.run('message', 'send', base());
    expect(error?.description).toContain('not known whether');
    expect(requests.filter(({ operationId }) => operationId === 'sendMessage')).toHaveLength(1);
  });

  it('waits when Callbell throttles', async () => {
    bench.sandbox.inject({ kind: 'status', status: 429, vendor: 'callbell', times: 1 });
    const { error, requests } = await bench.run('message', 'send', base());
    expect(error).toBeUndefined();
    expect(requests.map(({ status }) => status)).toEqual([429, 200]);
  });

  behavesWell(bench, { resource: 'message', operation: 'send', parameters: base });
});

describe('message: send template', () => {
  const good = (title = 'Pedido pronto', values: Record<string, unknown> = { 1: 'Ana', 2: '10442', 3: 'sexta' }) => ({ ...base(), templateId: template(title), templateValues: mapped(values), optIn: true });

  it('sends several variables in order, with the first as text', async () => {
    const { error, requests, rows } = await bench.run('message', 'sendTemplate', good());
    expect(error).toBeUndefined();
    expect(requests.map(({ path }) => path)).toEqual([`/v1/templates/${template('Pedido pronto').value}`, '/v1/messages/send']);
    expect(requests[1]?.body).toEqual({
      ...fixed(), to: '+351910000111', type: 'text', template_uuid: template('Pedido pronto').value, optin_contact: true, content: { text: 'Ana' }, template_values: ['Ana', '10442', 'sexta'],
    });
    expect(rows[0]).toMatchObject({ status: 'queued', to: '+351910000111' });
  });

  it('sends one variable as text, and the own text of a template without variables', async () => {
    const one = await bench.run('message', 'sendTemplate', good('Boas-vindas', { 1: 'Ana' }));
    expect(one.requests[1]?.body).toMatchObject({ content: { text: 'Ana' } });
    expect(one.requests[1]?.body).not.toHaveProperty('template_values');
    const none = await bench.run('message', 'sendTemplate', good('Aviso', {}));
    expect(none.error).toBeUndefined();
    expect(none.requests[1]?.body).toMatchObject({ content: { text: 'A loja abre às 9h.' } });
  });

  it('sends a header', async () => {
    const { error, requests } = await bench.run('message', 'sendTemplate', { ...good('Promoção com foto', { 1: 'Ana' }), header: 'file', headerUrl: 'https://files.example.com/promo.jpg' });
    expect(error).toBeUndefined();
    expect(requests[1]?.body).toMatchObject({ type: 'image', content: { url: 'https://files.example.com/promo.jpg', text: 'Ana' } });
  });

  it('takes variables as a list, commas and all, and reads a template once for all items', async () => {
    const { error, requests } = await bench.run('message', 'sendTemplate', { ...good(), additionalFields: { variablesList: ['={{ $json.name }}', 'a, b', '3'] } }, { items: [{ name: 'Ana' }, { name: 'Rui' }] });
    expect(error).toBeUndefined();
    expect(requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
    expect(requests.filter(({ method }) => method === 'POST').map(({ body }) => (body as { template_values: string[] }).template_values)).toEqual([['Ana', 'a, b', '3'], ['Rui', 'a, b', '3']]);
  });

  it.each([
    ['without opt-in', () => ({ optIn: false }), /'Contact Has Opted In' is off/, 0],
    ['with a variable missing', () => ({ templateValues: mapped({ 1: 'Ana', 3: 'sexta' }) }), /'Template Variables' lacks Text \{\{2\}\}/, 1],
    ['with a rejected template', () => ({ templateId: template('Natal') }), /'Template' cannot be sent: it is rejected/, 1],
    ['without the file of the header', () => ({ templateId: template('Promoção com foto'), templateValues: mapped({ 1: 'Ana' }) }), /'Header Media' is 'None', but the template begins with a file \(image\)/, 1],
    ['with a file that has no place', () => ({ header: 'file', headerUrl: 'https://files.example.com/promo.jpg' }), /'Header Media' is 'File', but the template has text only/, 1],
  ])('sends nothing %s', async (_, fields, message, reads) => {
    const { error, requests } = await bench.run('message', 'sendTemplate', { ...good(), ...fields() } as never);
    expect(error?.message).toMatch(message);
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
    expect(requests).toHaveLength(reads);
  });

  it.each<[string, Buffer, RegExp | undefined]>([
    ['a JPEG', Buffer.from('\xFF\xD8\xFF\xE0', 'latin1'), undefined],
    ['a PDF', Buffer.from('%PDF-1.4'), /^'Input Data Field Name' is no image: \(application\/pdf\) \[item 0\]/],
  ])('looks into the input file on top of a template: %s', async (_what, content, message) => {
    const data = await storeBinary(content, { mimeType: 'application/octet-stream' });
    const { error, requests } = await bench.run('message', 'sendTemplate', { ...good('Promoção com foto', { 1: 'Ana' }), header: 'file', headerSource: 'binary', headerField: 'data' }, { items: [{ json: {}, binary: { data } }], instanceUrl: 'https://n8n.example.com' });
    if (message) expect(error?.message).toMatch(message);
    else expect(error).toBeUndefined();
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(message ? 0 : 1);
  });

  it('says that the credit is used up, and does not try again', async () => {
    state().wallet.templates = 0;
    const { error, requests } = await bench.run('message', 'sendTemplate', good());
    expect(error?.message).toBe('The WhatsApp credit of the Callbell account is used up [item 0]');
    expect(requests).toHaveLength(2);
  });

  it('names the channel when it has no templates', async () => {
    const { error } = await bench.run('message', 'sendTemplate', { ...good(), channelId: channel(1) });
    expect(error?.message).toBe("Callbell refused the request: 'Channel' does not support templates [item 0]");
  });

  it('offers approved templates, and one field for each variable', async () => {
    const options = { credentials, credentialValues: credentialValues(bench.sandbox) };
    const { results } = await listSearch(Callbell, 'searchTemplates', options);
    expect(results.map(({ name }) => name)).toEqual(['Pedido pronto · utility · text', 'Boas-vindas · marketing · text', 'Aviso · utility · text', 'Promoção com foto · marketing · image']);
    expect((await listSearch(Callbell, 'searchAllTemplates', { ...options, filter: 'natal' })).results[0]?.name).toBe('Natal · marketing · text · rejected');
    const mapper = async (templateId: object | string) => await resourceMapping(Callbell, 'templateVariables', { ...options, parameters: { resource: 'message', operation: 'sendTemplate', templateId } as never });
    expect((await mapper(fromList(template('Pedido pronto').value))).fields.map(({ id, displayName, required }) => ({ id, displayName, required }))).toEqual([
      { id: '1', displayName: 'Olá {{1}}, o', required: true },
      { id: '2', displayName: 'o pedido {{2}} está', required: true },
      { id: '3', displayName: 'pronto para {{3}}.', required: true },
    ]);
    expect((await mapper(fromList(''))).emptyFieldsNotice).toContain('Pick a template first');
  });

  behavesWell(bench, { resource: 'message', operation: 'sendTemplate', parameters: good, idField: 'templateId' });
});

describe('message: status', () => {
  const sent = async (phone = '+351910000111') => String((await bench.run('message', 'sendTemplate', { ...base(), phone, templateId: template('Boas-vindas'), templateValues: mapped({ 1: 'Ana' }), optIn: true })).rows[0]!.id);

  it('moves on, and tells the reason of a failure', async () => {
    state().delays = { ...state().delays, sent: 5000, delivered: 6000 };
    const id = await sent();
    expect((await bench.run('message', 'getStatus', { messageId: id })).rows[0]).toMatchObject({ id, status: 'queued' });
    bench.sandbox.clock.advance(10_000);
    const { rows, requests } = await bench.run('message', 'getStatus', { messageId: id });
    expect(requests[0]?.path).toBe(`/v1/messages/status/${id}`);
    expect(rows[0]).toMatchObject({ id, status: 'delivered', reason: null, to: '+351910000111', channelMessageId: `wamid.${id}` });
    state().unreachable.set('351910000112', 'Number is not on WhatsApp');
    const lost = await sent('+351910000112');
    bench.sandbox.clock.advance(10_000);
    expect((await bench.run('message', 'getStatus', { messageId: lost })).rows[0]).toMatchObject({ status: 'failed', reason: 'Number is not on WhatsApp' });
  });

  it('tells that the 24 hours are over, and delivers within them', async () => {
    const contact = state().contacts[1]!;
    const outcome = async () => {
      const { rows } = await bench.run('message', 'send', { ...base(), sendTo: 'contact', contactId: byId(contact.uuid) });
      bench.sandbox.clock.advance(2000);
      return (await bench.run('message', 'getStatus', { messageId: String(rows[0]!.id) })).rows[0];
    };
    expect(await outcome()).toMatchObject({ status: 'failed', reason: expect.stringContaining('24 hours') });
    receive(state(), contact, 'Olá', bench.sandbox.clock.now());
    expect(await outcome()).toMatchObject({ status: 'delivered' });
  });

  it('waits until delivered', async () => {
    const { error, rows, requests } = await bench.run('message', 'waitForDelivery', { messageId: await sent(), interval: 1, timeout: 10 });
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ status: 'delivered', reached: true, failed: false, timedOut: false, reason: null });
    expect(requests.length).toBeGreaterThan(1);
  });

  it('ends with the reason when it has failed, and with the status when time is up', async () => {
    state().unreachable.set('351910000112', 'Number is not on WhatsApp');
    const lost = await sent('+351910000112');
    expect((await bench.run('message', 'waitForDelivery', { messageId: lost, interval: 1 })).rows[0]).toMatchObject({ status: 'failed', reached: false, failed: true, timedOut: false, reason: 'Number is not on WhatsApp' });
    const { rows } = await bench.run('message', 'waitForDelivery', { messageId: await sent(), goal: 'read', interval: 1, timeout: 1 });
    expect(rows[0]).toMatchObject({ reached: false, failed: false, timedOut: true });
  });

  it('stops at once when the execution is cancelled', async () => {
    const began = Date.now();
    const { status } = await bench.run('message', 'waitForDelivery', { messageId: await sent(), goal: 'read', interval: 300, timeout: 3600 }, { cancelAfterMs: 300 });
    expect(status).toBe('canceled');
    expect(Date.now() - began).toBeLessThan(5000);
  });

  it('deletes', async () => {
    const id = await sent();
    const { rows, requests } = await bench.run('message', 'delete', { messageId: id });
    expect(rows).toEqual([{ deleted: true }]);
    expect(requests[0]).toMatchObject({ method: 'DELETE', path: `/v1/messages/${id}`, status: 204 });
  });

  for (const operation of ['getStatus', 'waitForDelivery', 'delete']) {
    it(`tells that the message is unknown: ${operation}`, async () => {
      expect((await bench.run('message', operation, { messageId: 'nothing' })).error?.message).toBe('Callbell does not know this record [item 0]');
    });
  }
});

describe('message: send a long text as several messages', () => {
  const person = () => state().contacts.find(({ name }) => name === 'João Souza')!;
  const long = (fields = {}, more = {}) => bench.run('message', 'send', { ...base(), sendTo: 'contact', contactId: byId(person().uuid), text: 'Olá!\n\nTudo bem?', additionalFields: { splitText: 'blankLines', partPause: 0, ...fields }, ...more });

  it('in their order, each with the channel before the next, an item for each', async () => {
    receive(state(), person(), 'Oi', bench.sandbox.clock.now() - 60_000);
    const { error, rows, requests } = await long();
    expect(error).toBeUndefined();
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ status: expect.stringMatching(/^(?:sent|delivered|read)$/) });
    const sends = requests.filter(({ operationId }) => operationId === 'sendMessage');
    expect(sends.map(({ body }) => (body as { content: object }).content)).toEqual([{ text: 'Olá!' }, { text: 'Tudo bem?' }]);
    expect(requests.findIndex(({ operationId }) => operationId !== 'sendMessage' && operationId !== 'getContact')).toBeGreaterThan(0);
  });

  it('not at all when the first does not arrive, and never with one key for several', async () => {
    state().unreachable.set(person().phoneNumber!.replace(/\D/g, ''), 'Not on WhatsApp');
    const failed = await long();
    expect(failed.error?.message).toMatch(/^The message was not delivered/);
    expect(failed.requests.filter(({ operationId }) => operationId === 'sendMessage')).toHaveLength(1);
    expect((await long({ sendOnce: 'a' })).error?.message).toBe("'Send Only Once' cannot be used with 'Split Text' [item 0]");
  });
});

describe('message: download attachments', () => {
  const get = async (fields = {}, options = {}) => await bench.run('message', 'download', { attachments: '={{ $json.attachments }}', binaryName: 'proof', ...fields }, options);
  let server: Server;
  let address: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url?.startsWith('/gone')) response.writeHead(403).end();
      else response.writeHead(200, { 'content-type': 'image/png' }).end('png!');
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => { server.close(resolve); });
  });

  it('gives the files of an event, with what they are called', async () => {
    const { error, outputs } = await get({ privateFiles: true }, { items: [{ attachments: [`${address}/comprovante%20pix.png?a=1,2`, `${address}/b.png`] }] });
    expect(error).toBeUndefined();
    const { binary, json } = outputs[0]![0]!;
    expect([Object.keys(binary ?? {}), binary?.proof?.fileName, json.attachments]).toEqual([['proof', 'proof_1'], 'comprovante pix.png', [`${address}/comprovante%20pix.png?a=1,2`, `${address}/b.png`]]);
  });

  it('says what is missing, expired, private or no address', async () => {
    expect((await get({ privateFiles: true }, { items: [{ attachments: [`${address}/gone.png`] }] })).error).toMatchObject({ message: 'A file of the message could not be fetched: its server answered with HTTP 403 [item 0]', description: expect.stringContaining('ten minutes') });
    expect((await get({}, { items: [{ attachments: [`${address}/a.png`] }] })).error?.message).toContain('its address leads into a private network');
    expect((await get({}, { items: [{ attachments: [] }] })).error?.message).toBe("'Attachment URLs' is empty [item 0]");
    expect((await get({ attachments: 'file.png' })).error?.message).toMatch(/^'Attachment URLs' has an entry that is not a web address: file.png/);
  });
});

describe('message: send and wait for response', () => {
  const person = () => state().contacts.find(({ name }) => name === 'João Souza')!;
  const ask = async (fields = {}) => await bench.run('message', 'sendAndWait', { channelId: channel(), sendTo: 'contact', contactId: byId(person().uuid), message: '¿Puede ser?', pageLanguage: 'es', waitAmount: 1, ...fields }, { items: [{ lead: 7 }] });
  const lastText = () => String((bench.sandbox.requests.filter(({ operationId }) => operationId === 'sendMessage').at(-1)?.body as { content: { text: string } }).content.text);

  it('sends the links as lines, sleeps, and takes the answer or the end of the time', async () => {
    receive(state(), person(), 'Hola', bench.sandbox.clock.now() - 60_000);
    const waiting = await ask({ responseType: 'freeText' });
    expect(waiting.error).toBeUndefined();
    expect(waiting.status).toBe('waiting');
    const [, url] = /^¿Puede ser\?\n\nResponde aquí: (http\S+)$/.exec(lastText())!;
    expect((await waiting.resume({ url: url! })).response.body).toContain('<button>Enviar</button>');
    const answer = await waiting.resume({ url: url!, method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, rawBody: 'text=S%C3%AD' });
    expect(answer.result?.json('Node')).toEqual([{ answered: true, text: 'Sí', answeredAt: expect.any(String) }]);
    expect((await waiting.resume('timeout')).result?.json('Node')).toEqual([{ lead: 7, answered: false, text: null, answeredAt: null }]);
    checkSchema('Callbell', 'message', 'sendAndWait', [{ answered: true, approved: true, answeredAt: '2026-01-01T00:00:00Z' }, { answered: false, text: null, answeredAt: null }, { answered: true, text: 'Sí', answeredAt: '2026-01-01T00:00:00Z' }]);
  });

  it('does not sleep on a question that did not arrive, or does not fit', async () => {
    state().unreachable.set(person().phoneNumber!.replace(/\D/g, ''), 'Not on WhatsApp');
    expect((await ask()).error?.message).toMatch(/^The message was not delivered: /);
    expect((await ask({ channelId: channel(2), sendTo: 'id', channelUserId: '17841400001', message: 'a'.repeat(900) })).error?.message).toMatch(/^'Message' has \d+ characters; Instagram takes 1000 at most/);
    expect((await ask({ message: ' ' })).error?.message).toMatch(/^'Message' is empty/);
  });
});

describe('message: send and wait for reply', () => {
  const ask = async (more = {}, options = {}) => await bench.run('message', 'sendAndAwaitReply', { ...base(), sendTo: 'contact', contactId: byId(person().uuid), interval: 1, ...more }, options);
  const person = () => state().contacts.find(({ name }) => name === 'João Souza')!;
  beforeEach(() => {
    receive(state(), person(), 'An old message', bench.sandbox.clock.now() - 60_000);
  });

  it('gives the first answer, not what was written before', async () => {
    const { uuid } = person();
    const answer = (text: string) => receive(state(), state().contactsByUuid.get(uuid)!, text, bench.sandbox.clock.now());
    const timer = setTimeout(() => { answer('Yes, please'); answer('And thanks'); }, 1500);
    const { error, rows, requests } = await ask();
    clearTimeout(timer);
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ replied: true, text: 'Yes, please', replyId: expect.stringMatching(/^wamid/), contactId: uuid, messageId: expect.any(String) });
    expect(requests.filter(({ operationId }) => operationId === 'sendMessage')).toHaveLength(1);
  });

  it('goes on without a reply when time is up, and ends when its own message has failed', async () => {
    expect((await ask({ timeout: 0.02 })).rows[0]).toMatchObject({ replied: false, text: null, reason: null });
    state().unreachable.set(person().phoneNumber!.replace(/\D/g, ''), 'Not on WhatsApp');
    const { error } = await ask({ timeout: 1 });
    expect(error?.message).toBe('The message was not delivered: The message cannot be delivered: the number has no WhatsApp, or an old version of it [item 0]');
    expect(error?.description).toContain('Not on WhatsApp');
  });

  it('does not send again when looking fails, and stops when cancelled', async () => {
    bench.sandbox.inject({ kind: 'status', status: 400, vendor: 'callbell', operationId: 'listContactMessages' });
    const { error, rows } = await ask({ timeout: 0.02 });
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ replied: false, messageId: expect.any(String) });
    const began = Date.now();
    expect((await ask({ timeout: 60, interval: 300 }, { cancelAfterMs: 300 })).status).toBe('canceled');
    expect(Date.now() - began).toBeLessThan(5000);
  });
});

describe('message: of a contact', () => {
  it('gives the conversation, newest first, by kind and page', async () => {
    const contact = state().contacts[1]!;
    for (let index = 0; index < 45; index += 1) receive(state(), contact, `m${index}`, bench.sandbox.clock.now() + index);
    contact.messages.unshift({ text: 'Assigned to Tomás', status: 'note', channel: 'whatsapp', from: '1', to: '1', at: bench.sandbox.clock.now() + 100 });
    const all = await bench.run('contact', 'getMessages', { contactId: byId(contact.uuid), returnAll: true });
    expect(all.error).toBeUndefined();
    expect(all.rows).toHaveLength(46);
    expect(all.rows[0]).toMatchObject({ id: null, direction: 'note', bySystem: true });
    expect(all.rows[1]).toMatchObject({ text: 'm44', direction: 'incoming', bySystem: false, channel: 'whatsapp' });
    const received = await bench.run('contact', 'getMessages', { contactId: byId(contact.uuid), kinds: ['received'], limit: 3 });
    expect(received.rows.map(({ text }) => text)).toEqual(['m44', 'm43', 'm42']);
    expect(received.requests).toHaveLength(1);
  });
  behavesWell(bench, {
    resource: 'contact', operation: 'getMessages', idField: 'contactId',
    parameters: () => {
      const contact = state().contacts[1]!;
      receive(state(), contact, 'Olá', bench.sandbox.clock.now());
      return { contactId: byId(contact.uuid) };
    },
  });
});
