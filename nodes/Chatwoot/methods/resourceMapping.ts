import type { FieldType, IDataObject, ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import { pickedId } from '../../shared/methods/listSearch';
import { fieldsOrNotice, yesOrNo } from '../../shared/descriptions/mapper';
import { templateFields } from '../../shared/whatsapp/fields';
import type { SettingField } from '../actions/integration/integration';
import { connectionsOf, integration, integrations, settingFields } from '../actions/integration/integration';
import { findTemplateIn } from '../helpers/templates';
import { rowsIn } from '../transport/answers';
import { accountOf, inboxesWithTemplates } from './context';
import { table } from '../../shared/values/table';

const fieldTypes: Record<string, FieldType> = table({
	number: 'number',
	currency: 'number',
	percent: 'number',
	date: 'dateTime',
	list: 'options',
});

/** The custom attributes that the account has defined for one kind of record. */
async function attributesOf(context: ILoadOptionsFunctions, model: string): Promise<ResourceMapperFields> {
	return await fieldsOrNotice(context, async () => {
		const account = await accountOf(context);
		const fields = rowsIn(await account.get('/custom_attribute_definitions', { attribute_model: model })).map(toMapperField);
		return { fields, ...(fields.length ? {} : { emptyFieldsNotice: `This Chatwoot account has no custom attributes for ${model.replace('_attribute', '')}s.` }) };
	});
}

function toMapperField(definition: IDataObject): ResourceMapperField {
	const type = fieldTypes[String(definition.attribute_display_type)] ?? 'string';
	const values = Array.isArray(definition.attribute_values) ? definition.attribute_values.map(String) : [];
	const options = type === 'options' ? values.map((value) => ({ name: value, value })) : [];
	return {
		id: String(definition.attribute_key),
		displayName: String(definition.attribute_display_name ?? definition.attribute_key),
		required: false,
		defaultMatch: false,
		display: true,
		// A choice without choices would leave nothing to pick.
		type: type === 'options' && options.length === 0 ? 'string' : type,
		...(options.length ? { options } : {}),
		...(definition.attribute_display_type === 'checkbox' ? yesOrNo : {}),
	};
}

export async function contactCustomAttributes(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await attributesOf(this, 'contact_attribute');
}

export async function conversationCustomAttributes(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return await attributesOf(this, 'conversation_attribute');
}

/** The variables of the template that is picked in the node. */
export async function templateVariables(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const template = pickedId(this, 'template');
	if (template === undefined) return { fields: [], emptyFieldsNotice: 'Pick a template to see its variables.' };
	return await fieldsOrNotice(this, async () => {
		const account = await accountOf(this);
		const [inbox, ...others] = await inboxesWithTemplates(this, account);
		if (inbox === undefined) return { fields: [], emptyFieldsNotice: 'Pick a WhatsApp inbox, or a conversation in one, to see the variables of its templates.' };
		const fields = templateFields(await findTemplateIn(account, [inbox, ...others], template));
		return { fields, ...(fields.length ? {} : { emptyFieldsNotice: 'This template has no variables.' }) };
	});
}

const settingTypes: Record<string, FieldType> = table({ boolean: 'boolean', integer: 'number', number: 'number', object: 'object' });

function toSettingField({ name, label, type, required, choices }: SettingField): ResourceMapperField {
	return {
		id: name,
		displayName: label,
		required,
		defaultMatch: false,
		display: true,
		type: choices.length ? 'options' : (settingTypes[type] ?? 'string'),
		...(choices.length ? { options: choices } : {}),
		...(type === 'boolean' ? yesOrNo : {}),
	};
}

/** The settings of the integration that is picked in the node, or of that whose connection is. */
export async function integrationSettings(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	// A field of another operation cannot be asked for.
	const connecting = this.getCurrentNodeParameter('operation') === 'connect';
	const picked = connecting ? pickedId(this, 'integrationId') : undefined;
	const connection = connecting ? undefined : pickedId(this, 'connectionId');
	if (picked === undefined && connection === undefined) return { fields: [], emptyFieldsNotice: 'Pick an integration or a connection to see its settings.' };
	return await fieldsOrNotice(this, async () => {
		const account = await accountOf(this);
		const app = picked === undefined ? (await integrations(account)).find((one) => connectionsOf(one).some((hook) => String(hook.id) === connection)) : await integration(account, picked);
		const fields = settingFields(app ?? {}).map(toSettingField);
		return { fields, ...(fields.length ? {} : { emptyFieldsNotice: 'This integration asks for no settings, or is connected on a page of Chatwoot only.' }) };
	});
}
