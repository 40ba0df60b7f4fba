import type { FileTarget } from '../../../shared/message/downloadFiles';
import { downloadFiles, fileTargetFields, readFileTarget } from '../../../shared/message/downloadFiles';
import { operation } from '../../../shared/operation/operation';
import { isWebAddress } from '../../../shared/values/webAddress';
import type { CallbellClient } from '../../transport/client';

/** The files of an event. Callbell has no call that tells the files of a message; their addresses are signed and last ten minutes. */
export const download = operation<CallbellClient, { urls: string[]; target: FileTarget }>({
	option: {
		name: 'Download Attachments',
		value: 'download',
		action: 'Download attachments of message',
		description: 'Get the files of a message as binary data, by the addresses that the Callbell Trigger gives; they last ten minutes',
	},
	properties: [
		{
			displayName: 'Attachment URLs',
			name: 'attachments',
			type: 'string',
			default: '={{ $json.attachments }}',
			required: true,
			placeholder: 'e.g. {{ $json.attachments }}',
			description: 'The addresses of the files, as the Callbell Trigger outputs them',
		},
		...fileTargetFields,
	],
	read(item) {
		const urls = item.list('attachments') ?? [];
		if (urls.length === 0) throw item.refuse('attachments', 'is empty', 'Give the attachments of an event of the Callbell Trigger, or leave out items without any.');
		const wrong = urls.find((url) => !isWebAddress(url));
		if (wrong !== undefined) throw item.refuse('attachments', `has an entry that is not a web address: ${wrong.slice(0, 60)}`, 'Give addresses that start with https://.');
		return { urls, target: readFileTarget(item) };
	},
	run: async ({ urls, target }, callbell, { item }) => await downloadFiles(callbell.http, item, urls.map((url) => ({ url })), target, {
		json: { attachments: urls },
		advice: "Callbell's addresses last ten minutes: download at once after the trigger, or turn on 'Download Attachments' there.",
	}),
});
