import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { literal, outgoingText } from '../../../nodes/Chatwoot/helpers/outgoing';
import { hasHtml, htmlToText, markdownToWhatsApp, plainText } from '../../../nodes/shared/message/textFormat';
import { cpuTime } from '../../harness/cpuTime';

/** What a real Chatwoot 4.15.1 made of a text for a channel, as it is and escaped. */
const rendering = readFileSync(join(__dirname, '../../sandbox/whatsapp/rendering.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { channel: string; text: string; read: string; escaped: string; readEscaped: string });
const table = new Map(rendering.flatMap((row) => [[`${row.channel} ${row.text}`, row.read], [`${row.channel} ${row.escaped}`, row.readEscaped]]));
const plain = (read: string) => read.replaceAll('\u00a0', ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&').replace(/ +$/gm, '').trimEnd();

describe('text format: As It Is, against what Chatwoot renders', () => {
  it('has all rows of the recording', () => {
    expect(rendering).toHaveLength(688);
  });

  it.each(rendering.filter(({ channel }) => channel === 'Channel::Whatsapp').map(({ text, escaped }) => [text, escaped]))('%j', (text, escaped) => {
    const sent = outgoingText(text, 'asIs', 'Channel::Whatsapp');
    // Beyond the recording: Liquid is taken apart, blanks before a line are kept, and those after it dropped.
    const recorded = escaped.replace(/\r\n/g, '\n').replace(/\{(?=\{)/g, '{\\').replace(/ +$/gm, '').replace(/^ +/gm, (blanks) => '\u00a0'.repeat(blanks.length));
    expect(sent).toBe(recorded);
    const read = table.get(`Channel::Whatsapp ${sent}`);
    if (read !== undefined) expect(plain(read)).toBe(plain(text));
  });

  it.each(['Channel::FacebookPage', 'Channel::Telegram', 'Channel::Sms', 'Channel::Whatsapp'])('%s: the contact reads what was typed, as often as it was recorded', (channel) => {
    const seen = rendering.filter((row) => row.channel === channel).flatMap(({ text }) => {
      const read = table.get(`${channel} ${literal(text, channel)}`);
      return read === undefined ? [] : [[plain(read), plain(text)]];
    });
    expect(seen.length).toBeGreaterThan(70);
    expect(seen.filter(([read, text]) => read !== text)).toEqual([]);
  });

  it('API inboxes get the text as it was typed, but for Liquid', () => {
    for (const { text } of rendering.filter(({ channel, text: one }) => channel === 'Channel::Api' && !one.includes('{{'))) expect(outgoingText(text, 'asIs', 'Channel::Api')).toBe(text);
    expect(outgoingText('{{ contact.name }}', 'asIs', 'Channel::Api')).toBe('{% raw %}{{ contact.name }}{% endraw %}');
  });

  it('Liquid never runs: no two braces stand together', () => {
    for (const text of ['{{contact.phone_number}}', '{% if x %}a{% endif %}', '{{{{a}}}}', '`{{a}}`', '{\\{x}}']) {
      for (const format of ['asIs', 'markdown', 'html'] as const) expect(outgoingText(text, format, 'Channel::Whatsapp')).not.toMatch(/\{[{%]/);
    }
  });

  it('mentions in notes stay, line breaks of mails too', () => {
    expect(literal('[@Caio](mention://user/2/Caio) *veja*', '')).toBe('[@Caio](mention://user/2/Caio) \\*veja\\*');
    expect(outgoingText('Olá\nAna\n\nfim', 'asIs', 'Channel::Email')).toBe('Olá  \nAna\n\nfim');
  });
});

describe('text format: Markdown and HTML', () => {
  it.each([
    ['**Pedido** confirmado\n# Itens\n[ver](https://a.example/x)', '*Pedido* confirmado\n*Itens*\nver: https://a.example/x'],
    ['*leve* e __forte__ e ~~fora~~', '_leve_ e *forte* e ~fora~'],
    ['* um\n+ dois\n- três', '- um\n- dois\n- três'],
    ['2 * 3 * 4 = 24', '2 * 3 * 4 = 24'],
    ['https://a.example/a_b_c**d**', 'https://a.example/a_b_c**d**'],
    ['`**a**` e ```js\n**b**\n```', '`**a**` e ```\n**b**\n```'],
    ['snake_case_name', 'snake_case_name'],
    ['a\n---\nb', 'a\n\nb'],
    ['<p>Olá <b>Ana</b></p><p>tchau</p>', 'Olá *Ana*\n\ntchau'],
    ['[https://a.example](https://a.example)', 'https://a.example'],
  ])('Markdown %j for WhatsApp', (text, expected) => {
    expect(markdownToWhatsApp(text)).toBe(expected);
  });

  it('codes in angle brackets stay in Chatwoot, labels of links too', () => {
    expect(outgoingText('Use <NATAL10>: [ver](https://a.example)', 'markdown', 'Channel::Whatsapp')).toBe('Use \\<NATAL10>: ver: https://a.example');
    expect(outgoingText('# Título', 'markdown', 'Channel::Whatsapp')).toBe('**Título**');
    expect(outgoingText('**a** [b](https://c.example)', 'markdown', 'Channel::Email')).toBe('**a** [b](https://c.example)');
    expect(outgoingText('**a**', 'markdown', 'Channel::Api')).toBe('*a*');
  });

  it('tells tags from codes', () => {
    expect(['<p>a</p>', 'a<br>b', '<b>x</b>', '<img src="x">'].map(hasHtml)).toEqual([true, true, true, true]);
    expect(['<NATAL10>', 'use <nome>', '5 < 6', '<3', '<b', 'tipo <a> ou <b>', '->'].map(hasHtml)).toEqual([false, false, false, false, false, false, false]);
  });

  it('a page as text', () => {
    expect(htmlToText('<html><head><title>x</title><style>p{}</style></head><body><h1>Oi</h1><p>Seu <b>pedido</b> &eacute; R&amp;D<br>ok</p><ul><li>um</li><li>dois</li></ul><a href="https://a.example">ver</a></body></html>')).toBe('Oi\n\nSeu pedido &eacute; R&D\nok\n\n- um\n- dois\n\nver: https://a.example');
    expect(plainText('*a*', 'asIs')).toBe('*a*');
  });

  it.each(['*'.repeat(100_000), '['.repeat(100_000), '<a '.repeat(30_000), '`'.repeat(100_000), '~'.repeat(100_000), '_'.repeat(100_000), '<b>'.repeat(30_000), '&'.repeat(100_000)])('hostile texts take little time (%#)', (text) => {
    const started = cpuTime();
    markdownToWhatsApp(text);
    htmlToText(text);
    outgoingText(text, 'asIs', 'Channel::Whatsapp');
    expect(cpuTime() - started).toBeLessThan(3000);
  });
});
