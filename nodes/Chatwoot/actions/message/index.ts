import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { deleteMessage } from './delete.operation';
import { download } from './download.operation';
import { getAll } from './getAll.operation';
import { retry } from './retry.operation';
import { send } from './send.operation';
import { sendAndAwaitReply } from './sendAndAwaitReply.operation';
import { sendAndWait } from './sendAndWait.operation';
import { sendInteractive } from './sendInteractive.operation';
import { sendTemplate } from './sendTemplate.operation';
import { translate } from './translate.operation';
import { updateStatus } from './updateStatus.operation';
import { uploadFile } from './uploadFile.operation';

export const message: Resource<ChatwootClient> = {
	option: { name: 'Message', value: 'message', description: 'A message or private note in a conversation' },
	operations: [
		send,
		deleteMessage,
		download,
		getAll,
		retry,
		sendAndAwaitReply,
		sendAndWait,
		sendInteractive,
		sendTemplate,
		translate,
		updateStatus,
		uploadFile,
	],
};
