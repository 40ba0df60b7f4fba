import type { Resource } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { deleteMessage } from './delete.operation';
import { download } from './download.operation';
import { getStatus } from './getStatus.operation';
import { send } from './send.operation';
import { sendAndAwaitReply } from './sendAndAwaitReply.operation';
import { sendAndWait } from './sendAndWait.operation';
import { sendTemplate } from './sendTemplate.operation';
import { waitForDelivery } from './waitForDelivery.operation';

export const message: Resource<CallbellClient> = {
	option: { name: 'Message', value: 'message', description: 'A message to one person, free or from a template' },
	operations: [
		deleteMessage,
		download,
		getStatus,
		send,
		sendAndAwaitReply,
		sendAndWait,
		sendTemplate,
		waitForDelivery,
	],
	defaultOperation: 'send',
};
