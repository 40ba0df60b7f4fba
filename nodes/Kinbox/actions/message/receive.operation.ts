import type { IDataObject } from 'n8n-workflow';

import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { operation } from '../../../shared/operation/operation';
import { phoneKey } from '../../../shared/phone/compare';
import { withoutUndefined } from '../../../shared/values/read';
import type { KinboxClient } from '../../transport/client';

const types = ['audio', 'file', 'image', 'text', 'video'] as const;

/** `POST` to the address of a custom channel (`CustomChannelInbound`); the address differs for each channel. */
export const receive = operation<KinboxClient, { url: string; body: IDataObject }>({
	option: {
		name: 'Hand In to Custom Channel',
		value: 'receive',
		action: 'Hand in message to custom channel',
		description: 'Put what a customer wrote elsewhere into a channel of your own (Canal customizado); agents answer it in Kinbox. Needs an API Token.',
	},
	properties: [
		{
			displayName: 'Channel Address',
			name: 'channelUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://api.kinbox.com.br/custom/a1b2c3',
			description: 'The address that Kinbox shows for the channel, under Settings (Configurações) > Channels (Canais)',
		},
		{
			displayName: 'Phone',
			name: 'sender',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +55 85 98888-7777',
			description: 'Phone of the customer, in any common spelling',
		},
		defaultCountry,
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Audio', value: 'audio' },
				{ name: 'File', value: 'file' },
				{ name: 'Image', value: 'image' },
				{ name: 'Text', value: 'text' },
				{ name: 'Video', value: 'video' },
			],
			default: 'text',
			description: 'What the customer sent',
		},
		{
			displayName: 'Content',
			name: 'content',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			required: true,
			placeholder: 'e.g. Bom dia',
			description: 'The text, or the public address of the file',
		},
		{
			displayName: 'Contact',
			name: 'contactInfo',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What Kinbox should know of the customer',
			options: [
				{
					displayName: 'Avatar URL',
					name: 'avatar',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/ana.jpg',
					description: 'Address of a picture of the customer',
				},
				{
					displayName: 'Email',
					name: 'email',
					type: 'string',
					default: '',
					placeholder: 'e.g. name@email.com',
					description: 'The e-mail address of the customer',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Ana Souza',
					description: 'The name of the customer',
				},
			],
		},
	],
	read(item) {
		item.required('channelUrl');
		item.required('sender');
		const info = item.collection('contactInfo');
		const type = item.choice('type', types) ?? 'text';
		const about = withoutUndefined({ name: info.text('name'), email: info.email('email'), avatar: info.url('avatar') });
		return {
			url: item.url('channelUrl') ?? '',
			body: withoutUndefined({
				sender: item.phone('sender', readCountry(item))?.digits,
				content: type === 'text' ? item.required('content') : (item.url('content') ?? item.required('content')),
				type,
				contactInfo: Object.keys(about).length ? about : undefined,
			}),
		};
	},
	// What one customer wrote has to come in the order in which it was written.
	orderingKey: ({ body }) => phoneKey(`+${String(body.sender)}`),
	async run({ url, body }, kinbox) {
		kinbox.needs('v1', 'Handing in messages');
		const answer = await kinbox.postToChannel(url, body);
		return { handedIn: true, sender: body.sender, type: body.type, answer };
	},
});
