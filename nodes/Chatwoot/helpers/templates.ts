import type { IDataObject } from 'n8n-workflow';

import { path } from '../../shared/http/httpClient';
import type { FilledTemplate, FillRules } from '../../shared/whatsapp/fill';
import type { TemplateVariable, WhatsAppTemplate } from '../../shared/whatsapp/template';
import { parseTemplate } from '../../shared/whatsapp/template';
import type { AccountClient } from '../transport/client';
import { table } from '../../shared/values/table';
import { recordsOf } from '../../shared/values/read';

/**
 * What Chatwoot does with templates: it knows no component of cards, places and offers, leaves out the name of a header's
 * variable, and takes `< > " '` out of every value.
 */
export const chatwootRules: Omit<FillRules, 'placeholders'> = {
	vendor: 'Chatwoot',
	fileName: true,
	objects: true,
	lookAlikes: { "'": '’', '"': '“”', '<': '‹', '>': '›' },
};

/** The value of a template in a list: names alone can stand for several languages. */
export const templateKey = ({ name, language }: Pick<WhatsAppTemplate, 'name' | 'language'>): string => `${name}|${language}`;

/** The templates of a WhatsApp inbox, as synchronised last; also those that are not approved. */
export async function templatesOf(account: AccountClient, inboxId: string): Promise<WhatsAppTemplate[]> {
	const { message_templates: templates } = await account.getOnce(path`/inboxes/${inboxId}`);
	// Before the first synchronisation this is an empty object.
	return recordsOf(templates).map(parseTemplate);
}

export const isApproved = ({ status }: WhatsAppTemplate) => status === '' || status === 'approved';

/** Finds a template by "name|language", or by its name when there is only one of it. */
export async function findTemplate(account: AccountClient, inboxId: string, key: string): Promise<WhatsAppTemplate> {
	const templates = await templatesOf(account, inboxId);
	const approved = templates.filter(isApproved);
	const named = approved.filter(({ name }) => name === key.split('|')[0]);
	const found = approved.find((template) => templateKey(template) === key) ?? (key.includes('|') || named.length !== 1 ? undefined : named[0]);
	if (found) return found;
	const refused = templates.find((template) => !isApproved(template) && (templateKey(template) === key || template.name === key));
	if (refused && named.length === 0) {
		throw account.http.error(`'Template' cannot be sent: '${templateKey(refused)}' is ${refused.status.toUpperCase()} at WhatsApp`, 'Only approved templates go out. Choose another one, or wait until WhatsApp has approved it and synchronise the templates of the inbox.');
	}
	const known = (named.length ? named : approved).map(templateKey);
	throw account.http.error(
		`The inbox has no approved template '${key}'`,
		known.length ? `It has: ${known.slice(0, 10).join(', ')}${known.length > 10 ? ` and ${known.length - 10} more` : ''}.` : 'It has no approved templates at all. Is it a WhatsApp inbox, and were its templates synchronised?',
	);
}

/** As {@link findTemplate}, in the first of several inboxes that has it. */
export async function findTemplateIn(account: AccountClient, [inbox, ...others]: [string, ...string[]], key: string): Promise<WhatsAppTemplate> {
	for (const other of others.length ? [inbox, ...others] : []) {
		const found = await findTemplate(account, other, key).catch(() => undefined);
		if (found) return found;
	}
	return await findTemplate(account, inbox, key);
}

/** Chatwoot runs values and texts as Liquid; this keeps it from doing so. */
export function withoutLiquid(text: string): string {
	// What closes the block inside the text is taken apart, so that nothing gets out of it.
	return /\{[{%]/.test(text) ? `{% raw %}${text.replace(/\{%(-?\s*endraw\s*-?)%\}/g, "{% endraw %}{{ '{%' }}{% raw %}$1%}")}{% endraw %}` : text;
}

/**
 * `TemplateParams` for a filled template.
 *
 * @param literal whether braces in the values are to arrive as they are
 */
export function templateParams(template: WhatsAppTemplate, { values, objects }: Pick<FilledTemplate, 'objects' | 'values'>, literal: boolean): IDataObject {
	const valueOf = ({ id }: TemplateVariable): IDataObject | string => objects[id] ?? (literal ? withoutLiquid(values[id] ?? '') : (values[id] ?? ''));
	const header: IDataObject = {};
	const body: IDataObject = {};
	const buttons = new Map<number, IDataObject>();
	for (const variable of template.variables) {
		if (values[variable.id] === undefined) continue;
		const value = valueOf(variable);
		switch (variable.kind) {
			case 'mediaUrl':
				Object.assign(header, { media_url: value, media_type: variable.media });
				break;
			case 'fileName':
				header.media_name = value;
				break;
			case 'text':
				(variable.part === 'header' ? header : body)[variable.name!] = value;
				break;
			case 'code':
				// The code stands in the text and in the button.
				body['1'] = value;
				if (variable.button !== undefined) buttons.set(variable.button, { type: 'url', parameter: value });
				break;
			case 'copyCode':
			case 'urlPart':
				buttons.set(variable.button!, { type: variable.kind === 'copyCode' ? 'copy_code' : 'url', parameter: value });
		}
	}
	const last = Math.max(-1, ...buttons.keys());
	return {
		name: template.name,
		language: template.language,
		...(template.category ? { category: template.category } : {}),
		...(template.namespace ? { namespace: template.namespace } : {}),
		processed_params: {
			...(Object.keys(header).length ? { header } : {}),
			...(Object.keys(body).length ? { body } : {}),
			// Chatwoot counts the entries to know the place of a button, drops empty ones, and sends nothing for kinds without parameter.
			...(last < 0 ? {} : { buttons: Array.from({ length: last + 1 }, (_, index) => buttons.get(index) ?? { type: fillers[template.buttons[index]?.type ?? ''] ?? 'quick_reply' }) }),
		},
	};
}

/** Entries of buttons without a variable; a plain "url" would be sent with an empty text. */
const fillers: Record<string, string> = table({ PHONE_NUMBER: 'phone_number', QUICK_REPLY: 'quick_reply', URL: 'static_url' });
