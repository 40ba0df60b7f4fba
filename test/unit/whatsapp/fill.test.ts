import { templateParams, chatwootRules } from '../../../nodes/Chatwoot/helpers/templates';
import { components } from '../../../nodes/shared/whatsapp/components';
import type { FillRules } from '../../../nodes/shared/whatsapp/fill';
import { fillTemplate } from '../../../nodes/shared/whatsapp/fill';
import { parseTemplate, placeholders, wordsAround } from '../../../nodes/shared/whatsapp/template';
import { metaTemplates } from '../../sandbox/whatsapp/templates';
import { cpuTime } from '../../harness/cpuTime';

const rules: FillRules = { ...chatwootRules, placeholders: 'refuse' };
const all: FillRules = { vendor: 'Kinbox', carousel: true, namedHeader: true, fileName: true, objects: true, placeholders: 'refuse' };
const named = (name: string, language = 'pt_BR') => parseTemplate(metaTemplates.find((one) => one.name === name && one.language === language)! as never);
const fill = (name: string, values: object, by = rules) => fillTemplate(named(name), values as never, by);
const problem = (name: string, values: object, by = rules) => fill(name, values, by).problem?.what;

describe('a template for Chatwoot: what was sent to a real 4.15.1 and accepted', () => {
	it.each([
		['body_pos', { body_1: 'Ana', body_2: '1042' }, { body: { 1: 'Ana', 2: '1042' } }],
		['body_order', { body_1: 'Ana', body_2: '1042' }, { body: { 1: 'Ana', 2: '1042' } }],
		['body_named', { body_first_name: 'Ana', body_order_number: '1042' }, { body: { first_name: 'Ana', order_number: '1042' } }],
		['no_vars', {}, {}],
		['header_text', { header_1: '1042', body_1: 'Ana' }, { header: { 1: '1042' }, body: { 1: 'Ana' } }],
		['header_image', { header_media_url: 'https://example.com/oferta.jpg', body_1: 'Ana' }, { header: { media_url: 'https://example.com/oferta.jpg', media_type: 'image' }, body: { 1: 'Ana' } }],
		['header_video', { header_media_url: 'https://example.com/a.mp4', body_1: 'Ana' }, { header: { media_url: 'https://example.com/a.mp4', media_type: 'video' }, body: { 1: 'Ana' } }],
		['header_document', { header_media_url: 'https://example.com/nota.pdf', header_media_name: 'Nota 1042.pdf', body_1: 'Ana' }, { header: { media_url: 'https://example.com/nota.pdf', media_type: 'document', media_name: 'Nota 1042.pdf' }, body: { 1: 'Ana' } }],
		['btn_quick', { body_1: 'Ana' }, { body: { 1: 'Ana' } }],
		['btn_url_var', { body_1: 'Ana', button_0: 'p-1042' }, { body: { 1: 'Ana' }, buttons: [{ type: 'url', parameter: 'p-1042' }] }],
		['btn_two_urls', { body_1: 'Ana', button_0: 'x', button_1: 'y' }, { body: { 1: 'Ana' }, buttons: [{ type: 'url', parameter: 'x' }, { type: 'url', parameter: 'y' }] }],
		['btn_static_url', { body_1: 'Ana' }, { body: { 1: 'Ana' } }],
		['btn_copy', { body_1: 'Ana', button_0: 'DESC10' }, { body: { 1: 'Ana' }, buttons: [{ type: 'copy_code', parameter: 'DESC10' }] }],
		['otp_code', { code: '123456' }, { body: { 1: '123456' }, buttons: [{ type: 'url', parameter: '123456' }] }],
		['btn_quick_url', { body_1: 'Ana', button_1: 'p-1042' }, { body: { 1: 'Ana' }, buttons: [{ type: 'quick_reply' }, { type: 'url', parameter: 'p-1042' }] }],
		['btn_phone_url', { body_1: 'Ana', button_1: 'p-1042' }, { body: { 1: 'Ana' }, buttons: [{ type: 'phone_number' }, { type: 'url', parameter: 'p-1042' }] }],
		['btn_copy_second', { body_1: 'Ana', button_1: 'DESC10' }, { body: { 1: 'Ana' }, buttons: [{ type: 'static_url' }, { type: 'copy_code', parameter: 'DESC10' }] }],
		['body_pos', { body_1: { type: 'currency', fallback_value: 'R$ 10,00', code: 'BRL', amount_1000: 10000 }, body_2: 1 }, { body: { 1: { type: 'currency', fallback_value: 'R$ 10,00', code: 'BRL', amount_1000: 10000 }, 2: '1' } }],
		['body_pos', { body_1: 'Joana D\'Arc "x"', body_2: '1' }, { body: { 1: 'Joana D’Arc “x”', 2: '1' } }],
	])('%s %j', (name, values, expected) => {
		const template = named(name);
		const filled = fillTemplate(template, values as never, rules);
		expect(filled.problem).toBeUndefined();
		expect(templateParams(template, filled, true)).toEqual({ name, language: 'pt_BR', category: template.category, processed_params: expected });
	});

	it('a literal brace goes out in a raw block, and nothing gets out of it', () => {
		const template = named('body_pos');
		const literal = (value: string) => (templateParams(template, fillTemplate(template, { body_1: value, body_2: '1' }, { ...rules, placeholders: 'literal' }), true).processed_params as { body: Record<string, string> }).body['1'];
		expect(literal('{{nome}}')).toBe('{% raw %}{{nome}}{% endraw %}');
		expect(literal('{% endraw %}{{contact.phone_number}}')).toBe("{% raw %}{% endraw %}{{ '{%' }}{% raw %} endraw %}{{contact.phone_number}}{% endraw %}");
	});
});

