import type { FieldType, ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { CallbellClient } from '../client';
import { accountCustomFields } from '../customFields';
import { variableCount } from '../template';

const fieldTypes: Record<string, FieldType> = { number: 'number', date: 'dateTime', dropdown: 'options', checkbox: 'array' };

/** The account's custom fields, as far as its contacts show them. */
export async function contactCustomFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const callbell = await CallbellClient.connect(this);
	const found = await accountCustomFields(callbell);
	return {
		fields: found.map(({ name, type, options }) => {
			const choices = type === 'dropdown' ? options.map((option) => ({ name: option, value: option })) : [];
			const mapperType = fieldTypes[type] ?? 'string';
			return {
				id: name,
				displayName: type === 'checkbox' && options.length ? `${name} (${options.join(', ')})` : name,
				required: false,
				defaultMatch: false,
				display: true,
				// A choice without choices would leave nothing to pick.
				type: mapperType === 'options' && choices.length === 0 ? ('string' as const) : mapperType,
				...(choices.length ? { options: choices } : {}),
			};
		}),
	};
}

/** One field for each variable of the chosen template, with the words around it. */
export async function templateVariables(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const chosen: unknown = this.getCurrentNodeParameter('templateId', { extractValue: true });
	const id = typeof chosen === 'string' ? chosen.trim() : '';
	if (!id || id.startsWith('=')) return { fields: [], emptyFieldsNotice: "Pick a template first. For a template by expression, use 'Variables as List'." };
	const callbell = await CallbellClient.connect(this);
	const template = await callbell.template(id);
	return {
		fields: Array.from({ length: variableCount(template) }, (_, index) => ({
			id: String(index + 1),
			displayName: wordsAround(String(template.text ?? ''), index + 1),
			required: true,
			defaultMatch: false,
			display: true,
			type: 'string' as const,
		})),
	};
}

/** "Hi {{1}}, your order" for a variable, so that people see what it stands for. */
function wordsAround(text: string, variable: number): string {
	const found = new RegExp(`(?:\\S+\\s+){0,3}\\S*\\{\\{\\s*${variable}\\s*\\}\\}\\S*(?:\\s+\\S+){0,3}`).exec(text.replace(/\s+/g, ' '));
	return found ? found[0].trim() : `{{${variable}}}`;
}
