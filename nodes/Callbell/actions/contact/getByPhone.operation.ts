import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { operation } from '../../../shared/operation/operation';
import { channelLocator } from '../../descriptions/locators';
import type { CallbellClient } from '../../transport/client';
import { contactOutput } from './contact';

/** `GET /contacts/phone/{phone_number}`. */
export const getByPhone = operation<CallbellClient, { phone: string; channelId?: string }>({
	option: {
		name: 'Get by Phone',
		value: 'getByPhone',
		action: 'Get contact by phone',
		description: 'Find the WhatsApp contact with a phone number',
	},
	properties: [
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +55 85 98888-7777',
			description: 'In any common spelling; Brazilian mobiles are found with and without the ninth digit, Mexican and Argentine ones with and without the digit behind the country code',
		},
		defaultCountry,
		{ ...channelLocator, description: 'The channel to look on; left empty, Callbell looks on the main WhatsApp channel' },
	],
	output: contactOutput,
	read(item) {
		item.required('phone');
		return { phone: item.phone('phone', readCountry(item))!.e164, channelId: item.locator('channelId') };
	},
	async run({ phone, channelId }, callbell, { item }) {
		const contact = await callbell.contactByPhone(phone, channelId);
		if (!contact) {
			throw item.refuse('phone', `${phone} belongs to no contact`, channelId
				? "Callbell looked on the channel that is chosen under 'Channel'."
				: "Callbell looks on the main WhatsApp channel only; choose another one under 'Channel'.");
		}
		return contact;
	},
});