describe('what WhatsApp would refuse', () => {
	it.each([
		['an address without scheme', 'header_image', { header_media_url: 'oferta.jpg', body_1: 'Ana' }, 'cannot be used: Header: URL of the image is not a web address; give one that starts with https://'],
		['an ftp address', 'header_image', { header_media_url: 'ftp://example.com/a.jpg', body_1: 'Ana' }, 'cannot be used: Header: URL of the image is not a web address; give one that starts with https://'],
		['a PDF as image', 'header_image', { header_media_url: 'https://example.com/a.pdf?x=1', body_1: 'Ana' }, 'cannot be used: Header: URL of the image is the address of a .pdf file, but the header takes an image (jpg, jpeg, png)'],
		['a code of 16', 'btn_copy', { body_1: 'Ana', button_0: 'ABCDEFGHIJKLMNOP' }, 'cannot be used: Button 1: code to copy has 16 characters; WhatsApp takes 15 at most'],
		['a placeholder nobody has filled in', 'body_pos', { body_1: 'Oi {{1}}', body_2: '1' }, 'cannot be used: Text {{1}} has a placeholder that nobody has filled in: {{1}}'],
		['single braces', 'body_pos', { body_1: '{nome}', body_2: '1' }, 'cannot be used: Text {{1}} has a placeholder that nobody has filled in: {nome}'],
		['a program of a stranger', 'body_pos', { body_1: '{% assign x = 1 %}', body_2: '1' }, 'cannot be used: Text {{1}} has a placeholder that nobody has filled in: {% assign x = 1 %}'],
		['an object', 'body_pos', { body_1: { a: 1 }, body_2: '1' }, 'cannot be used: Text {{1}} is an object, not text; pick one field of it'],
		['a list', 'body_pos', { body_1: ['a', 'b'], body_2: '1' }, 'cannot be used: Text {{1}} is a list of 2 entries; join them to one text'],
		['a text with an object in it', 'body_pos', { body_1: 'Sr. [object Object]', body_2: '1' }, 'cannot be used: Text {{1}} has [object Object] in it: an expression gives an object there'],
		['undefined as text', 'body_pos', { body_1: 'undefined', body_2: '1' }, "cannot be used: Text {{1}} is 'undefined': its expression has found nothing"],
		['nothing', 'body_pos', { body_1: 'Ana' }, 'lacks Text {{2}}'],
		['spaces, no-break spaces, zero width', 'body_pos', { body_1: ' \u00a0\u200b', body_2: '\u2060\u3164' }, 'lacks Text {{1}} and Text {{2}}'],
		['what Chatwoot takes out', 'body_pos', { body_1: "<> ''", body_2: '1' }, 'lacks Text {{1}}'],
		['1100 characters', 'body_pos', { body_1: 'x'.repeat(1100), body_2: '1' }, 'cannot be used: Text {{1}} has 1100 characters; WhatsApp takes 1000 at most'],
		['600 and 600', 'body_pos', { body_1: 'x'.repeat(600), body_2: 'y'.repeat(600) }, 'cannot be used: the whole text has 1228 characters with its values; WhatsApp takes 1024 at most'],
		['a long header', 'header_text', { header_1: 'x'.repeat(60), body_1: 'Ana' }, 'cannot be used: the header has 67 characters with its values; WhatsApp takes 60 at most'],
		['a blank end of an address', 'btn_url_var', { body_1: 'Ana', button_0: ' ' }, 'lacks Button 1 (Ver): end of the address'],
		['a foreign whole address', 'btn_url_var', { body_1: 'Ana', button_0: 'https://other.example/p/1' }, "cannot be used: Button 1 (Ver): end of the address is a whole address, but the button's address begins with https://example.com/p/; give what comes after it"],
		['surplus keys', 'body_pos', { body_1: 'Ana', body_2: '1', body_3: 'x', header_media_name: 'y' }, "has 'body_3' and 'header_media_name', which the template 'body_pos' does not have"],
		['a number that would need all memory', 'body_pos', { body_1: 'Ana', body_2: '1', body_30000000: 'x' }, "has 'body_30000000', which the template 'body_pos' does not have"],
		['two different codes', 'otp_code', { body_1: '123456', button_0: '654321' }, 'cannot be used: Code is given twice, and differently; the text and the button of an authentication template carry the same code'],
		['a long code', 'otp_button', { code: '1234567890123456' }, 'cannot be used: Code has 16 characters; WhatsApp takes 15 at most'],
		['a carousel', 'carousel', {}, 'cannot be sent: Chatwoot cannot send carousel templates'],
		['a named header', 'header_named', {}, 'cannot be sent: Chatwoot cannot send templates whose header has a named variable'],
		['a place', 'header_location', {}, 'cannot be sent: Chatwoot cannot send templates with a location header'],
		['an offer', 'limited', {}, 'cannot be sent: Chatwoot cannot send templates with limited time offer'],
		['a flow', 'flow', {}, 'cannot be sent: Chatwoot cannot send templates with a flow button'],
		['a paused one', 'pausado', { body_1: 'Ana' }, "cannot be sent: 'pausado' is PAUSED at WhatsApp"],
	])('%s is refused', (_what, name, values, expected) => {
		expect(problem(name, values)).toBe(expected);
	});

	it('numbers with gaps are a record read wrongly, and cost no memory', () => {
		const template = parseTemplate({ name: 'x', components: [{ type: 'BODY', text: 'Olá {{30000000}}' }] });
		expect(fillTemplate(template, { body_30000000: 'Ana' }, rules).problem?.what).toBe("cannot be sent: the variables of 'x' are not numbered 1 to 1");
	});
});

