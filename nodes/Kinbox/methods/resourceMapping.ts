import type { FieldType, IDataObject, ILoadOptionsFunctions, INodePropertyOptions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import { pickedId } from '../../shared/methods/listSearch';
import { path } from '../../shared/http/httpClient';
import { fieldsOrNotice, severalOf, yesOrNo } from '../../shared/descriptions/mapper';
import { templateFields } from '../../shared/whatsapp/fields';
import { parseTemplate } from '../../shared/whatsapp/template';
import { KinboxClient } from '../transport/client';
import { table } from '../../shared/values/table';

const fieldTypes: Record<string, FieldType> = table({
	number: 'number',
	decimal: 'number',
	select: 'options',
	datetime: 'dateTime',
	json: 'object',
});

/** The account's custom fields of one kind of record, by their placeholder; without deleted ones. */
async function customFieldsOf(context: ILoadOptionsFunctions, entity: string): Promise<ResourceMapperFields> {
	return await fieldsOrNotice(context, async () => {
		const kinbox = await KinboxClient.connect(context);
		const fields = (await kinbox.listAtOnce('/custom-fields'))
			.filter((field) => field.entity === entity && !field.isDeleted && field.isActive !== false)
			.sort((a, b) => Number(a.position ?? 0) - Number(b.position ?? 0))
			.map(toMapperField);
		return { fields, ...(fields.length ? {} : { emptyFieldsNotice: `This Kinbox account has no custom fields for ${entity}s.` }) };
	});
}

function toMapperField(field: IDataObject): ResourceMapperField {
	const type = fieldTypes[String(field.type)] ?? 'string';
	const several = field.type === 'multi-select';
	const options = type === 'options' || several ? optionsOf(field.options) : [];
	const name = String(field.name ?? field.placeholder);
	return {
		id: String(field.placeholder ?? field.id),
		displayName: several && options.length ? `${name} (${options.map((option) => option.name).join(', ')})` : name,
		required: false,
		defaultMatch: false,
		display: true,
		// A choice without choices would leave nothing to pick.
		type: type === 'options' && options.length === 0 ? 'string' : type,
		...(options.length ? { options } : {}),
		...(field.type === 'boolean' ? yesOrNo : {}),
		...(several ? severalOf(options) : {}),
	};
}

// Kinbox gives the options as an array, sometimes as the text of one.
function optionsOf(value: unknown): INodePropertyOptions[] {
	let options = value;
	if (typeof value === 'string') {
		try {
			options = JSON.parse(value);
		} catch {
			return [];
		}
	}
	if (!Array.isArray(options)) return [];
	return options
		.map((option: unknown) => (option !== null && typeof option === 'object' ? (option as IDataObject) : { value: option as string }))
		.filter((option) => option.value !== undefined && option.value !== null)
		.map((option) => ({ name: String(option.label ?? option.value), value: String(option.value) }));
}

export async function contactCustomFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await customFieldsOf(this, 'contact');
}

export async function dealCustomFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await customFieldsOf(this, 'deal');
}

export async function productCustomFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await customFieldsOf(this, 'product');
}

/** The blanks of the template that is picked in the node. */
export async function templateVariables(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const channel = pickedId(this, 'channelId');
	const template = pickedId(this, 'templateId');
	if (!channel || !template) return { fields: [], emptyFieldsNotice: 'Pick a channel and a template to see its variables.' };
	return await fieldsOrNotice(this, async () => {
		const kinbox = await KinboxClient.connect(this);
		kinbox.needs('v1', 'The list of template variables');
		const templates = await kinbox.listAtOnce(path`/channels/${channel}/templates`);
		const found = templates.find(({ id }) => String(id) === template);
		const fields = found ? templateFields(parseTemplate(found)) : [];
		return { fields, ...(fields.length ? {} : { emptyFieldsNotice: found ? 'This template has no variables.' : 'The channel has no such template.' }) };
	});
}
