import type { IDataObject } from 'n8n-workflow';

import { limits } from './limits';
import { mediaAddress } from './media';
import type { TemplatePart, TemplateVariable, WhatsAppTemplate } from './template';
import { filledText, placeholders } from './template';
import { addressPart, leftPlaceholder, oneLine, textOfValue } from './words';
import { table } from '../values/table';

/** What a vendor does with templates. */
export interface FillRules {
	/** Name of the vendor, for sentences. */
	vendor: string;
	/** Kinds that the vendor can send besides text, files and buttons. */
	carousel?: boolean;
	namedHeader?: boolean;
	/** Whether it passes on a name for a document in the header. */
	fileName?: boolean;
	/** Whether it passes on WhatsApp's own objects (currency, date_time) as values of the text. */
	objects?: boolean;
	/** Characters that the vendor takes out of values, with a sign that looks alike. */
	lookAlikes?: Record<string, string>;
	/**
	 * What is done with `{{…}}` and `{…}` in a value: `refuse` (nobody has filled them in), `literal` (the customer is to read
	 * them), or a function for vendors that fill them in: it gives the placeholder as the vendor wants it, or undefined when
	 * the vendor does not know it.
	 */
	placeholders: 'literal' | 'refuse' | ((inside: string) => string | undefined);
}

/** Why a template cannot go out like this. */
export interface TemplateProblem {
	/** Whether the template itself cannot be sent, or what is to stand in it. */
	of: 'template' | 'values';
	/** The end of a sentence that begins with the name of the field. */
	what: string;
	advice: string;
}

export interface FilledTemplate {
	/** By the variables' ids, as they have to go out. */
	values: Record<string, string>;
	/** WhatsApp's own objects among the values, by id. */
	objects: Record<string, IDataObject>;
	/** The template's text as the customer reads it; what the vendor fills in stands in it as it is. */
	text: string;
	problem?: TemplateProblem;
}

/**
 * Puts values into a template and checks all that WhatsApp would refuse only after the send call has answered.
 *
 * @param given by the ids of the template's variables; `1` stands for `body_1`, `header_image` for `header_media_url`
 */
export function fillTemplate(template: WhatsAppTemplate, given: IDataObject, rules: FillRules): FilledTemplate {
	const cannot = unsendable(template, rules);
	const values = table<string>({});
	const objects = table<IDataObject>({});
	const none: FilledTemplate = { values, objects, text: template.body };
	if (cannot) return { ...none, problem: cannot };
	const { byId, surplus, clash } = assign(template, given);
	const wrong: string[] = clash ? [clash] : [];
	const missing: string[] = [];
	for (const variable of template.variables) {
		const value = byId[variable.id];
		if (rules.objects && variable.part === 'body' && isMetaObject(value)) {
			objects[variable.id] = value;
			values[variable.id] = metaText(value);
			continue;
		}
		const read = readValue(value, variable, template, rules);
		if (read.wrong !== undefined) wrong.push(`${variable.label} ${read.wrong}`);
		else if (read.text !== '') values[variable.id] = read.text;
		else if (variable.required) missing.push(variable.label);
	}
	const text = filledText(template.body, (name) => values[template.authentication ? 'code' : `body_${name}`]);
	const filled: FilledTemplate = { values, objects, text };
	if (surplus.length) {
		const has = template.variables.map(({ id }) => id).join(', ');
		return { ...filled, problem: { of: 'values', what: `has ${surplus.slice(0, 5).map((id) => `'${id.slice(0, 60)}'`).join(' and ')}, which the template '${template.name}' does not have`, advice: has ? `It has: ${has}.` : 'This template has no variables; clear them.' } };
	}
	if (missing.length) return { ...filled, problem: { of: 'values', what: `lacks ${missing.join(' and ')}`, advice: `The template '${template.name}' needs a value for each of its variables; white space alone is none.` } };
	wrong.push(...tooLong(template, values));
	if (wrong.length) return { ...filled, problem: { of: 'values', what: `cannot be used: ${wrong.slice(0, 5).join('; ')}`, advice: `WhatsApp would refuse the template '${template.name}' with these values, or the customer would read something else.` } };
	return filled;
}