describe('what is put right', () => {
	it.each([
		['line breaks, tabs and blanks become one blank', 'body_pos', { body_1: ' Ana\r\n\tSouza     Lima ', body_2: 'a\u0000b' }, { body_1: 'Ana Souza Lima', body_2: 'a b' }],
		['invisible characters go, emoji stay whole', 'body_pos', { body_1: 'A\u200bna\u00ad 👨‍👩‍👧', body_2: '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}' }, { body_1: 'Ana 👨‍👩‍👧', body_2: '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}' }],
		['numbers, no and 0 are values', 'body_pos', { body_1: 0, body_2: false }, { body_1: '0', body_2: 'false' }],
		['big numbers are written out', 'body_pos', { body_1: 1e21, body_2: 1.5 }, { body_1: '1000000000000000000000', body_2: '1.5' }],
		['a list of one is its entry', 'body_pos', { body_1: ['Ana'], body_2: '1' }, { body_1: 'Ana', body_2: '1' }],
		['short names', 'body_pos', { 1: 'Ana', 2: 'x' }, { body_1: 'Ana', body_2: 'x' }],
		['a whole address of the button', 'btn_url_var', { body_1: 'Ana', button_0: 'https://example.com/p/promoção?x=1&y=a b' }, { body_1: 'Ana', button_0: 'promo%C3%A7%C3%A3o?x=1&y=a%20b' }],
		['what is encoded stays encoded', 'btn_url_var', { body_1: 'Ana', button_0: "a%20b'c%" }, { body_1: 'Ana', button_0: 'a%20b%27c%25' }],
		['older names of the header', 'header_lower', { header_image: 'https://example.com/a.jpg', body_1: 'Ana' }, { header_media_url: 'https://example.com/a.jpg', body_1: 'Ana' }],
		['signs that Chatwoot takes out get look-alikes', 'body_pos', { body_1: '5 > 3', body_2: '<NATAL10>' }, { body_1: '5 › 3', body_2: '‹NATAL10›' }],
		['the same code twice is one', 'otp_code', { body_1: '123456', button_0: '123456' }, { code: '123456' }],
	])('%s', (_what, name, values, expected) => {
		const filled = fill(name, values);
		expect(filled.problem).toBeUndefined();
		expect(filled.values).toEqual(expected);
	});
});

