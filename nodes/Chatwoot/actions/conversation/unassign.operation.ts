import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../../../shared/values/read';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { compareConversation } from '../../helpers/applied';
import { unassign as unassignFrom } from './conversation.calls';

const choices = ['assignee', 'both', 'team'] as const;

/** `assignConversation`: `POST /conversations/{id}/assignments` with null. */
export const unassign = accountOperation<{ what: (typeof choices)[number] }>({
	option: {
		name: 'Unassign',
		value: 'unassign',
		action: 'Unassign conversation',
		description: 'Take a conversation out of the hands of its agent, its team, or both',
	},
	record: conversationLocator,
	properties: [
		{
			displayName: 'Unassign From',
			name: 'unassignFrom',
			type: 'options',
			options: [
				{ name: 'Agent and Team', value: 'both' },
				{ name: 'Agent or Bot', value: 'assignee' },
				{ name: 'Team', value: 'team' },
			],
			default: 'assignee',
			description: 'Whose hands to take it out of',
		},
	],
	read: (item) => ({ what: item.choice('unassignFrom', choices) ?? 'assignee' }),
	async run({ id, what }, account) {
		if (what !== 'team') await unassignFrom(account, id, 'assignee_id');
		if (what !== 'assignee') await unassignFrom(account, id, 'team_id');
		const holder = (shown: IDataObject, key: string) => objectOrEmpty(objectOrEmpty(shown.meta)[key]).name ?? null;
		return await compareConversation(account, id, () => ({ conversationId: id, unassigned: what }), (shown) => [
			['Assignee', what === 'team' ? undefined : null, holder(shown, 'assignee')],
			['Team', what === 'assignee' ? undefined : null, holder(shown, 'team')],
		]);
	},
});
