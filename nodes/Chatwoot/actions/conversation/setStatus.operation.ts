import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { conversationLocator } from '../../descriptions/locators';
import { notApplied, tellNotApplied } from '../../helpers/applied';
import { accountOperation } from '../../helpers/accountOperation';
import { statusAnswer } from './conversation.calls';

/** `toggleConversationStatus`: `POST /conversations/{id}/toggle_status`, always with a status. */
export const setStatus = accountOperation<{ body: IDataObject }>({
	option: {
		name: 'Set Status',
		value: 'setStatus',
		action: 'Set status of conversation',
		description: 'Open, resolve or snooze a conversation, or leave it to the bot. With the token of an agent, opening also takes it over.',
	},
	record: conversationLocator,
	properties: [
		{
			displayName: 'Status',
			name: 'newStatus',
			type: 'options',
			options: [
				{ name: 'Open', value: 'open' },
				{ name: 'Pending', value: 'pending' },
				{ name: 'Resolved', value: 'resolved' },
				{ name: 'Snoozed', value: 'snoozed' },
			],
			default: 'resolved',
			description: 'The new state',
		},
		{
			displayName: 'Snooze Until',
			name: 'snoozedUntil',
			type: 'dateTime',
			displayOptions: { show: { newStatus: ['snoozed'] } },
			default: '',
			description: "When the conversation opens again, in the workflow's time zone; left empty, with the next message of the contact",
		},
	],
	read(item) {
		const status = item.choice('newStatus', ['open', 'pending', 'resolved', 'snoozed'] as const) ?? 'resolved';
		const until = status === 'snoozed' ? item.date('snoozedUntil') : undefined;
		if (until !== undefined && Date.parse(until) <= Date.now()) throw item.refuse('snoozedUntil', 'is in the past', 'Pick a time that is still to come.');
		// Seconds: the server reads an ISO date as 1970.
		return { body: withoutUndefined({ status, snoozed_until: until === undefined ? undefined : Math.floor(Date.parse(until) / 1000) }) };
	},
	async run({ id, body }, account) {
		const answer = statusAnswer(await account.postAgain(path`/conversations/${id}/toggle_status`, body));
		return tellNotApplied(account, answer, notApplied([['Status', body.status, answer.status], ['Snooze Until', body.snoozed_until === undefined ? undefined : new Date(Number(body.snoozed_until) * 1000).toISOString(), answer.snoozedUntil]]));
	},
});