const plainButtons = new Set(['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'COPY_CODE', 'OTP', 'CATALOG']);

/** Why the vendor cannot send a template whatever stands in it; undefined when it can. */
export function unsendable(template: WhatsAppTemplate, rules: Pick<FillRules, 'carousel' | 'namedHeader' | 'vendor'>): TemplateProblem | undefined {
	const cannot = (kind: string): TemplateProblem => ({ of: 'template', what: `cannot be sent: ${rules.vendor} cannot send ${kind}`, advice: `Choose another template than '${template.name}'.` });
	if (template.status !== '' && template.status !== 'approved') {
		return { of: 'template', what: `cannot be sent: '${template.name}' is ${template.status.toUpperCase()} at WhatsApp`, advice: 'Only approved templates go out. Choose another one from the list.' };
	}
	if (template.cards.length && !rules.carousel) return cannot('carousel templates');
	if (template.foreign.length) return cannot(`templates with ${template.foreign.map(kindName).join(' and ')}`);
	const parts: TemplatePart[] = [template, ...template.cards];
	for (const { header, body, buttons } of parts) {
		if (header && !['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT'].includes(header.format)) return cannot(`templates with a ${kindName(header.format)} header`);
		if (header && !rules.namedHeader && placeholders(header.text).some((name) => !/^\d+$/.test(name))) return cannot('templates whose header has a named variable');
		const other = buttons.find(({ type }) => !plainButtons.has(type));
		if (other) return cannot(`templates with a ${kindName(other.type)} button`);
		for (const text of [header?.text ?? '', body]) {
			const numbers = placeholders(text).filter((name) => /^\d+$/.test(name));
			// WhatsApp numbers them without gaps; a number out of order is a record that was read wrongly.
			if (numbers.some((name) => Number(name) < 1 || Number(name) > numbers.length || String(Number(name)) !== name)) return { of: 'template', what: `cannot be sent: the variables of '${template.name}' are not numbered 1 to ${numbers.length}`, advice: 'Synchronise the templates, or create the template anew.' };
		}
	}
	return undefined;
}

const kindName = (type: string) => type.toLowerCase().replaceAll('_', ' ');

/** Brings older and shorter names of variables to their ids, and finds those that the template does not have. */
function assign(template: WhatsAppTemplate, given: IDataObject): { byId: IDataObject; surplus: string[]; clash?: string } {
	const known = new Set(template.variables.map(({ id }) => id));
	const byId = table<IDataObject[string]>({});
	const surplus: string[] = [];
	let clash: string | undefined;
	for (const [key, value] of Object.entries(given)) {
		const id = known.has(key) ? key : otherName(key, template);
		if (!known.has(id)) {
			if (textOfValue(value).text !== '') surplus.push(key);
			continue;
		}
		if (id === 'code' && byId.code !== undefined && String(byId.code) !== String(value)) clash = 'Code is given twice, and differently; the text and the button of an authentication template carry the same code';
		if (byId[id] === undefined || key === id) byId[id] = value;
	}
	return { byId, surplus, ...(clash ? { clash } : {}) };
}

function otherName(key: string, { authentication }: WhatsAppTemplate): string {
	if (authentication && /^(?:1|body_\w{1,30}|button_\d{1,2})$/.test(key)) return 'code';
	if (/^\d{1,3}$/.test(key)) return `body_${key}`;
	return key.replace(/^((?:card_\d{1,2}_)?header_)(?:image|video|document)$/, '$1media_url');
}

function readValue(value: unknown, variable: TemplateVariable, template: WhatsAppTemplate, rules: FillRules): { text: string; wrong?: undefined } | { text?: undefined; wrong: string } {
	const read = textOfValue(value);
	if (read.wrong !== undefined) return read;
	const line = oneLine(read.text);
	const lookAlikes = rules.lookAlikes ?? {};
	// Of some values nothing is left once the vendor has taken its characters out.
	if ([...line].every((character) => character === ' ' || Object.hasOwn(lookAlikes, character))) return { text: '' };
	const kept = placeholdersIn(line, rules);
	if (kept.wrong !== undefined) return kept;
	switch (variable.kind) {
		case 'mediaUrl': return mediaAddress(line, variable.media!);
		case 'fileName':
			if (!rules.fileName) return { wrong: `cannot be used: ${rules.vendor} passes no file name on` };
			return line.length > 240 ? { wrong: 'is longer than 240 characters' } : { text: line };
		case 'code':
		case 'copyCode': return line.length > limits.code ? { wrong: `has ${line.length} characters; WhatsApp takes ${limits.code} at most` } : { text: line };
		case 'urlPart': {
			const part = variable.card === undefined ? template : template.cards[variable.card];
			return addressPart(line, part?.buttons[variable.button!]?.url ?? '');
		}
		case 'text': {
			const text = withLookAlikes(kept.text, lookAlikes);
			return text.length > limits.templateValue ? { wrong: `has ${text.length} characters; WhatsApp takes ${limits.templateValue} at most` } : { text };
		}
	}
}

/** Replaces signs that the vendor would take out; not inside what the vendor fills in itself. */
function withLookAlikes(text: string, lookAlikes: Record<string, string>): string {
	let odd = false;
	return text.split(/(\{\{[^{}]{0,200}\}\})/).map((part) => (part.startsWith('{{') ? part : [...part].map((character) => {
		// Quotation marks open and close by turns.
		if (character === '"' && lookAlikes['"'] !== undefined) {
			odd = !odd;
			return lookAlikes['"'].charAt(odd ? 0 : 1);
		}
		return lookAlikes[character] ?? character;
	}).join(''))).join('');
}

function placeholdersIn(text: string, { placeholders: rule }: FillRules): { text: string; wrong?: undefined } | { text?: undefined; wrong: string } {
	if (rule === 'literal') return { text };
	if (rule === 'refuse') {
		const left = leftPlaceholder(text);
		return left === undefined ? { text } : { wrong: `has a placeholder that nobody has filled in: ${left.slice(0, 60)}` };
	}
	let unknown: string | undefined;
	const filled = text.replace(/\{\{([^{}]{0,200})\}\}/g, (whole, inside: string) => {
		const known = rule(inside.trim());
		unknown ??= known === undefined ? whole : undefined;
		return known === undefined ? whole : `{{${known}}}`;
	});
	unknown ??= leftPlaceholder(filled.replace(/\{\{[^{}]{0,200}\}\}/g, ''));
	return unknown === undefined ? { text: filled } : { wrong: `has a placeholder that is not known: ${unknown.slice(0, 60)}` };
}

/** Texts that are too long with their values; what the vendor fills in counts as nothing. */
function tooLong(template: WhatsAppTemplate, values: Record<string, string>): string[] {
	const length = (text: string, before: string) => filledText(text, (name) => (template.authentication ? values.code : values[`${before}${name}`])).replace(/\{\{[^{}]{0,200}\}\}/g, '').length;
	const found: string[] = [];
	const parts: Array<[TemplatePart, string, string]> = [[template, '', ''], ...template.cards.map((card, index): [TemplatePart, string, string] => [card, `card_${index}_`, `Card ${index + 1}: `])];
	for (const [{ header, body }, before, place] of parts) {
		const bodyLength = length(body, `${before}body_`);
		if (bodyLength > limits.templateBody && placeholders(body).length) found.push(`${place}the whole text has ${bodyLength} characters with its values; WhatsApp takes ${limits.templateBody} at most`);
		const headerLength = header?.format === 'TEXT' ? length(header.text, `${before}header_`) : 0;
		if (headerLength > limits.templateHeader && placeholders(header?.text ?? '').length) found.push(`${place}the header has ${headerLength} characters with its values; WhatsApp takes ${limits.templateHeader} at most`);
	}
	return found;
}

/** `{ type: 'currency', fallback_value, code, amount_1000 }` or `{ type: 'date_time', fallback_value }`. */
function isMetaObject(value: unknown): value is IDataObject {
	if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
	const { type, fallback_value: fallback, code, amount_1000: amount } = value as IDataObject;
	if (typeof fallback !== 'string' || oneLine(fallback) === '' || fallback.length > limits.templateValue) return false;
	return type === 'date_time' || (type === 'currency' && typeof code === 'string' && /^[A-Z]{3}$/.test(code) && Number.isInteger(amount));
}

const metaText = (value: IDataObject) => String(value.fallback_value);
