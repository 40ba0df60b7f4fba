import type { FieldType, ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { fieldsOrNotice, severalOf } from '../../shared/descriptions/mapper';
import { templateFields } from '../../shared/whatsapp/fields';
import { CallbellClient } from '../transport/client';
import { accountCustomFields } from '../helpers/accountNames';
import { whatsappTemplate } from '../helpers/templates';
import { table } from '../../shared/values/table';

const fieldTypes: Record<string, FieldType> = table({ number: 'number', date: 'dateTime', dropdown: 'options' });

/** The account's custom fields, as far as its contacts show them. */
export async function contactCustomFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await fieldsOrNotice(this, async () => await customFieldsOf(await CallbellClient.connect(this)));
}

async function customFieldsOf(callbell: CallbellClient): Promise<ResourceMapperFields> {
	const found = await accountCustomFields(callbell);
	return {
		...(found.length ? {} : { emptyFieldsNotice: "No contact of the account shows custom fields yet. Use 'Custom Fields by Name' under Additional Fields." }),
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
				...(type === 'checkbox' ? severalOf(options.map((option) => ({ name: option, value: option }))) : {}),
			};
		}),
	};
}

/** One field for each variable of the chosen template, with the words around it. */
export async function templateVariables(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const chosen: unknown = this.getCurrentNodeParameter('templateId', { extractValue: true });
	const id = typeof chosen === 'string' ? chosen.trim() : '';
	if (!id || id.startsWith('=')) return { fields: [], emptyFieldsNotice: "Pick a template first. For a template by expression, use 'Variables as List'." };
	return await fieldsOrNotice(this, async () => await variablesOf(await CallbellClient.connect(this), id));
}

async function variablesOf(callbell: CallbellClient, id: string): Promise<ResourceMapperFields> {
	// The file of the header has fields of its own.
	const fields = templateFields(whatsappTemplate(await callbell.template(id))).filter((field) => field.id.startsWith('body_'));
	return {
		...(fields.length ? {} : { emptyFieldsNotice: 'This template has no variables.' }),
		fields: fields.map((field) => ({ ...field, id: field.id.slice('body_'.length) })),
	};
}
