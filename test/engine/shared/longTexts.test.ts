/** What anybody may send to a webhook costs time in proportion to its length: n8n does nothing else meanwhile. */
import type { IDataObject } from 'n8n-workflow';

import { literal, outgoingText } from '../../../nodes/Chatwoot/helpers/outgoing';
import { simplifyEvent as simplifyCallbell } from '../../../nodes/Callbell/trigger/payload';
import { simplifyEvent as simplifyChatwoot } from '../../../nodes/Chatwoot/trigger/payload';
import { agrees } from '../../../nodes/Chatwoot/transport/asked';
import { explainChatwoot } from '../../../nodes/Chatwoot/transport/errors';
import { personalise, placeholderProblem } from '../../../nodes/shared/campaign/personalise';
import { roleOf } from '../../../nodes/shared/contact/columnNames';
import { matchFields } from '../../../nodes/shared/contact/customFields';
import { readIncomingContact } from '../../../nodes/shared/contact/incoming';
import { addressProblem, baseAddress } from '../../../nodes/shared/http/address';
import { isPrivateHost } from '../../../nodes/shared/http/addresses';
import { messageIn } from '../../../nodes/shared/http/answers';
import { cleanFileName } from '../../../nodes/shared/http/download';
import { isDeeperThan } from '../../../nodes/shared/http/readAnswer';
import { redactor } from '../../../nodes/shared/http/redact';
import { readOptOut } from '../../../nodes/shared/message/optOut';
import { htmlToText, linksAsText, markdownToWhatsApp, plainText } from '../../../nodes/shared/message/textFormat';
import { readRecordAddress } from '../../../nodes/shared/operation/recordAddress';
import { toE164 } from '../../../nodes/shared/phone/phone';
import { parseCsv } from '../../../nodes/shared/values/csv';
import { emailIn } from '../../../nodes/shared/values/email';
import { withoutEnds } from '../../../nodes/shared/values/ends';
import { convertFieldValue } from '../../../nodes/shared/values/fieldValue';
import { readBoolean, readDateText, readNumber } from '../../../nodes/shared/values/habits';
import { findByName, foldName } from '../../../nodes/shared/values/names';
import { suggest } from '../../../nodes/shared/values/nearNames';
import { cleanText, isNobody, isNothing } from '../../../nodes/shared/values/plain';
import { isoOrNull } from '../../../nodes/shared/values/read';
import { localTimeToUtc } from '../../../nodes/shared/values/time';
import { isWebAddress } from '../../../nodes/shared/values/webAddress';
import { fillTemplate } from '../../../nodes/shared/whatsapp/fill';
import { parseTemplate } from '../../../nodes/shared/whatsapp/template';
import { oneLine, visible } from '../../../nodes/shared/whatsapp/words';
import { cpuTime } from '../../harness/cpuTime';

/** Eight times the length: 8 for what is in proportion, 64 for what is not. */
const mostGrowth = 24;
/** Processor time in milliseconds; less than `telling` says nothing about growth. */
const [most, telling] = [4_000, 200];

function costOf(work: () => unknown): number {
  const started = cpuTime();
  work();
  return cpuTime() - started;
}

/** @param what for the message of a failure */
function expectInProportion(what: string, make: (length: number) => () => unknown, [short, long]: [number, number]): number {
  const [small, large] = [make(short), make(long)];
  const first = costOf(small);
  const second = costOf(large);
  if (second > most || (second > telling && second / Math.max(first, 1) >= mostGrowth)) {
    // Once more: a collection of garbage, or another process on the same core, may fall into one of them.
    const [again, more] = [costOf(small), Math.min(second, costOf(large), costOf(large))];
    expect({ what, first: again, second: more, growth: more > telling && more / Math.max(again, 1) > mostGrowth }).toEqual({ what, first: expect.any(Number), second: expect.any(Number), growth: false });
    expect({ what, tooLong: more > most }).toEqual({ what, tooLong: false });
  }
  return second;
}

