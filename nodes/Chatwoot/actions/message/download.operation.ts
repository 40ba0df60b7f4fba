import type { FileTarget } from '../../../shared/message/downloadFiles';
import { downloadFiles, fileTargetFields, readFileTarget } from '../../../shared/message/downloadFiles';
import { recordsOf, textOrNull } from '../../../shared/values/read';
import { conversationLocator, messageLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { messageIn } from '../../helpers/outgoing';
import { readMessage } from '../../helpers/read';
import { messageOutput } from './message';

/** `listMessages` for one message, then its files. Their addresses are signed, so no token is sent there. */
export const download = accountOperation<{ id: string; messageId: string; target: FileTarget }>({
	option: {
		name: 'Download Attachments',
		value: 'download',
		action: 'Download attachments of message',
		description: 'Get the files of a message as binary data',
	},
	properties: [conversationLocator, messageLocator, ...fileTargetFields],
	output: messageOutput,
	read: (item) => ({ ...readMessage(item), target: readFileTarget(item) }),
	async run({ id, messageId, target }, account, { item }) {
		const message = await messageIn(account, id, Number(messageId));
		if (!message) throw account.http.error(`'Message' ${messageId} is not in conversation ${id}`, 'It may belong to another conversation. Agent bots are shown no messages.');
		const files = recordsOf(message.attachments).filter(({ data_url: url }) => /^https?:\/\//i.test(String(url ?? '')));
		if (files.length === 0) throw account.http.error('This message has no file', "Its text is in the output of 'Get Many'.");
		return await downloadFiles(account.http, item, files.map((file) => ({ url: String(file.data_url), size: Number(file.file_size) || undefined, name: textOrNull(file.file_name) ?? undefined })), target, {
			json: message,
			advice: 'Look at the message in Chatwoot: the file may be gone, or lie where n8n cannot reach it.',
		});
	},
});
