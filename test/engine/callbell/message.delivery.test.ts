import { receive } from '../../sandbox/callbell/messages';
import { byId } from '../support';
import { mapped, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const channel = (index = 0) => byId(state().channels[index]!.uuid);
/** Somebody who has written just now. */
const inTouch = () => {
  const contact = state().contacts.find(({ name }) => name === 'João Souza')!;
  receive(state(), contact, 'Olá', bench.sandbox.clock.now());
  return contact;
};
const send = async (fields: object = {}, waitForDelivery?: number) => {
  const { additionalFields, ...rest } = fields as { additionalFields?: object };
  return await bench.run('message', 'send', {
    channelId: channel(), sendTo: 'contact', contactId: byId(inTouch().uuid), text: 'Seu pedido saiu.', ...rest, additionalFields: { ...additionalFields, ...(waitForDelivery ? { waitForDelivery } : {}) },
  } as never);
};
const bodies = () => bench.sandbox.requests.filter(({ operationId }) => operationId === 'sendMessage').map(({ body }) => (body as { content: Record<string, string> }).content);
const posts = () => bodies().length;

describe('message: send, and what becomes of it', () => {
  it('says queued until WhatsApp has the message', async () => {
    const { rows, requests } = await send();
    expect(rows[0]).toMatchObject({ status: 'queued', reason: null });
    expect(requests.map(({ operationId }) => operationId)).toEqual(['getContact', 'sendMessage']);
  });

  it('waits for WhatsApp, and keeps who got it', async () => {
    const { rows, error } = await send({}, 10);
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ status: expect.stringMatching(/^(?:sent|delivered)$/), contactId: inTouch().uuid, conversationUrl: expect.stringContaining('callbell') });
  });

  it('still says queued when time is over first, and asks no further', async () => {
    state().delays.sent = 60_000;
    const { rows, error } = await send({}, 1);
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ status: 'queued' });
  });

  it.each([
    ['the 24 hours are over', () => ({ sendTo: 'phone', phone: '+351 910 000 111' }), /^The message was not delivered: The customer has not written for more than 24 hours \[item 0\]$/, /Send a template/],
    ['the number is not on WhatsApp', () => {
      state().unreachable.set('351910000111', 'Recipient is not a valid WhatsApp user');
      return { sendTo: 'phone', phone: '+351 910 000 111' };
    }, /the number has no WhatsApp/, /Check the number.*Message [\da-f]{32}; the channel said: 131026: Recipient is not a valid WhatsApp user/],
    ['a line without WhatsApp\'s own interface fails', () => {
      state().unreachable.set('351910000111', 'User is not valid');
      return { channelId: channel(1), sendTo: 'phone', phone: '+351 910 000 111' };
    }, /the number has no WhatsApp/, /User is not valid/],
  ])('fails the item with the reason in plain words when %s', async (_, fields, message, advice) => {
    const { error } = await send(fields(), 10);
    expect(error?.message).toMatch(message);
    expect(error?.description).toMatch(advice);
    expect(posts()).toBe(1);
  });

  it('follows templates as well', async () => {
    state().unreachable.set('351910000112', 'Not on WhatsApp');
    const template = async (phone: string) => await bench.run('message', 'sendTemplate', {
      channelId: channel(), phone, templateId: byId(state().templates[1]!.uuid), templateValues: mapped({ 1: 'Ana' }), optIn: true, additionalFields: { waitForDelivery: 10 },
    });
    expect((await template('+351 910 000 111')).rows[0]).toMatchObject({ status: expect.stringMatching(/^(?:sent|delivered)$/) });
    expect((await template('+351 910 000 112')).error?.message).toContain('the number has no WhatsApp');
  });

  it('does not know whether it was sent when the answer has no message in it', async () => {
    bench.sandbox.inject({ kind: 'status', status: 200, vendor: 'callbell', operationId: 'sendMessage', times: 1, body: {} });
    const { error } = await send({}, 10);
    expect(error?.message).toBe('Callbell answered without the ID of a message, so it is not known whether it was sent [item 0]');
    expect(posts()).toBe(1);
  });
});

