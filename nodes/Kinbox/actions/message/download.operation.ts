import type { IDataObject, IN8nHttpFullResponse, INodeExecutionData } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { messageOutput } from './message';

/** Files above this are refused; bytes. */
const largestFile = 64 * 1024 * 1024;

/** `GET /v1/messages/{id}`, then the files under its `media`. They lie on public addresses, so no token is sent there. */
export const download = operation<KinboxClient, { id: string; binaryName: string }>({
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
	],
	output: messageOutput,
	read: (item) => ({ id: item.required('messageId'), binaryName: item.required('binaryName') }),
	async run({ id, binaryName }, kinbox, { item }) {
		kinbox.needs('v1', 'Reading messages');
		const message = await kinbox.get(path`/messages/${id}`);
		const urls = (Array.isArray(message.media) ? (message.media as IDataObject[]) : []).map(({ url }) => String(url ?? '')).filter((url) => /^https?:\/\//i.test(url));
		if (urls.length === 0) throw kinbox.http.error('This message has no file', "Its text is in the output of 'Get'.");
		const { helpers } = item.context;
		const binary: INodeExecutionData['binary'] = {};
		for (const [index, url] of urls.entries()) {
			const sent = helpers.httpRequest({ method: 'GET', url, encoding: 'arraybuffer', returnFullResponse: true, ignoreHttpStatusErrors: true, timeout: 60_000 }) as Promise<IN8nHttpFullResponse>;
			const answer = await sent.catch(() => undefined);
			if (!answer || answer.statusCode >= 300) throw kinbox.http.error(`A file of the message could not be fetched${answer ? ` (HTTP ${answer.statusCode})` : ''}`, 'Its address may have expired; look at the message in Kinbox.', answer?.statusCode);
			const bytes = Buffer.from(answer.body as unknown as ArrayBuffer);
			if (bytes.length > largestFile) throw kinbox.http.error('A file of the message is larger than 64 MB', 'Fetch it from the address under mediaUrl with an HTTP Request node.');
			const type = String(answer.headers['content-type'] ?? 'application/octet-stream').split(';')[0]?.trim();
			binary[index === 0 ? binaryName : `${binaryName}_${index}`] = await helpers.prepareBinaryData(bytes, nameOf(url, message.fileName), type);
		}
		return [{ json: message, binary }];
	},
});

function nameOf(url: string, given: unknown): string {
	if (typeof given === 'string' && given !== '') return given;
	const last = new URL(url).pathname.split('/').pop();
	return last ? decodeURIComponent(last.replace(/%(?![0-9a-f]{2})/gi, '%25')) : 'file';
}
