import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../operation/item';
import { withoutEnd } from '../values/ends';
import { table } from '../values/table';
import { accident, isInvisible } from '../whatsapp/words';

/** What the signs in a text mean. */
export type TextFormat = 'asIs' | 'html' | 'markdown';

const textFormat: INodeProperties = {
	displayName: 'Text Format',
	name: 'textFormat',
	type: 'options',
	options: [
		{ name: 'As It Is', value: 'asIs', description: 'The person reads exactly what stands in the text, signs included' },
		{ name: 'HTML', value: 'html', description: 'Tags become bold, italic and line breaks of the channel' },
		{ name: 'Markdown', value: 'markdown', description: '**bold**, _italic_, headings, lists and links become what the channel shows, as AI models write' },
	],
	default: 'asIs',
	description: 'How the text is written',
};

/** The format of a text: as it is for people, Markdown for AI tools, whose models write it. */
export const textFormatFields: INodeProperties[] = [
	{ ...textFormat, displayOptions: { hide: { '@tool': [true] } } },
	{ ...textFormat, default: 'markdown', displayOptions: { show: { '@tool': [true] } } },
];

/**
 * Reads {@link textFormatFields}, and refuses a text that shows that something went wrong before.
 *
 * @param field name of the field with the text
 * @param forTeam whether only the team reads it, such as a transcript in a note: tags in it are then what somebody wrote
 */
export function readTextFormat(item: Item, field: string, text: string | undefined, forTeam = false): TextFormat {
	const format = item.choice('textFormat', ['asIs', 'html', 'markdown'] as const) ?? 'asIs';
	if (text === undefined) return format;
	const wrong = accident(text);
	if (wrong) throw item.refuse(field, wrong.what, wrong.advice);
	if (isInvisible(text)) throw item.refuse(field, 'is empty: nothing in it can be seen', 'Write a text, or leave this item out before it reaches the node.');
	if (format === 'asIs' && !forTeam && hasHtml(text)) {
		throw item.refuse(field, 'has HTML tags in it, which can be meant in two ways', "Choose 'HTML' under 'Text Format' to turn them into the formats of the channel, or take them out.");
	}
	return format;
}

const tags = 'a|article|b|blockquote|body|br|code|del|div|em|font|footer|h[1-6]|head|header|hr|html|i|img|li|ol|p|pre|s|section|small|span|strike|strong|style|script|table|tbody|td|th|thead|title|tr|u|ul';
const tag = new RegExp(`<(/?)(${tags})(?:\\s[^<>]{0,2000}|/)?>`, 'gi');

/** Whether a text has tags of a web page in it; `<NATAL10>` and `a < b` are none. */
export function hasHtml(text: string): boolean {
	const found = [...text.matchAll(tag)];
	return found.some(([whole, closing, name = '']) => closing === '/' || /^(?:br|hr|img)$/i.test(name) || /\s/.test(whole));
}

/** A heading of Markdown; signs that close it are in its text. */
export const heading = /^ {0,3}#{1,6} ([^\n]{1,1000})$/gm;

function withoutComments(html: string): string {
	const [first = '', ...rest] = html.split('<!--');
	return first + rest.map((part) => {
		const end = part.indexOf('-->');
		return end < 0 ? `<!--${part}` : part.slice(end + 3);
	}).join('');
}