/** Texts that make patterns begin anew at every sign. */
const worst: Record<string, (length: number) => string> = Object.fromEntries([
  'a', '1', ' ', '\t', '\n', '.', '-', '_', '/', '+', '@', 'a.', '@a.', 'a@', '<', '<a ', '<b>', '<!--', '<a href="', '</', '[', '[]', '[](', '[a](b', '](', '*', '**', '**a', '_a', '__', '~~', '`', '```', '# ', '#', '{', '{{', '{{a}}', '{a}', '}}', '&', '&#1', '%', '%2', 'http://', 'https://a/contacts/', '/accounts/', '1,', '1.000,', '"', '",', ',', ';', '\u200d', 'é\u0301', '😀', '0', 'ç ', 'name ', 'whatsapp', 'no me mande ', 'tire o meu ', 'mas ', '(85) 9', '+55 ', '::1', ':', '?', '=', '\\', '[object ', 'undefined', '"a";', '> ', '- ', '{%', ' :', '\r', '\u0000',
].map((piece) => [piece, (length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)]));
const wraps: Array<(text: string) => string> = [(text) => `x${text}x`, (text) => `https://${text}\n`];

const template = parseTemplate({ name: 'oi', language: 'pt', status: 'APPROVED', category: 'UTILITY', components: [{ type: 'BODY', text: 'Oi {{1}}' }] });
const habits = { timezone: 'America/Fortaleza', country: 'BR' };
const names = Array.from({ length: 200 }, (_, index) => `campo ${index}`);
const redact = redactor(['tok-0123456789abcdefghij', 'outro-segredo-987654']);
const place = { baseUrl: 'https://chat.example.com', account: '1' } as unknown as Parameters<typeof simplifyChatwoot>[2];

const readers: Record<string, (text: string) => unknown> = {
  'an e-mail address': emailIn,
  'a web address': isWebAddress,
  'the address of a record': (text) => [/^https?:\/\/[^\s]*?\/contacts\/(\d+)/].map((regex) => readRecordAddress(text, { regex, example: '' })),
  'the address of a server': (text) => addressProblem({ name: 'x' }, baseAddress(text, 'https://a'), ['*.b']),
  'a host': isPrivateHost,
  'a phone': (text) => toE164(text, { defaultCountry: 'BR' }),
  'a date': (text) => [readDateText(text, 'BR'), localTimeToUtc(text, 'UTC'), isoOrNull(text)],
  'a number': (text) => readNumber(text, 'BR'),
  'yes or no': readBoolean,
  'nothing and nobody': (text) => [isNothing(text), isNobody(text), cleanText(text)],
  'a name': (text) => [foldName(text), findByName(names, text, (name) => [name]), roleOf(text), suggest(names, text)],
  'a custom field of each kind': (text) => (['boolean', 'choice', 'day', 'email', 'json', 'list', 'number', 'text', 'time'] as const).map((kind) => convertFieldValue(text, { kind, options: names }, habits)),
  'a text in Markdown': (text) => markdownToWhatsApp(text),
  'a text in HTML': (text) => [htmlToText(text), plainText(text, 'html')],
  'links': linksAsText,
  'a text to Chatwoot': (text) => ['Channel::Email', 'Channel::Whatsapp'].flatMap((channel) => [literal(text, channel), outgoingText(text, 'markdown', channel), outgoingText(text, 'html', channel)]),
  'a text with placeholders': (text) => [placeholderProblem(text, names), personalise(text, { name: text, phone: null, email: null, customFields: {} })],
  "a template's value": (text) => fillTemplate(template, { 1: text, [text]: 'x' }, { vendor: 'x', placeholders: 'refuse' }),
  "a template's text": (text) => parseTemplate({ name: 'a', components: [{ type: 'BODY', text }, { type: 'HEADER', format: 'TEXT', text }] }),
  'one line': (text) => [oneLine(text), visible(text), withoutEnds(text, '-')],
  'an opt-out': (text) => readOptOut(text),
  'CSV': parseCsv,
  'the name of a file': cleanFileName,
  'words of a refusal': (text) => [messageIn(text), explainChatwoot({ status: 422, headers: {}, body: { message: text } }, { method: 'GET', path: '/api/v1/accounts/1/contacts/1' })],
  'depth of JSON': (text) => isDeeperThan(text, 200),
  'secrets': redact,
  'a contact': (text) => readIncomingContact({ name: text, email: text, phone: text, tags: text, notes: text, avatarUrl: text, customFields: { cpf: text, [text]: text }, [text]: text }),
  "Callbell's event": (text) => simplifyCallbell('message_created', { text, uuid: text, from: text, to: text, attachments: [text], contact: { name: text, phoneNumber: text } }),
  "Chatwoot's event": (text) => simplifyChatwoot(['message_created'], { event: 'message_created', id: text, content: text, created_at: text, sender: { id: 1, name: text, phone_number: text }, conversation: { id: 1, labels: [text] } }, place),
};

