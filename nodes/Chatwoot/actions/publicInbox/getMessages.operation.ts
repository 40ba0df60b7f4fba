import { path } from '../../../shared/http/httpClient';
import { collectCursor } from '../../../shared/http/pagination';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { rowsIn } from '../../transport/answers';
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
		const { rows } = await collectCursor(async (before) => {
			const page = rowsIn(await publicCall(account, { method: 'GET', path: `${contactPath(contact)}${path`/conversations/${id}/messages`}`, query: { before } }));
			const oldest = page[0]?.id;
			return { rows: [...page].reverse(), next: oldest === undefined || page.length < 20 ? null : String(oldest) };
		}, (message) => message.id as number | undefined, { limit, parallel: 1, signal: account.http.signal });
		return rows.map(simplifyPublicMessage);
	},
});