/** A text with tags as Markdown. */
export function htmlToMarkdown(html: string): string {
	const bare = withoutComments(html.replace(/\r\n?/g, '\n')).replace(/<(style|script|head|title)\b[^<>]{0,2000}>[^<]{0,20000}<\/\1>/gi, '');
	const links: string[] = [];
	const text = bare.replace(/\n/g, ' ').replace(tag, (whole, closing: string, raw: string) => {
		const name = raw.toLowerCase();
		if (name === 'br') return '\n';
		if (name === 'hr') return '\n\n';
		if (name === 'b' || name === 'strong') return '**';
		if (name === 'i' || name === 'em') return '_';
		if (/^(?:s|del|strike)$/.test(name)) return '~~';
		if (name === 'li') return closing ? '' : '\n- ';
		if (/^h[1-6]$/.test(name)) return closing ? '**\n\n' : '\n\n**';
		if (name === 'a') {
			if (!closing) {
				links.push(/href\s{0,3}=\s{0,3}["']?([^"'\s>]{1,2000})/i.exec(whole)?.[1] ?? '');
				return '[';
			}
			return `](${links.pop() ?? ''})`;
		}
		if (name === 'img') return /alt\s{0,3}=\s{0,3}["']([^"']{1,500})/i.exec(whole)?.[1] ?? '';
		if (/^(?:p|div|ul|ol|table|blockquote|section|article|header|footer|pre)$/.test(name)) return closing ? '\n\n' : name === 'p' ? '\n\n' : '\n';
		if (name === 'tr') return '\n';
		if (name === 'td' || name === 'th') return closing ? ' ' : '';
		return '';
	});
	return decoded(text).split('\n').map((line) => line.replace(/[ \t]+/g, ' ').trim()).join('\n').replace(/\n{3,}/g, '\n\n').replace(/\[\]\([^[)\n]{0,2000}\)/g, '').trim();
}

const entities: Record<string, string> = table({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', copy: '©', reg: '®', euro: '€', hellip: '…', ndash: '–', mdash: '—', laquo: '«', raquo: '»', ordm: 'º', ordf: 'ª' });

function decoded(text: string): string {
	return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
		const point = decimal === undefined ? (hex === undefined ? undefined : parseInt(hex, 16)) : Number(decimal);
		if (point !== undefined) return point > 0 && point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF) ? String.fromCodePoint(point) : whole;
		return entities[(name ?? '').toLowerCase()] ?? whole;
	});
}

/** The text of a page, without any formats. */
export function htmlToText(html: string): string {
	return linksAsText(htmlToMarkdown(html)).replace(/\*\*|~~/g, '').replace(/(^|\W)_([^_\n]{1,1000})_(?=\W|$)/g, '$1$2');
}

/** `[label](address)` as "label: address"; where the label is the address, the address alone. */
export function linksAsText(text: string): string {
	return text.replace(/!?\[([^[\]\n]{0,500})\]\(<?([^()[\s<>]{1,2000}(?:\([^()[\s<>]{0,200}\)[^()[\s<>]{0,500})?)>?(?: {1,5}["'][^"'[\n]{0,200}["'])?\)/g, (_, label: string, address: string) => {
		const plain = address.replace(/^(?:mailto|tel):/i, '');
		return label.trim() === '' || label.trim() === plain ? plain : `${label.trim()}: ${plain}`;
	});
}

/**
 * Markdown with WhatsApp's marks: *bold*, _italic_, ~struck~, headings as bold lines, links as "label: address". What stands
 * in code stays as it is.
 */
export function markdownToWhatsApp(markdown: string): string {
	// Addresses in links are taken out of their brackets before any sign in them is read.
	const parts = linksAsText(hasHtml(markdown) ? htmlToMarkdown(markdown) : markdown).replace(/\r\n?/g, '\n').split(/(```[^`]{0,20000}```|`[^`\n]{1,2000}`|https?:\/\/[^\s<>()[\]]{1,2000})/);
	return parts.map((part) => (/^```/.test(part) ? part.replace(/^```[\w+-]{0,20}\n/, '```\n') : /^(?:`|https?:)/.test(part) ? part : marks(part))).join('').split('\n').map((line) => withoutEnd(line, ' \t')).join('\n');
}

function marks(text: string): string {
	return linksAsText(text)
		.replace(heading, (_, title: string) => `\u0001${withoutEnd(title, '#').replace(/\*\*|__/g, '').trim()}\u0001`)
		.replace(/^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/gm, '')
		.replace(/^([ \t]{0,20})[*+] +/gm, '$1- ')
		.replace(/\*\*\*([^*\n]{1,1000})\*\*\*/g, '\u0001_$1_\u0001')
		.replace(/\*\*([^*\n]{1,1000})\*\*|__([^_\n]{1,1000})__/g, (_, stars?: string, lines?: string) => `\u0001${stars ?? lines ?? ''}\u0001`)
		.replace(/(?<![\w*])\*(?![\s*])([^*\n]{1,1000}?)(?<!\s)\*(?![\w*])/g, '_$1_')
		.replace(/~~([^~\n]{1,1000})~~/g, '~$1~')
		.replace(/\\([!-/:-@[-`{-~])/g, '$1')
		.replaceAll('\u0001', '*');
}

/** A text for channels that show it as it is typed, with WhatsApp's marks. */
export function plainText(text: string, format: TextFormat): string {
	if (format === 'asIs') return text;
	return markdownToWhatsApp(format === 'html' ? htmlToMarkdown(text) : text);
}
