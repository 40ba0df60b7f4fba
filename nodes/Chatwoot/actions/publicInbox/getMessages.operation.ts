import { path } from '../../../shared/http/httpClient';
import { collectBefore } from '../../../shared/http/pagination';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
import { messageKeys, messagePageSize, newestFirst } from '../message/message.calls';
import { simplifyPublicMessage } from './publicInbox';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, conversationField, inboxField, publicCall, readContact, sourceField } from './publicInbox.calls';

/** `listPublicMessages`: `GET …/conversations/{id}/messages`, 20 at a time, back from the newest. */
export const getMessages = accountOperation<PublicContact & { id: string; limit?: number }>({
	option: {
		name: 'Get Messages',
		value: 'getMessages',
		action: 'Get messages of public inbox',
		description: 'Get the messages of a conversation that the contact can see, newest first',
	},
	properties: [inboxField, sourceField, conversationField, ...returnAllOrLimit],
	read: (item) => ({ ...readContact(item), id: readId(item, 'conversationId'), limit: readLimit(item) }),
	async run({ id, limit, ...contact }, account) {
		const { rows, unsure } = await collectBefore(
			async (before) => rowsIn(await publicCall(account, { method: 'GET', path: `${contactPath(contact)}${path`/conversations/${id}/messages`}`, query: { before } })),
			messagePageSize,
			messageKeys,
			account.http.listing(limit),
		);
		if (unsure) account.http.notices.add('More messages than fit a page were written at the same time, so single ones may be missing.');
		return rows.sort(newestFirst).map(simplifyPublicMessage);
	},
});
