import { writeFileSync } from 'node:fs';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Callbell } from '../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../nodes/Kinbox/Kinbox.node';
import { whatsappTemplate } from '../../nodes/Callbell/helpers/templates';
import type { OperationOptions, OperationResult } from '../engine/support';
import { byId, useNode } from '../engine/support';
import { addConversation, say } from '../engine/chatwoot/threads';
import { apiToken } from '../engine/kinbox/tokens';
import { receive } from '../sandbox/callbell/messages';
import { metaTemplates, type MetaTemplate } from '../sandbox/whatsapp/templates';
import { braceTexts, files, options, rightTexts, types, wrongTexts, type TextCase } from './messages';
import { count, faults, summary } from './tally';
import { templateCases } from './templates';

/*
 * Every kind of WhatsApp message with ordinary, awkward and wrong values, through the nodes of all three vendors: what a node
 * takes, WhatsApp takes; what is right, no node refuses. The sandbox's WhatsApp judges by Meta's rules, apart from the nodes.
 * `npm run test:whatsapp` closes with "N sends, N refused by WhatsApp after the node had taken them, N right ones refused".
 */

const chatwoot = useNode('Chatwoot', Chatwoot);
const kinbox = useNode('Kinbox', Kinbox);
const callbell = useNode('Callbell', Callbell);

interface Send {
  what: string;
  isRight: boolean;
  json: IDataObject;
  binary?: object;
}

/** Runs all sends as the items of one execution, and counts what became of each. */
async function judge(sends: Send[], run: (options: OperationOptions) => Promise<OperationResult>, verdictOf: (row: IDataObject) => string | undefined): Promise<void> {
  const items = sends.map(({ json, binary }) => ({ json, ...(binary ? { binary } : {}) })) as never;
  const { outputs, error } = await run({ items, onError: 'continueErrorOutput', skipSchema: true });
  expect(error).toBeUndefined();
  const of = (output: number, index: number) => (outputs[output] ?? []).filter(({ pairedItem }) => (pairedItem as { item: number }).item === index);
  for (const [index, { what, isRight }] of sends.entries()) {
    const refused = of(1, index)[0];
    const verdict = of(0, index).map(({ json }) => verdictOf(json)).find((one) => one !== undefined);
    count(what, isRight, refused ? { refusal: String(refused.json.error) } : { verdict: of(0, index).length === 0 ? 'nothing came out' : verdict });
  }
}

const told = (verdict: { code: number; message: string } | null | undefined) => (verdict ? `${verdict.code} ${verdict.message}` : undefined);
const texts = (more: TextCase[]) => [...rightTexts, ...wrongTexts, ...more];

