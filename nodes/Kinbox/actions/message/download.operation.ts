import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { Downloader, cleanFileName, hostOf } from '../../../shared/http/download';
import { path } from '../../../shared/http/httpClient';
import { privateFilesField } from '../../../shared/message/receiveFiles';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { messageOutput } from './message';

/** `GET /v1/messages/{id}`, then the files under its `media`. They lie on public addresses, so no token is sent there. */
export const download = operation<KinboxClient, { id: string; binaryName: string; allowPrivate: boolean }>({
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
		{
			displayName: 'Put Output File in Field',
			name: 'binaryName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			hint: 'The name of the output binary field to put the file in',
			description: 'Name of the binary field; more files of the same message get _1, _2 and so on behind it',
		},
		privateFilesField,
	],
	output: messageOutput,
	read: (item) => ({ id: item.required('messageId'), binaryName: item.required('binaryName'), allowPrivate: item.boolean('privateFiles') === true }),
	async run({ id, binaryName, allowPrivate }, kinbox, { item }) {
		kinbox.needs('v1', 'Reading messages');
		const message = await kinbox.get(path`/messages/${id}`);
		const urls = (Array.isArray(message.media) ? (message.media as IDataObject[]) : []).map(({ url }) => String(url ?? '')).filter((url) => /^https?:\/\//i.test(url));
		if (urls.length === 0) throw kinbox.http.error('This message has no file', "Its text is in the output of 'Get'.");
		const downloader = new Downloader(item.context, { trusted: hostOf(kinbox.http.baseUrl), allowPrivate });
		const binary: INodeExecutionData['binary'] = {};
		for (const [index, url] of urls.entries()) {
			const file = await downloader.fetch(url).catch((error: Error) => {
				throw kinbox.http.error(`A file of the message could not be fetched: ${error.message}`, 'Its address may have expired; look at the message in Kinbox. The address stands under mediaUrl for an HTTP Request node.');
			});
			const name = typeof message.fileName === 'string' && message.fileName !== '' ? cleanFileName(message.fileName) : file.fileName;
			binary[index === 0 ? binaryName : `${binaryName}_${index}`] = await item.context.helpers.prepareBinaryData(file.data, name, file.mimeType);
		}
		return [{ json: message, binary }];
	},
});
