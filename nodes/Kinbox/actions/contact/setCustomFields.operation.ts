import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { objectOrEmpty } from '../../../shared/values/read';
import { contactLocator } from '../../descriptions/locators';
import { wrapCustomFields } from '../../helpers/customFields';
import type { KinboxClient } from '../../transport/client';
import { contactOutput } from './contact';
import { customFieldsOfContact } from './contact.fields';

/**
 * `PATCH /contacts/{id}` with all custom fields of the contact: the vendor does not say whether fields that are not
 * sent are kept, so they are read before and sent along.
 */
export const setCustomFields = operation<KinboxClient, { fields: IDataObject }>({
	option: {
		name: 'Set Custom Fields',
		value: 'setCustomFields',
		action: 'Set custom fields of contact',
		description: 'Set some custom fields (Campos Personalizados) of a contact; the others stay as they are',
	},
	record: contactLocator,
	properties: [
		customFieldsOfContact,
		{
			displayName: 'Custom Fields (JSON)',
			name: 'customFieldsJson',
			type: 'json',
			default: '{}',
			description: 'For custom fields that come from earlier nodes: an object of field placeholder and value, such as {"cpf": "000.000.000-00"}',
		},
	],
	output: contactOutput,
	read(item) {
		const fields = { ...item.mapped('customFields'), ...item.object('customFieldsJson') };
		if (Object.keys(fields).length === 0) throw item.refuse('customFields', 'has no field with a value', 'Fill in at least one custom field.');
		return { fields };
	},
	async run({ id, fields }, kinbox) {
		const contact = await kinbox.get(path`/contacts/${id}`);
		return await kinbox.patch(path`/contacts/${id}`, { customFields: { ...objectOrEmpty(contact.customFields), ...wrapCustomFields(fields) } });
	},
});
