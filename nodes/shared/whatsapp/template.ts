import type { IDataObject } from 'n8n-workflow';

import type { MediaKind } from './media';
import { table } from '../values/table';

/** One value that a template wants. */
export interface TemplateVariable {
	/** header_1, header_media_url, header_media_name, body_1, body_name, button_0, code; inside a card card_0_body_1 and so on. */
	id: string;
	kind: 'code' | 'copyCode' | 'fileName' | 'mediaUrl' | 'text' | 'urlPart';
	/** For people. */
	label: string;
	/** The text around it, for people. */
	words?: string;
	required: boolean;
	part: 'body' | 'button' | 'header';
	/** Name or number of the variable in the text. */
	name?: string;
	media?: MediaKind;
	/** Position among the buttons, from 0. */
	button?: number;
	/** Position among the cards, from 0. */
	card?: number;
}

export interface TemplateButton {
	/** As WhatsApp calls it, in capitals: QUICK_REPLY, URL, PHONE_NUMBER, COPY_CODE, OTP … */
	type: string;
	text: string;
	url: string;
}

/** A template without cards, or one card. */
export interface TemplatePart {
	/** Format in capitals; undefined without a header. */
	header?: { format: string; text: string };
	body: string;
	buttons: TemplateButton[];
}

/** A template as WhatsApp describes it, read from any vendor's record of it. */
export interface WhatsAppTemplate extends TemplatePart {
	name: string;
	language: string;
	/** Small letters; empty when the record has none. */
	status: string;
	category: string;
	namespace?: string;
	cards: TemplatePart[];
	/** Whether it carries a one-time code. */
	authentication: boolean;
	/** Components that are neither text, file, buttons nor cards, in capitals. */
	foreign: string[];
	/** In reading order. */
	variables: TemplateVariable[];
}

const objects = (value: unknown): IDataObject[] => (Array.isArray(value) ? value.filter((entry): entry is IDataObject => entry !== null && typeof entry === 'object' && !Array.isArray(entry)) : []);
const capitals = (value: unknown) => String(value ?? '').trim().toUpperCase();
const textIn = (value: unknown) => (typeof value === 'string' ? value : '');

/** The variables of a text in order: `{{1}}`, `{{ 1 }}`, `{{first_name}}`. */
export function placeholders(text: string): string[] {
	return [...new Set([...text.matchAll(/\{\{\s*([^{}\s]{1,100})\s*\}\}/g)].map(([, name]) => name as string))];
}

/** A text with its variables replaced; what has no value stays. */
export function filledText(text: string, value: (name: string) => string | undefined): string {
	return text.replace(/\{\{\s*([^{}\s]{1,100})\s*\}\}/g, (whole, name: string) => value(name) ?? whole);
}

/**
 * Reads a template.
 *
 * @param record Meta's form: `name`, `language`, `status`, `category`, `components` (`type`, `format`, `text`, `buttons`, `cards`)
 */
export function parseTemplate(record: IDataObject): WhatsAppTemplate {
	const components = objects(record.components);
	const whole = partOf(components);
	const cards = components.filter(({ type }) => capitals(type) === 'CAROUSEL').flatMap((carousel) => objects(carousel.cards)).map(({ components: inside }) => partOf(objects(inside)));
	const known = new Set(['HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'CAROUSEL']);
	const category = textIn(record.category);
	const authentication = capitals(category) === 'AUTHENTICATION' || whole.buttons.some(({ type }) => type === 'OTP');
	return {
		...whole,
		name: String(record.name ?? ''),
		language: textIn(record.language),
		status: String(record.status ?? '').toLowerCase(),
		category,
		...(record.namespace ? { namespace: String(record.namespace) } : {}),
		cards,
		authentication,
		foreign: components.map(({ type }) => capitals(type)).filter((type) => !known.has(type)),
		variables: authentication ? codeVariables(whole) : [...variablesOfPart(whole), ...cards.flatMap((card, index) => variablesOfPart(card, index))],
	};
}

function partOf(components: IDataObject[]): TemplatePart {
	const find = (type: string) => components.find((component) => capitals(component.type) === type);
	const header = find('HEADER');
	return {
		...(header ? { header: { format: capitals(header.format) || 'TEXT', text: textIn(header.text) } } : {}),
		body: textIn(find('BODY')?.text),
		buttons: objects(find('BUTTONS')?.buttons).map((button) => ({ type: capitals(button.type), text: textIn(button.text), url: textIn(button.url) })),
	};
}

const mediaKinds: Record<string, MediaKind> = table({ DOCUMENT: 'document', IMAGE: 'image', VIDEO: 'video' });

function variablesOfPart({ header, body, buttons }: TemplatePart, card?: number): TemplateVariable[] {
	const [before, place, of] = card === undefined ? ['', '', {}] : [`card_${card}_`, `Card ${card + 1}, `, { card }];
	const media = mediaKinds[header?.format ?? ''];
	const variables: TemplateVariable[] = [];
	if (media) {
		variables.push({ id: `${before}header_media_url`, kind: 'mediaUrl', label: `${place}Header: URL of the ${media}`, required: true, part: 'header', media, ...of });
		if (media === 'document') variables.push({ id: `${before}header_media_name`, kind: 'fileName', label: `${place}Header: file name`, required: false, part: 'header', media, ...of });
	} else if (header?.format === 'TEXT') {
		for (const name of placeholders(header.text)) variables.push({ id: `${before}header_${name}`, kind: 'text', label: `${place}Header {{${name}}}`, words: `${place}Header: ${wordsAround(header.text, name)}`, required: true, part: 'header', name, ...of });
	}
	for (const name of placeholders(body)) variables.push({ id: `${before}body_${name}`, kind: 'text', label: `${place}Text {{${name}}}`, words: `${place}${wordsAround(body, name)}`, required: true, part: 'body', name, ...of });
	for (const [button, { type, text, url }] of buttons.entries()) {
		const about = { id: `${before}button_${button}`, required: true, part: 'button', button, ...of } as const;
		if (type === 'COPY_CODE') variables.push({ ...about, kind: 'copyCode', label: `${place}Button ${button + 1}: code to copy` });
		else if (type === 'URL' && placeholders(url).length) variables.push({ ...about, kind: 'urlPart', label: `${place}Button ${button + 1} (${text || 'link'}): end of the address` });
	}
	return variables;
}

/** The text and the button of an authentication template carry the same code. */
function codeVariables({ body, buttons }: TemplatePart): TemplateVariable[] {
	const button = buttons.findIndex(({ type, url }) => type === 'OTP' || type === 'COPY_CODE' || placeholders(url).length > 0);
	if (button < 0 && placeholders(body).length === 0) return [];
	return [{ id: 'code', kind: 'code', label: 'Code', required: true, part: 'body', ...(button < 0 ? {} : { button }) }];
}

/** A variable of a text with the words beside it, e.g. "your order {{1}} is": short, because the editor cuts long labels off. */
export function wordsAround(text: string, variable: string): string {
	// WhatsApp's texts have 1,024 characters at most.
	if (text.length > 2_000) return `{{${variable}}}`;
	const words = text.replace(/\{\{\s*([^{}\s]{1,100})\s*\}\}/g, '{{$1}}').split(/\s+/).filter(Boolean);
	const at = words.findIndex((word) => word.includes(`{{${variable}}}`));
	return at < 0 ? `{{${variable}}}` : words.slice(Math.max(0, at - 2), at + 2).join(' ');
}
