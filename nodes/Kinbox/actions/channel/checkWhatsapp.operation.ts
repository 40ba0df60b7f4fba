import { path } from '../../../shared/http/httpClient';
import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { operation } from '../../../shared/operation/operation';
import { e164OrNull } from '../../../shared/phone/compare';
import { channelLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';

/** `GET /v1/channels/{id}/check-whatsapp`. */
export const checkWhatsapp = operation<KinboxClient, { channel: string; digits: string; e164: string }>({
	option: {
		name: 'Check WhatsApp Number',
		value: 'checkWhatsapp',
		action: 'Check WhatsApp number through channel',
		description: 'Find out whether a number can receive WhatsApp messages. Needs an API Token.',
	},
	properties: [
		{ ...channelLocator, required: true, description: 'The WhatsApp channel (Canal) that asks' },
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +55 85 98888-7777',
			description: 'The number to check, in any common spelling',
		},
		defaultCountry,
	],
	read(item) {
		const channel = item.requiredNumericId('channelId');
		item.required('phone');
		const phone = item.phone('phone', readCountry(item));
		return { channel, digits: phone?.digits ?? '', e164: phone?.e164 ?? '' };
	},
	async run({ channel, digits, e164 }, kinbox) {
		kinbox.needs('v1', 'Checking a WhatsApp number');
		const answer = await kinbox.get(path`/channels/${channel}/check-whatsapp`, { phone: digits });
		// WhatsApp may know a Brazilian mobile without its ninth digit.
		return { phone: e164, canReceiveMessage: answer.canReceiveMessage === true, whatsappPhone: e164OrNull(answer.phone) };
	},
});