describe('components for vendors that hand them on', () => {
	it('cards, named headers and buttons with their index', () => {
		const values = { body_1: 'Ana', card_0_header_media_url: 'https://example.com/1.jpg', card_0_body_1: 'milho', card_0_button_1: '1', card_1_header_media_url: 'https://example.com/2.png', card_1_button_1: '2' };
		const filled = fill('carousel', values, all);
		expect(filled.problem).toBeUndefined();
		expect(components(named('carousel'), filled)).toEqual([
			{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
			{
				type: 'carousel',
				cards: [
					{ card_index: 0, components: [{ type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.com/1.jpg' } }] }, { type: 'body', parameters: [{ type: 'text', text: 'milho' }] }, { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: '1' }] }] },
					{ card_index: 1, components: [{ type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.com/2.png' } }] }, { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: '2' }] }] },
				],
			},
		]);
		const header = fill('header_named', { header_order: '7', body_name: 'Ana' }, all);
		expect(components(named('header_named'), header)[0]).toEqual({ type: 'header', parameters: [{ type: 'text', parameter_name: 'order', text: '7' }] });
		expect(components(named('body_order'), fill('body_order', { body_1: 'Ana', body_2: '7' }, all))).toEqual([{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }, { type: 'text', text: '7' }] }]);
		expect(components(named('header_document'), fill('header_document', { header_media_url: 'https://example.com/n.pdf', header_media_name: 'N.pdf', body_1: 'A' }, all))[0]).toEqual({ type: 'header', parameters: [{ type: 'document', document: { link: 'https://example.com/n.pdf', filename: 'N.pdf' } }] });
		expect(components(named('btn_copy_second'), fill('btn_copy_second', { body_1: 'A', button_1: 'X' }, all))[1]).toEqual({ type: 'button', sub_type: 'copy_code', index: '1', parameters: [{ type: 'coupon_code', coupon_code: 'X' }] });
	});
});

describe('reading', () => {
	it('finds variables however they are written, and the words around them', () => {
		expect(placeholders('{{1}} {{ 2 }} {{nome}} {{1}} {{}} { {3} } {{a b}}')).toEqual(['1', '2', 'nome']);
		expect(wordsAround('Olá {{ 1 }},\no pedido {{2}} está pronto', '2')).toBe('o pedido {{2}} está');
		expect(wordsAround('sem', '1')).toBe('{{1}}');
	});

	it.each(['{{'.repeat(50_000), `{{${' '.repeat(100_000)}`, '{'.repeat(100_000), ' '.repeat(100_000), `{%${'x'.repeat(100_000)}`, "'%".repeat(50_000), '\u200d'.repeat(100_000)])('hostile texts take no time (%#)', (text) => {
		const started = cpuTime();
		const template = parseTemplate({ name: 'x', components: [{ type: 'BODY', text }] });
		fillTemplate(template, { body_1: text, header_media_url: text }, all);
		fillTemplate(named('btn_url_var'), { body_1: text, button_0: text }, all);
		fillTemplate(named('body_pos'), { body_1: text, body_2: text }, rules);
		expect(cpuTime() - started).toBeLessThan(1000);
	});
});
