import type { FieldType, IDataObject, ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import { pickedId } from '../../shared/methods/listSearch';
import { path } from '../../shared/http/httpClient';
import { fieldsOrNotice, severalOf, yesOrNo } from '../../shared/descriptions/mapper';
import { templateFields } from '../../shared/whatsapp/fields';
import { parseTemplate } from '../../shared/whatsapp/template';
import { table } from '../../shared/values/table';
import { fieldOptions } from '../helpers/accountFields';
import { KinboxClient } from '../transport/client';

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
	const options = type === 'options' || several ? fieldOptions(field.options).map(({ label, value }) => ({ name: label, value })) : [];
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
