import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { LostWrites } from '../../../shared/operation/lostWrites';
import { operation } from '../../../shared/operation/operation';
import { objectOrEmpty } from '../../../shared/values/read';
import { customFieldsJson, dealCustomFieldsMapper, readCustomFields } from '../../descriptions/customFields';
import { dealLocator } from '../../descriptions/locators';
import { withFittingFields } from '../../helpers/accountFields';
import { setFields } from '../../helpers/customFields';
import type { KinboxClient } from '../../transport/client';
import { dealOutput } from './deal';

/**
 * One text: v3's call for a single field (`PATCH /v3/deals/{id}/custom-field`, `V3DealCustomFieldUpdate`). Otherwise
 * `PATCH /v3/deals/{id}` or `PATCH /v1/deals/{id}` with all custom fields of the deal: the vendor does not say whether
 * fields that are not sent are kept, so they are read before.
 */
export const setCustomFields = operation<KinboxClient, { fields: IDataObject }, LostWrites>({
	option: {
		name: 'Set Custom Fields',
		value: 'setCustomFields',
		action: 'Set custom fields of deal',
		description: 'Set some custom fields (Campos Personalizados) of a deal; the others stay as they are',
	},
	record: dealLocator,
	properties: [dealCustomFieldsMapper, customFieldsJson],
	output: dealOutput,
	read(item) {
		const fields = readCustomFields(item);
		if (!fields) throw item.refuse('customFields', 'has no field with a value', 'Fill in at least one custom field.');
		return { fields };
	},
	begin: async (kinbox) => await Promise.resolve(new LostWrites(kinbox.http)),
	async run({ id, fields: given }, kinbox, { item, itemIndex, state }) {
		const fields = (await withFittingFields(kinbox, 'deal', { customFields: given }, item)).customFields as IDataObject;
		const [[key, field] = ['', undefined], ...others] = Object.entries(fields);
		const { value } = objectOrEmpty(field);
		if (kinbox.generation === 'v3' && others.length === 0 && typeof value === 'string') {
			return await kinbox.patch(path`/deals/${id}/custom-field`, { key, value });
		}
		return await setFields(kinbox, { path: path`/deals/${id}`, record: `deal ${id}`, index: itemIndex, lost: state }, fields);
	},
	end: async (lost) => await lost.finish(),
});