describe('Chatwoot', () => {
  const state = () => chatwoot.sandbox.chatwoot.state;
  const conversation = (isOpen = true) => {
    const one = addConversation(chatwoot, { inboxId: 4, contactId: isOpen ? 1 : 3 });
    if (isOpen) Object.assign(state().messages.get(say(chatwoot, one, 'Oi', { private: true }).id)!, { type: 0, private: false });
    return String(one.displayId);
  };
  const verdict = (row: IDataObject) => {
    const entry = state().graph.find(({ messageId }) => String(messageId) === row.id);
    return entry === undefined ? 'WhatsApp never heard of it' : told(entry.verdict) ?? (entry.lost.length ? `lost: ${entry.lost.join(', ')}` : undefined);
  };
  const cannot = new Set(['header_named', 'header_location', 'flow', 'limited', 'carousel', 'pausado', 'reprovado']);

  it('templates', async () => {
    state().inboxes.get(4)!.channel.message_templates = structuredClone(metaTemplates) as never;
    const sends = templateCases((name) => !cannot.has(name)).map(({ what, template, values, isRight }) => ({ what: `Chatwoot ${what}`, isRight, json: { conversation: conversation(false), template: `${template.name}|${template.language}`, values } as unknown as IDataObject }));
    await judge(sends, async (more) => await chatwoot.run('message', 'sendTemplate', {
      conversationId: byId('={{ $json.conversation }}'), template: byId('={{ $json.template }}'), additionalFields: { templateVariablesJson: '={{ JSON.stringify($json.values) }}' },
    }, more), verdict);
  });

  it('texts', async () => {
    const sends: Send[] = texts(braceTexts.map((text) => ({ text, isRight: true }))).map(({ text, format, isRight }) => ({ what: `Chatwoot text ${JSON.stringify(text).slice(0, 40)}`, isRight, json: { conversation: conversation(), text, format: format ?? 'asIs' } as IDataObject }));
    sends.push({ what: 'Chatwoot text in a closed window', isRight: false, json: { conversation: conversation(false), text: 'Olá', format: 'asIs' } });
    await judge(sends, async (more) => await chatwoot.run('message', 'send', { conversationId: byId('={{ $json.conversation }}'), content: '={{ $json.text }}', textFormat: '={{ $json.format }}' }, more), verdict);
  });

  it('files', async () => {
    const binary = (list: typeof types) => Object.fromEntries(list.map(({ mimeType, fileName }, index) => [`f${index}`, { data: Buffer.from('content').toString('base64'), mimeType, fileName }]));
    const sends: Send[] = types.flatMap((one) => [undefined, 'Veja'].map((text) => ({ what: `Chatwoot ${one.fileName} ${one.mimeType} ${text ? 'with a text' : ''}`, isRight: one.isRight, json: { conversation: conversation(), files: 'f0', text: text ?? '' }, binary: binary([one]) })));
    const several = types.filter(({ isRight }) => isRight);
    sends.push({ what: 'Chatwoot all files at once', isRight: true, json: { conversation: conversation(), files: several.map((_, index) => `f${index}`).join(','), text: 'Veja' }, binary: binary(several) });
    sends.push({ what: 'Chatwoot long caption', isRight: false, json: { conversation: conversation(), files: 'f0', text: 'a'.repeat(1025) }, binary: binary(several) });
    await judge(sends, async (more) => await chatwoot.run('message', 'send', { conversationId: byId('={{ $json.conversation }}'), content: '={{ $json.text }}', attachments: '={{ $json.files }}' }, more), verdict);
  });

  it('options, cards and forms', async () => {
    for (const { what, options: list, isRight } of options) {
      await judge([{ what: `Chatwoot options: ${what}`, isRight, json: { conversation: conversation(), options: list } as unknown as IDataObject }], async (more) => await chatwoot.run('message', 'sendInteractive', {
        conversationId: byId('={{ $json.conversation }}'), content: 'Qual?', contentType: 'input_select', selectOptions: { option: list } as unknown as INodeParameters,
      }, more), verdict);
    }
    for (const fields of [
      { contentType: 'cards', cards: { card: [{ title: 'Bolo', actions: { action: [{ type: 'link', text: 'Ver', target: 'https://a.example' }] } }] } },
      { contentType: 'form', formFields: { formField: [{ name: 'a', label: 'A' }] } },
      { contentType: 'article', articles: { article: [{ title: 'Ajuda', link: 'https://a.example' }] } },
    ]) await judge([{ what: `Chatwoot ${fields.contentType}`, isRight: false, json: { conversation: conversation() } }], async (more) => await chatwoot.run('message', 'sendInteractive', { conversationId: byId('={{ $json.conversation }}'), content: 'Veja', ...fields } as never, more), verdict);
  });
});

describe('Kinbox', () => {
  const verdict = (row: IDataObject) => {
    const entry = kinbox.sandbox.kinbox.state.records.graph.find(({ id }) => id === row.id);
    return entry === undefined ? 'WhatsApp never heard of it' : told(entry.verdict);
  };
  const cannot = new Set(['header_location', 'flow', 'limited', 'pausado', 'reprovado']);
  const to = (index: number) => `+55 85 9${String(88_000_001 + index)}`;
  const send = async (fields: INodeParameters, more: OperationOptions) => await kinbox.run('message', 'send', { to: '={{ $json.to }}', ...fields }, { ...apiToken(kinbox), ...more });

  it('templates', async () => {
    const own = kinbox.sandbox.kinbox.state.channels.get(103)!.templates as unknown as Array<MetaTemplate & { id: string }>;
    own.splice(0, own.length, ...metaTemplates.map(({ parameter_format: _format, ...template }, index) => ({ ...structuredClone(template), id: String(5000 + index) })));
    const sends = templateCases((name) => !cannot.has(name)).map(({ what, template, values, isRight }, index) => ({ what: `Kinbox ${what}`, isRight, json: { to: to(index), template: String(5000 + metaTemplates.indexOf(template)), values } as unknown as IDataObject }));
    await judge(sends, async (more) => await send({
      channelId: byId(103), content: 'template', templateId: byId('={{ $json.template }}'), templateVariables: { mappingMode: 'defineBelow', value: '={{ $json.values }}' },
    }, more), verdict);
  });

  it('texts and files', async () => {
    const sends: Send[] = [
      ...texts(braceTexts.map((text) => ({ text, isRight: false }))).map(({ text, format, isRight }, index) => ({ what: `Kinbox text ${JSON.stringify(text).slice(0, 40)}`, isRight, json: { to: to(index), content: 'text', text, url: '', format: format ?? 'asIs' } as IDataObject })),
      // Kinbox makes of a file what its type is; as what it is meant cannot be said.
      ...files.filter(({ as, ending, isRight }) => isRight || (as === 'image' ? ['webp', 'gif', 'heic', 'svg'] : ['mov', 'avi', 'webm', 'wav', 'flac']).includes(ending)).map(({ ending, isRight }, index) => ({ what: `Kinbox file .${ending}`, isRight, json: { to: to(100 + index), content: 'media', text: '', url: `https://example.com/arquivo.${ending}`, format: 'asIs' } })),
    ];
    await judge(sends, async (more) => await send({ channelId: byId(104), content: '={{ $json.content }}', message: '={{ $json.text }}', mediaUrl: '={{ $json.url }}', textFormat: '={{ $json.format }}' }, more), verdict);
  });
});

