import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields, Item } from '../../shared/operation/item';
import { findTemplate, missingVariables, renderedText, templateParams } from '../helpers/templates';
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
		loadOptionsDependsOn: ['account.value', 'inboxId.value', 'template.value'],
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
	description: 'For variables that come from earlier nodes: an object such as {"body_1": "Ana", "header_media_url": "https://example.com/offer.jpg", "button_0": "offer"}',
};

export interface TemplateInput {
	template: string;
	values: IDataObject;
}

/** Reads the template and its values; they are checked against the template when sending. */
export function readTemplate(item: Item, extra: Fields): TemplateInput {
	return {
		template: item.requiredLocator('template'),
		values: { ...item.mapped('templateVariables'), ...extra.object('templateVariablesJson') },
	};
}

/** Looks the template up in the inbox and fills it in. */
export async function fillTemplate(account: AccountClient, inboxId: string, { template: key, values }: TemplateInput): Promise<{ params: IDataObject; text: string }> {
	const template = await findTemplate(account, inboxId, key);
	const missing = missingVariables(template, values);
	if (missing.length) {
		throw account.http.error(`'Template Variables' lacks ${missing.join(' and ')}`, `The template '${template.name}' needs a value for each of its variables.`);
	}
	return { params: templateParams(template, values), text: renderedText(template, values) };
}
