import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';

interface Input {
	url: string;
	data: IDataObject;
}

/** `POST /v3/inbound/{webhookId}` at the host of inbound webhooks; needs no token, so none is sent. */
export const start = operation<KinboxClient, Input>({
	option: {
		name: 'Start',
		value: 'start',
		action: 'Start scenario',
		description: 'Start a scenario (Cenário) that begins with a webhook, and hand it data',
	},
	properties: [
		{
			displayName: 'Webhook Address',
			name: 'inboundUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://webhook.kinbox.com.br/v3/inbound/a1B2c3',
			description: 'The address, or only its last part, that the first step of the scenario shows in Kinbox',
		},
		{
			displayName: 'Data (JSON)',
			name: 'data',
			type: 'json',
			default: '{}',
			description: 'What the scenario gets, for example {"name": "Ana", "phone": "5585988887777"}',
		},
	],
	read(item) {
		const address = item.required('inboundUrl');
		const url = /^https?:/i.test(address) ? item.url('inboundUrl') : undefined;
		if (url === undefined && !/^[\w-]+$/.test(address)) throw item.refuse('inboundUrl', 'is neither an address nor its last part', 'Copy the address from the first step of the scenario.');
		return { url: url ?? `https://webhook.kinbox.com.br/v3/inbound/${address}`, data: item.object('data') ?? {} };
	},
	unordered: 'Each item starts a run of its own',
	async run({ url, data }, kinbox) {
		const answer = await kinbox.postWithoutToken(url, data);
		return { started: true, answer };
	},
});
