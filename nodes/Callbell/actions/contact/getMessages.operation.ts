import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { CallbellClient } from '../../transport/client';
import { readContact } from './contact';
import { contactLocator } from '../../descriptions/locators';
import { messageOutput } from '../message/message';

const kinds = ['note', 'received', 'sent'] as const;

/** `GET /contacts/{uuid}/messages`, newest first. */
export const getMessages = operation<CallbellClient, { id: string; kinds: string[]; limit?: number }>({
	option: {
		name: 'Get Messages',
		value: 'getMessages',
		action: 'Get messages of contact',
		description: 'Get the conversation of a contact, newest first; Callbell gives no attachments here',
	},
	properties: [
		contactLocator,
		...returnAllOrLimit,
		{
			displayName: 'Only',
			name: 'kinds',
			type: 'multiOptions',
			options: [
				{ name: 'Notes', value: 'note' },
				{ name: 'Received From the Contact', value: 'received' },
				{ name: 'Sent by the Team, Bot or API', value: 'sent' },
			],
			default: [],
			description: 'Only messages of these kinds; left empty, all of them',
		},
	],
	output: messageOutput,
	read: (item) => ({
		id: readContact(item),
		limit: readLimit(item),
		kinds: (item.list('kinds') ?? []).filter((kind) => kinds.some((known) => known === kind)),
	}),
	async run({ id, kinds: wanted, limit }, callbell) {
		const keep = wanted.length ? ({ status }: { status?: unknown }) => wanted.includes(String(status)) : undefined;
		return await callbell.list(path`/contacts/${await callbell.contactId(id)}/messages`, 'messages', {}, { limit, keep });
	},
});
