import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields, Item } from '../../shared/operation/item';
import { fillTemplate as fill } from '../../shared/whatsapp/fill';
import type { WhatsAppTemplate } from '../../shared/whatsapp/template';
import { chatwootRules, findTemplate, templateParams, withoutLiquid } from '../helpers/templates';
import type { AccountClient } from '../transport/client';

/** The values of the chosen template's variables. */
export const templateVariables: INodeProperties = {
	displayName: 'Template Variables',
	name: 'templateVariables',
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	noDataExpression: true,
	description: 'What stands in the places that the template leaves open',
	typeOptions: {
		loadOptionsDependsOn: ['account.value', 'conversationId.value', 'inboxId.value', 'template.value'],
		resourceMapper: {
			resourceMapperMethod: 'templateVariables',
			mode: 'add',
			valuesLabel: 'Template Variables',
			fieldWords: { singular: 'variable', plural: 'variables' },
			addAllFields: true,
			supportAutoMap: false,
			noFieldsError: 'This template has no variables; nothing to fill in.',
		},
	},
};

/** Template variables that come from earlier nodes. */
export const templateVariablesJson: INodeProperties = {
	displayName: 'Template Variables (JSON)',
	name: 'templateVariablesJson',
	type: 'json',
	default: '{}',
	description: 'For variables that come from earlier nodes: an object such as {"body_1": "Ana", "header_media_url": "https://example.com/offer.jpg", "header_media_name": "Offer.pdf", "button_0": "offer"}; a one-time code is called "code"',
};

/** What is done with braces in a template's values. */
export const placeholdersInValues: INodeProperties = {
	displayName: 'Placeholders in Values',
	name: 'placeholders',
	type: 'options',
	options: [
		{ name: 'Fill In Contact Data', value: 'fill', description: 'Chatwoot puts in what stands for the contact: {{contact.first_name}}, {{contact.email}}, {{contact.custom_attribute.plan}}' },
		{ name: 'Refuse', value: 'refuse', description: 'A value with {{…}} or {…} in it is an error: nobody has filled it in' },
		{ name: 'Send as They Are', value: 'literal', description: 'The customer reads the braces, for example because the text comes from a person' },
	],
	default: 'refuse',
	description: 'What to do with braces such as {{1}}, {{contact.name}} or {name} in the values',
};

type Placeholders = 'fill' | 'literal' | 'refuse';

export interface TemplateInput {
	template: string;
	values: IDataObject;
	placeholders: Placeholders;
}

/**
 * Reads the template and its values; they are checked against the template when sending.
 *
 * @param placeholders what is done with braces when the item does not say
 */
export function readTemplate(item: Item, extra: Fields, placeholders: Placeholders = 'refuse'): TemplateInput {
	return {
		template: item.requiredLocator('template'),
		values: { ...item.mapped('templateVariables'), ...extra.object('templateVariablesJson') },
		placeholders: extra.choice('placeholders', ['fill', 'literal', 'refuse'] as const) ?? placeholders,
	};
}

/** Looks the template up in the inbox, fills it in, and refuses what WhatsApp would refuse later. */
export async function fillTemplate(account: AccountClient, inboxId: string, { template: key, values, placeholders = 'refuse' }: Omit<TemplateInput, 'placeholders'> & { placeholders?: Placeholders }): Promise<{ params: IDataObject; text: string; template: WhatsAppTemplate }> {
	const template = await findTemplate(account, inboxId, key);
	const filled = fill(template, values, { ...chatwootRules, placeholders: placeholders === 'fill' ? contactPlaceholder : placeholders });
	const { problem } = filled;
	if (problem) throw account.http.error(`'${problem.of === 'template' ? 'Template' : 'Template Variables'}' ${problem.what}`, problem.advice);
	const literal = placeholders !== 'fill';
	return { params: templateParams(template, filled, literal), text: literal ? withoutLiquid(filled.text) : filled.text, template };
}

/**
 * A placeholder that Chatwoot fills in when it sends, as it wants it; undefined when it knows none of that name. Double
 * quotes break there.
 */
export function contactPlaceholder(inside: string): string | undefined {
	const known = /^(?:contact\.(?:name|first_name|last_name|email|phone_number|custom_attribute\.[a-z\d_]{1,100})|agent\.(?:name|first_name|last_name|email)|inbox\.name|account\.name|conversation\.(?:display_id|custom_attribute\.[a-z\d_]{1,100}))$/;
	const [name = '', ...filters] = inside.split('|').map((part) => part.trim());
	if (!known.test(name)) return undefined;
	const plain = filters.map((filter) => {
		const fallback = /^default:\s{0,5}(?:"([^"'{}]{0,200})"|'([^"'{}]{0,200})'|“([^”'{}]{0,200})”)$/.exec(filter);
		if (fallback) return `default: '${fallback[1] ?? fallback[2] ?? fallback[3] ?? ''}'`;
		return /^(?:capitalize|downcase|upcase|strip)$/.test(filter) ? filter : undefined;
	});
	return plain.includes(undefined) ? undefined : [name, ...plain].join(' | ');
}
