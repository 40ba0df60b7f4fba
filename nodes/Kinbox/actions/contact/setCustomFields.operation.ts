import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { LostWrites } from '../../../shared/operation/lostWrites';
import { customFieldsJson, readCustomFields } from '../../descriptions/customFields';
import { contactLocator } from '../../descriptions/locators';
import { withFittingFields } from '../../helpers/accountFields';
import { setFields } from '../../helpers/customFields';
import type { KinboxClient } from '../../transport/client';
import { contactOutput } from './contact';
import { customFieldsOfContact } from './contact.fields';

/**
 * `PATCH /contacts/{id}` with all custom fields of the contact: the vendor does not say whether fields that are not
 * sent are kept, so they are read before and sent along.
 */
export const setCustomFields = operation<KinboxClient, { fields: IDataObject }, LostWrites>({
	option: {
		name: 'Set Custom Fields',
		value: 'setCustomFields',
		action: 'Set custom fields of contact',
		description: 'Set some custom fields (Campos Personalizados) of a contact; the others stay as they are',
	},
	record: contactLocator,
	properties: [
		customFieldsOfContact,
		customFieldsJson,
	],
	output: contactOutput,
	read(item) {
		const fields = readCustomFields(item);
		if (!fields) throw item.refuse('customFields', 'has no field with a value', 'Fill in at least one custom field.');
		return { fields };
	},
	begin: async (kinbox) => await Promise.resolve(new LostWrites(kinbox.http)),
	async run({ id, fields }, kinbox, { item, itemIndex, state }) {
		const { customFields } = await withFittingFields(kinbox, 'contact', { customFields: fields }, item);
		return await setFields(kinbox, { path: path`/contacts/${id}`, record: `contact ${id}`, index: itemIndex, lost: state }, customFields as IDataObject);
	},
	end: async (lost) => await lost.finish(),
});
