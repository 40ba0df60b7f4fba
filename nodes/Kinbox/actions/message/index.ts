import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { download } from './download.operation';
import { get } from './get.operation';
import { getQueueStatus } from './getQueueStatus.operation';
import { receive } from './receive.operation';
import { send } from './send.operation';
import { sendAndAwaitReply } from './sendAndAwaitReply.operation';
import { sendAndWait } from './sendAndWait.operation';
import { waitUntilExecuted } from './waitUntilExecuted.operation';

export const message: Resource<KinboxClient> = {
	option: { name: 'Message', value: 'message', description: 'A message to or from a contact (Mensagem)' },
	defaultOperation: 'send',
	operations: [
		download,
		get,
		getQueueStatus,
		receive,
		send,
		sendAndAwaitReply,
		sendAndWait,
		waitUntilExecuted,
	],
};
