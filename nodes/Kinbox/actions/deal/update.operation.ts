import { path } from '../../../shared/http/httpClient';
import { LostWrites } from '../../../shared/operation/lostWrites';
import { operation } from '../../../shared/operation/operation';
import { objectOrEmpty, withoutUndefined } from '../../../shared/values/read';
import { dealLocator } from '../../descriptions/locators';
import { setFields } from '../../helpers/customFields';
import type { KinboxClient } from '../../transport/client';
import { dealOutput } from './deal';
import { dealFields, readDealFields, toDealBody, type DealInput } from './deal.fields';

/**
 * `PATCH /v3/deals/{id}` or `PATCH /v1/deals/{id}`. Custom fields that are not changed are sent along: the vendor does
 * not say whether they are kept otherwise.
 */
export const update = operation<KinboxClient, DealInput, LostWrites>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update deal',
		description: 'Change fields of a deal; fields left empty stay as they are',
	},
	record: dealLocator,
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Wedding cake, Ana Souza',
			description: 'The new title; left empty, it stays as it is',
		},
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1200',
			description: 'The new amount (Valor); left empty, it stays as it is',
		},
		...dealFields,
	],
	output: dealOutput,
	read(item) {
		const { body, products, tags } = readDealFields(item);
		const whole = { ...withoutUndefined({ name: item.text('name'), value: item.number('value', { min: 0 }) }), ...body };
		if (Object.keys(whole).length === 0 && products.length === 0 && !tags) throw item.refuse('dealId', 'is given, but no field to change', 'Fill in at least one field of the deal.');
		return { body: whole, products, tags };
	},
	begin: async (kinbox) => await Promise.resolve(new LostWrites(kinbox.http)),
	async run({ id, ...input }, kinbox, { item, itemIndex, state }) {
		const { customFields, ...body } = await toDealBody(input, kinbox, item);
		const address = path`/deals/${id}`;
		if (customFields === undefined) return await kinbox.patch(address, body);
		return await setFields(kinbox, { path: address, record: `deal ${id}`, index: itemIndex, lost: state }, objectOrEmpty(customFields), body);
	},
	end: async (lost) => await lost.finish(),
});
