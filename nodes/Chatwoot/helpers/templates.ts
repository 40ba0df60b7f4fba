import type { IDataObject } from 'n8n-workflow';

import { wordsAround } from '../../shared/descriptions/mapper';
import { path } from '../../shared/http/httpClient';
import { objectOrEmpty } from '../../shared/values/read';
import type { AccountClient } from '../transport/client';

/** One value that a WhatsApp template wants. */
export interface TemplateVariable {
	/** header_1, header_media_url, body_1, body_name, button_0 */
	id: string;
	label: string;
	/** The text around it, for people. */
	words?: string;
}

/** A WhatsApp template as the inbox lists it (`MessageTemplate`). */
export interface Template {
	name: string;
	language: string;
	category?: string;
	namespace?: string;
	components: IDataObject[];
}

/** The value of a template in a list: names alone can stand for several languages. */
export const templateKey = ({ name, language }: Pick<Template, 'name' | 'language'>): string => `${name}|${language}`;

/** The approved templates of a WhatsApp inbox, as synchronised last. */
export async function templatesOf(account: AccountClient, inboxId: string): Promise<Template[]> {
	const { message_templates: templates } = await account.getOnce(path`/inboxes/${inboxId}`);
	// Before the first synchronisation this is an empty object.
	if (!Array.isArray(templates)) return [];
	return (templates as IDataObject[])
		.filter(({ status }) => status === undefined || status === null || String(status).toLowerCase() === 'approved')
		.map((template) => ({
			name: String(template.name),
			language: String(template.language ?? ''),
			...(template.category ? { category: String(template.category) } : {}),
			...(template.namespace ? { namespace: String(template.namespace) } : {}),
			components: Array.isArray(template.components) ? (template.components as IDataObject[]) : [],
		}));
}

/** Finds a template by "name|language", or by its name when there is only one of it. */
export async function findTemplate(account: AccountClient, inboxId: string, key: string): Promise<Template> {
	const templates = await templatesOf(account, inboxId);
	const named = templates.filter(({ name }) => name === key.split('|')[0]);
	const found = templates.find((template) => templateKey(template) === key) ?? (key.includes('|') || named.length !== 1 ? undefined : named[0]);
	if (found) return found;
	const known = (named.length ? named : templates).slice(0, 10).map(templateKey).join(', ');
	throw account.http.error(
		`The inbox has no approved template '${key}'`,
		known ? `It has: ${known}.` : 'It has no approved templates at all. Is it a WhatsApp inbox, and were its templates synchronised?',
	);
}

const partOf = (template: Template, type: string) => template.components.find((component) => String(component.type).toUpperCase() === type);
const placeholders = (text: unknown) => [...new Set([...String(text ?? '').matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g)].map((match) => match[1] as string))];
const mediaFormats = new Set(['IMAGE', 'VIDEO', 'DOCUMENT']);

/** What a template wants to have filled in, in reading order. */
export function variablesOf(template: Template): TemplateVariable[] {
	const header = partOf(template, 'HEADER');
	const format = String(header?.format ?? 'TEXT').toUpperCase();
	const body = partOf(template, 'BODY');
	const variables: TemplateVariable[] = [];
	if (header && mediaFormats.has(format)) variables.push({ id: 'header_media_url', label: `Header: URL of the ${format.toLowerCase()}` });
	else for (const name of placeholders(header?.text)) variables.push({ id: `header_${name}`, label: `Header {{${name}}}`, words: `Header: ${wordsAround(String(header?.text), name)}` });
	for (const name of placeholders(body?.text)) variables.push({ id: `body_${name}`, label: `Text {{${name}}}`, words: wordsAround(String(body?.text), name) });
	for (const [index, button] of buttonsOf(template).entries()) {
		const type = String(button.type).toUpperCase();
		if (type === 'COPY_CODE') variables.push({ id: `button_${index}`, label: `Button ${index + 1}: code to copy` });
		else if (type === 'URL' && placeholders(button.url).length) variables.push({ id: `button_${index}`, label: `Button ${index + 1} (${String(button.text ?? 'link')}): end of the address` });
	}
	return variables;
}

function buttonsOf(template: Template): IDataObject[] {
	const buttons = partOf(template, 'BUTTONS')?.buttons;
	return Array.isArray(buttons) ? (buttons as IDataObject[]) : [];
}

/**
 * `TemplateParams` for a template and the values of its variables.
 *
 * @param values by the ids of {@link variablesOf}
 */
export function templateParams(template: Template, values: IDataObject): IDataObject {
	const text = (id: string) => String(values[id] ?? '');
	const section = (prefix: string) => Object.fromEntries(
		variablesOf(template).filter(({ id }) => id.startsWith(prefix)).map(({ id }) => [id.slice(prefix.length), text(id)]),
	);
	const header = section('header_');
	if ('media_url' in header) header.media_type = String(partOf(template, 'HEADER')?.format).toLowerCase();
	const body = section('body_');
	const wanted = new Set(variablesOf(template).map(({ id }) => id));
	// By position: buttons without a variable keep their place.
	const buttons = buttonsOf(template).map((button, index) => (wanted.has(`button_${index}`)
		? { type: String(button.type).toUpperCase() === 'COPY_CODE' ? 'copy_code' : 'url', parameter: text(`button_${index}`) }
		: null));
	const processed = {
		...(Object.keys(header).length ? { header } : {}),
		...(Object.keys(body).length ? { body } : {}),
		...(buttons.some(Boolean) ? { buttons } : {}),
	};
	return {
		name: template.name,
		language: template.language,
		...(template.category ? { category: template.category } : {}),
		...(template.namespace ? { namespace: template.namespace } : {}),
		processed_params: processed,
	};
}

/** The template's text with the values in it, as the dashboard shows the message. */
export function renderedText(template: Template, values: IDataObject): string {
	const text = String(objectOrEmpty(partOf(template, 'BODY')).text ?? template.name);
	return text.replace(/\{\{\s*([^{}\s]+)\s*\}\}/g, (whole, name: string) => String(values[`body_${name}`] ?? whole));
}

/** The labels of the variables without a value. */
export function missingVariables(template: Template, values: IDataObject): string[] {
	return variablesOf(template).filter(({ id }) => values[id] === undefined || values[id] === null || values[id] === '').map(({ label }) => label);
}