describe.each(Object.entries(readers))('reading %s', (_name, read) => {
  it('takes no more than proportionally longer for the worst texts, 1 MB of the slowest included', () => {
    let slowest = { cost: -1, piece: '', wrap: wraps[0]! };
    for (const [piece, make] of Object.entries(worst)) {
      for (const wrap of wraps) {
        const cost = expectInProportion(piece, (length) => { const text = wrap(make(length)); return () => read(text); }, [4_000, 32_000]);
        if (cost > slowest.cost) slowest = { cost, piece, wrap };
      }
    }
    const { piece, wrap } = slowest;
    expectInProportion(piece, (length) => { const text = wrap(worst[piece]!(length)); return () => read(text); }, [125_000, 1_000_000]);
  }, 120_000);
});

const row = (count: number, key: (index: number) => string, value: (index: number) => unknown): IDataObject => Object.fromEntries(Array.from({ length: count }, (_, index) => [key(index), value(index)])) as IDataObject;

describe('many columns, tags and fields', () => {
  it.each<[string, (count: number) => () => unknown]>([
    ['columns of texts', (count) => { const item = row(count, (index) => `coluna ${index}`, () => 'x'); return () => readIncomingContact({ name: 'Ana', ...item }); }],
    ['columns of phones', (count) => { const item = row(count, (index) => `telefone ${index}`, (index) => `(85) 9${index}`); return () => readIncomingContact({ name: 'Ana', ...item }); }],
    ['columns of phones without a name for it', (count) => { const item = row(count, (index) => `coluna ${index}`, (index) => `+55859${80_000_000 + index}`); return () => readIncomingContact({ name: 'Ana', ...item }); }],
    ['columns of addresses without a name for it', (count) => { const item = row(count, (index) => `coluna ${index}`, (index) => `a${index}@example.com`); return () => readIncomingContact({ name: 'Ana', ...item }); }],
    ['objects', (count) => { const item = row(count, (index) => `coluna ${index}`, (index) => ({ a: index, b: 'x' })); return () => readIncomingContact({ name: 'Ana', ...item }); }],
    ['tags', (count) => { const tags = Array.from({ length: count }, (_, index) => `tag ${index}`); return () => readIncomingContact({ name: 'Ana', tags }); }],
    ['columns beside 200 fields of the account', (count) => {
      const contact = { columns: row(count, (index) => `coluna ${index}`, () => 'x'), customFields: row(count, (index) => `Campo ${index}`, () => '1') };
      const fields = names.map((name) => ({ id: name, names: [name, `Rótulo de ${name}`], kind: 'text' as const }));
      return () => matchFields(contact, fields, habits);
    }],
    ['entries of a list of choices', (count) => { const text = 'campo 199,'.repeat(count); return () => convertFieldValue(text, { kind: 'list', options: names }, habits); }],
    ['variables of a template', (count) => { const text = Array.from({ length: count }, (_, index) => `{{v${index}}} e`).join(' '); return () => parseTemplate({ name: 'a', components: [{ type: 'BODY', text }] }); }],
    ['levels of what was asked for and came back', (count) => { const deep = JSON.parse(`${'[{"a":'.repeat(count / 500)}1${'}]'.repeat(count / 500)}`) as unknown; return () => agrees(deep, structuredClone(deep)); }],
    ['placeholders of a text', (count) => { const text = '{campo 5} '.repeat(count); return () => [placeholderProblem(text, names), personalise(text, { name: 'Ana', phone: null, email: null, customFields: { 'campo 5': 'x' } })]; }],
  ])('%s', (what, make) => {
    expectInProportion(what, (length) => make(Math.ceil(length / 25)), [125_000, 1_000_000]);
  }, 120_000);
});