describe('message: send, the text', () => {
  it('sends what was typed, signs included', async () => {
    const text = '*Pedido* <NATAL10> 12*34*56 __init__ [ver](https://a.example) \\o/';
    await send({ text });
    expect(bodies()[0]).toEqual({ text });
  });

  it('turns Markdown and HTML into what WhatsApp shows', async () => {
    await send({ textFormat: 'markdown', text: '**Pedido** confirmado\n# Itens\n[ver](https://a.example)' });
    expect((await send({ textFormat: 'html', text: '<p>Olá <b>Ana</b></p>' })).error?.message).toBeUndefined();
    expect(bodies()).toEqual([{ text: '*Pedido* confirmado\n*Itens*\nver: https://a.example' }, { text: 'Olá *Ana*' }]);
  });

  it.each<[string, object, RegExp]>([
    ['an object in a text', { text: '={{ "Itens: " + {} }}' }, /'Text' has "\[object Object\]" in it/],
    ['a text that nobody can see', { text: '\u200b\u2060 \u00ad' }, /'Text' is empty: nothing in it can be seen/],
    ['a placeholder that nobody has filled in', { text: 'Olá {{1}}' }, /'Text' has a placeholder that nobody has filled in: \{\{1\}\}/],
    ['a name in braces', { text: 'Olá {nome}, tudo bem?' }, /nobody has filled in: \{nome\}/],
    ['HTML that may be meant', { text: '<p>Olá</p>' }, /'Text' has HTML tags in it, which can be meant in two ways/],
    ['what an expression gives that finds nothing', { text: 'undefined' }, /its expression has found nothing|has "undefined"/],
    ['more than WhatsApp takes', { text: 'a'.repeat(4097) }, /'Text' has 4097 characters; the channel takes 4096 at most/],
    ['a caption that is too long', { messageType: 'image', fileUrl: 'https://a.example/b.jpg', caption: 'a'.repeat(1025) }, /'Caption' has 1025 characters; the channel takes 1024 at most/],
  ])('refuses %s before anything is sent', async (_, fields, message) => {
    const { error, requests } = await send({ ...fields });
    expect(error?.message).toMatch(message);
    expect(requests).toEqual([]);
  });

  it('asks what the channel is before it sends a text that is too long for some, and refuses what is too long for this one', async () => {
    const toInstagram = { channelId: channel(2), sendTo: 'id', channelUserId: '17841400001' };
    const long = await send({ ...toInstagram, text: 'a'.repeat(1001) });
    expect(long.error?.message).toBe("'Text' has 1001 characters; Instagram takes 1000 at most [item 0]");
    expect(long.requests.map(({ method }) => method)).toEqual(['GET']);
    expect((await send({ ...toInstagram, text: 'a'.repeat(1000) })).requests.map(({ method }) => method)).toEqual(['POST']);
    const toWhatsapp = await send({ text: 'a'.repeat(1001) });
    expect(toWhatsapp.error).toBeUndefined();
    expect(toWhatsapp.requests.map(({ operationId }) => operationId)).toEqual(['getContact', 'sendMessage']);
  });

  it('sends braces when told', async () => {
    await send({ text: 'Use {nome}', additionalFields: { placeholders: 'literal' } });
    expect(bodies()).toEqual([{ text: 'Use {nome}' }]);
  });

  it('takes out what nobody can see', async () => {
    await send({ text: 'Olá\u200b Ana\ufeff' });
    expect(bodies()).toEqual([{ text: 'Olá Ana' }]);
  });
});

describe('message: send, the file', () => {
  it.each<[string, string, RegExp]>([
    ['image', 'https://a.example/foto.webp', /'File URL' is a file that WhatsApp does not take: foto\.webp/],
    ['image', 'https://a.example/nota.pdf?x=1', /'File URL' is no image: nota\.pdf/],
    ['audio', 'https://a.example/voz.wav', /does not take: voz\.wav/],
    ['video', 'https://a.example/filme.mov', /does not take: filme\.mov/],
    ['video', 'https://a.example/foto.jpg', /is no video: foto\.jpg/],
  ])('refuses as %s %s', async (messageType, fileUrl, message) => {
    const { error, requests } = await send({ messageType, fileUrl });
    expect(error?.message).toMatch(message);
    expect(requests).toEqual([]);
  });

  it.each([['image', 'a.JPG'], ['document', 'a.webp'], ['document', 'a.pdf'], ['audio', 'a.ogg'], ['video', 'a.mp4'], ['image', 'a'], ['document', 'a.zip']])('sends as %s %s, and WhatsApp takes it', async (messageType, name) => {
    const { error } = await send({ messageType, fileUrl: `https://a.example/${name}` }, 10);
    expect(error).toBeUndefined();
    expect(state().graph).toEqual([{ id: expect.any(String), verdict: null }]);
  });

  it('refuses an input file that is too large or of another kind', async () => {
    const withFile = async (file: object, messageType = 'image') => await bench.run('message', 'send', {
      channelId: channel(), phone: '+351 910 000 111', messageType, fileSource: 'binary', fileField: 'data',
    }, { items: [{ json: {}, binary: { data: { data: '', id: 'filesystem-v2:one', ...file } } }] as never, instanceUrl: 'https://n8n.example.com' });
    expect((await withFile({ mimeType: 'image/jpeg', fileName: 'a.jpg', bytes: 6 * 1024 * 1024 })).error?.message).toMatch(/'Input Data Field Name' is too large for WhatsApp: a\.jpg \(image\/jpeg\) has 6 MB/);
    expect((await withFile({ mimeType: 'application/octet-stream', fileName: 'a.pdf' })).error?.message).toMatch(/is no image: a\.pdf/);
    expect((await withFile({ mimeType: 'application/octet-stream', fileName: 'a.jpg' })).error).toBeUndefined();
  });
});