describe('Callbell', () => {
  const state = () => callbell.sandbox.callbell.state;
  const verdict = (row: IDataObject) => {
    const entry = state().graph.find(({ id }) => id === row.id);
    return entry === undefined ? 'WhatsApp never heard of it' : told(entry.verdict);
  };
  const channel = () => byId(state().channels[0]!.uuid);
  /** What Callbell can carry: a numbered text, a file on top, and buttons without values. */
  const can = new Set(['body_pos', 'body_order', 'no_vars', 'header_image', 'header_video', 'header_document', 'header_lower', 'btn_quick', 'btn_static_url', 'promo', 'eleven']);
  const recordOf = ({ name, language, status, components }: MetaTemplate) => {
    const part = (type: string) => components.find((one) => String(one.type).toUpperCase() === type);
    return { uuid: `${name}-${language}`, title: `${name} ${language}`, text: String(part('BODY')?.text), templateType: String(part('HEADER')?.format ?? 'text').toLowerCase() as 'text', category: 'UTILITY', status: status.toLowerCase(), createdAt: 0 };
  };

  it('templates', async () => {
    const known = metaTemplates.filter(({ name }) => can.has(name) || name === 'pausado' || name === 'reprovado' || name === 'body_named');
    state().templates.push(...known.map(recordOf));
    const sends = templateCases((name) => can.has(name), (template) => whatsappTemplate(recordOf(template) as never))
      .filter(({ template, values }) => known.includes(template) && !('header_media_name' in values))
      .map(({ what, template, values, isRight }, index) => {
        const { header_media_url: url, ...body } = values;
        return { what: `Callbell ${what}`, isRight, json: { to: `+351 9100${String(10_000 + index)}`, template: recordOf(template).uuid, values: Object.fromEntries(Object.entries(body).map(([id, value]) => [id.replace('body_', ''), value])), url: url ?? '', header: recordOf(template).templateType === 'text' ? 'none' : 'file' } as unknown as IDataObject };
      });
    await judge(sends, async (more) => await callbell.run('message', 'sendTemplate', {
      channelId: channel(), phone: '={{ $json.to }}', templateId: byId('={{ $json.template }}'), templateValues: { mappingMode: 'defineBelow', value: '={{ $json.values }}' }, header: '={{ $json.header }}', headerUrl: '={{ $json.url }}', optIn: true,
    }, more), verdict);
  });

  it('texts and files', async () => {
    const people = state().contacts.filter(({ source }) => source === 'whatsapp');
    for (const one of people) receive(state(), one, 'Oi', callbell.sandbox.clock.now());
    const sends: Send[] = [
      ...texts(braceTexts.map((text) => ({ text, isRight: false }))).map(({ text, format, isRight }) => ({ what: `Callbell text ${JSON.stringify(text).slice(0, 40)}`, isRight, json: { type: 'text', text, url: '', format: format ?? 'asIs', caption: '' } as IDataObject })),
      ...files.map(({ as, ending, isRight }) => ({ what: `Callbell ${as} .${ending}`, isRight, json: { type: as, text: '', url: `https://example.com/arquivo.${ending}`, format: 'asIs', caption: '' } })),
      ...['Veja', '', 'a'.repeat(1024)].map((caption) => ({ what: `Callbell caption of ${caption.length}`, isRight: true, json: { type: 'image', text: '', url: 'https://example.com/a.jpg', format: 'asIs', caption } })),
      { what: 'Callbell caption of 1025', isRight: false, json: { type: 'image', text: '', url: 'https://example.com/a.jpg', format: 'asIs', caption: 'a'.repeat(1025) } },
    ].map((one, index) => ({ ...one, json: { ...one.json, contact: people[index % people.length]!.uuid } }));
    await judge(sends, async (more) => await callbell.run('message', 'send', {
      channelId: channel(), sendTo: 'contact', contactId: byId('={{ $json.contact }}'), messageType: '={{ $json.type }}', text: '={{ $json.text }}', fileUrl: '={{ $json.url }}', caption: '={{ $json.caption }}', textFormat: '={{ $json.format }}',
    }, more), verdict);
  });
});

afterAll(() => {
  if (process.env.WHATSAPP_TALLY) writeFileSync(process.env.WHATSAPP_TALLY, summary());
  expect(faults()).toEqual({ refusedLater: [], rightRefused: [], wrongTaken: [] });
});
