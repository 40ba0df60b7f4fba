import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import type { FileTarget } from '../../../shared/message/downloadFiles';
import { downloadFiles, fileTargetFields, readFileTarget } from '../../../shared/message/downloadFiles';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { messageOutput } from './message';

/** `GET /v1/messages/{id}`, then the files under its `media`. They lie on public addresses, so no token is sent there. */
export const download = operation<KinboxClient, { id: string; target: FileTarget }>({
	option: {
		name: 'Download Files',
		value: 'download',
		action: 'Download files of message',
		description: 'Get the files of a message, such as a payment proof, as binary data. Needs an API Token.',
	},
	properties: [
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 5000001',
			description: 'ID of the message, as the Kinbox Trigger or Get Messages of a conversation outputs it',
		},
		...fileTargetFields,
	],
	output: messageOutput,
	read: (item) => ({ id: item.required('messageId'), target: readFileTarget(item) }),
	async run({ id, target }, kinbox, { item }) {
		kinbox.needs('v1', 'Reading messages');
		const message = await kinbox.get(path`/messages/${id}`);
		const urls = (Array.isArray(message.media) ? (message.media as IDataObject[]) : []).map(({ url }) => String(url ?? '')).filter((url) => /^https?:\/\//i.test(url));
		if (urls.length === 0) throw kinbox.http.error('This message has no file', "Its text is in the output of 'Get'.");
		const name = typeof message.fileName === 'string' ? message.fileName : undefined;
		return await downloadFiles(kinbox.http, item, urls.map((url) => ({ url, name })), target, {
			json: message,
			advice: 'Its address may have expired; look at the message in Kinbox. The address stands under mediaUrl for an HTTP Request node.',
		});
	},
});
