import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { isoOrNull, objectOrEmpty } from '../../../shared/values/read';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';

/** The answer of toggle_status in our words. */
export function statusAnswer(answer: IDataObject): IDataObject {
	const payload = objectOrEmpty(answer.payload);
	return {
		conversationId: String(payload.conversation_id ?? ''),
		status: payload.current_status ?? null,
		snoozedUntil: isoOrNull(payload.snoozed_until),
	};
}

/** What a conversation can be given to: the body's key, where all of them are listed, and their name. */
export const assignees = {
	agent: { key: 'assignee_id', list: '/agents', label: 'Agent', field: 'agentId' },
	agentBot: { key: 'assignee_id', list: '/agent_bots', label: 'Agent Bot', field: 'agentBotId' },
	team: { key: 'team_id', list: '/teams', label: 'Team', field: 'teamId' },
} as const;

/**
 * Gives a conversation to somebody. The server takes an ID that it does not know as "unassign", so the
 * ID is looked up first, and the answer checked.
 */
export async function assign(account: AccountClient, conversationId: string, kind: keyof typeof assignees, id: number): Promise<IDataObject> {
	const { key, list, label } = assignees[kind];
	if (!(await isKnown(account, list, id))) {
		throw account.http.error(`'${label}' ${id} is not in account ${account.id}`, 'The conversation was left as it is. Pick the assignee from the list.');
	}
	const answer = await account.send<IDataObject | null>({
		method: 'POST',
		path: path`/conversations/${conversationId}/assignments`,
		body: { [key]: id, ...(kind === 'agentBot' ? { assignee_type: 'AgentBot' } : {}) },
		idempotent: true,
		expect: 'anything',
	});
	if (Number(answer?.id) !== id) {
		throw account.http.error(`Chatwoot did not give the conversation to '${label}' ${id}`, 'It may be unassigned now. Check that the assignee works in the inbox of the conversation.');
	}
	return { conversationId, assigneeType: kind, assigneeId: String(id), assigneeName: answer?.name ?? null };
}

/** Takes a conversation out of the hands of its agent or bot, or of its team. */
export async function unassign(account: AccountClient, conversationId: string, what: 'assignee_id' | 'team_id'): Promise<void> {
	await account.tell({ method: 'POST', path: path`/conversations/${conversationId}/assignments`, body: { [what]: null }, idempotent: true });
}

async function isKnown(account: AccountClient, list: string, id: number): Promise<boolean> {
	const answer = await account.exchangeOnce({ method: 'GET', path: list, accept: [401] });
	// Bots may assign, but not list; then only the answer tells.
	if (answer.status === 401) return true;
	return rowsIn(answer.body).some((row) => Number(row.id) === id);
}
