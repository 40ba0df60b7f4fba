import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { isoOrNull, objectOrEmpty } from '../../../shared/values/read';
import { valuesToChange } from '../../../shared/values/difference';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { notInAccount } from '../../transport/unknownRecord';
import { tellNotApplied } from '../../helpers/applied';
import { conversationFor } from '../../helpers/conversation';
import { replaceAttributes } from './conversation.attributes';

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
		throw notInAccount(account, label, id, rowsIn((await account.exchangeOnce({ method: 'GET', path: list, accept: [401] })).body), { left: 'The conversation was left as it is. ' });
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

/** Whether the token's owner may list inboxes, which bots may not; asked once for a run. */
export async function mayListInboxes(account: AccountClient): Promise<boolean> {
	return (await account.exchangeOnce({ method: 'GET', path: '/inboxes', accept: [401] })).status < 300;
}

/** An inbox in the account's list; undefined for bots, which may not ask, and for inboxes that the token's owner does not see. */
export async function inboxInList(account: AccountClient, inboxId: unknown): Promise<IDataObject | undefined> {
	const answer = await account.exchangeOnce({ method: 'GET', path: '/inboxes', accept: [401] });
	return answer.status < 300 ? rowsIn(answer.body).find(({ id }) => id === inboxId) : undefined;
}

/** The contact's conversations in an inbox; undefined for bots, which may not ask. */
export async function conversationsOf(account: AccountClient, contactId: unknown, inboxId: unknown): Promise<IDataObject[] | undefined> {
	const answer = await account.exchange({ method: 'GET', path: path`/contacts/${String(contactId)}/conversations`, accept: [401] });
	return answer.status === 401 ? undefined : rowsIn(answer.body).filter(({ inbox_id: inbox }) => inbox === inboxId);
}

/**
 * Compares a conversation with what was asked for. What differs is set; what cannot be set stands in `notApplied`. An
 * inbox that keeps to a single conversation answers with the old one as it is, which may be resolved.
 *
 * @param body of `createConversation`
 */
export async function applyWanted(account: AccountClient, conversation: IDataObject, body: IDataObject, isNew: boolean): Promise<IDataObject> {
	const id = String(conversation.id);
	const meta = objectOrEmpty(conversation.meta);
	const notApplied: IDataObject[] = [];
	// What was set, as the conversation shows it: bots cannot read it again when it has a team.
	let shown: IDataObject | undefined;
	const set = async (field: string, asked: IDataObject[string], got: unknown, doing: () => Promise<IDataObject>) => {
		try {
			shown = { ...shown, ...(await doing()) };
		} catch (error) {
			// The conversation is there, so the item is not failed.
			notApplied.push({ field, asked, got: (got ?? null) as IDataObject[string], reason: error instanceof Error ? error.message : String(error) });
		}
	};
	const status = body.status ?? (isNew || conversation.status !== 'resolved' ? undefined : 'open');
	if (status !== undefined && status !== conversation.status) {
		// The server resolves a new conversation of a blocked contact by itself.
		if (isNew && conversation.status === 'resolved') notApplied.push({ field: 'Status', asked: status, got: 'resolved', reason: 'The contact is blocked' });
		else await set('Status', status, conversation.status, async () => ({ status: statusAnswer(await account.postAgain(path`/conversations/${id}/toggle_status`, { status, ...(body.snoozed_until === undefined ? {} : { snoozed_until: body.snoozed_until }) })).status }));
	}
	for (const [field, kind, asked, got] of [
		['Assignee', 'agent', body.assignee_id, objectOrEmpty(meta.assignee).id],
		['Team', 'team', body.team_id, objectOrEmpty(meta.team).id],
	] as const) {
		if (asked !== undefined && Number(asked) !== Number(got)) {
			await set(field, asked, got, async () => {
				const { assigneeName: name } = await assign(account, id, kind, Number(asked));
				return { meta: { ...meta, ...objectOrEmpty(shown?.meta), [kind === 'team' ? 'team' : 'assignee']: { id: Number(asked), name } } };
			});
		}
	}
	const own = objectOrEmpty(conversation.custom_attributes);
	const attributes = objectOrEmpty(body.custom_attributes);
	if (Object.keys(valuesToChange(attributes, own)).length > 0) {
		await set('Custom Attributes', attributes, own, async () => ({ custom_attributes: (await replaceAttributes(account, id, { ...own, ...attributes })).customAttributes }));
	}
	for (const [key, asked] of Object.entries(valuesToChange(objectOrEmpty(body.additional_attributes), conversation.additional_attributes))) {
		notApplied.push({ field: key === 'mail_subject' ? 'Mail Subject' : key, asked, got: (objectOrEmpty(conversation.additional_attributes)[key] ?? null), reason: 'Chatwoot sets it for new conversations only' });
	}
	if (notApplied.length) account.http.notices.add('Chatwoot did not do all that was asked for; see notApplied in the items.');
	const now = shown ? ((await conversationFor(account, id)) ?? { ...conversation, ...shown }) : conversation;
	return { ...now, ...(notApplied.length ? { notApplied } : {}) };
}

/**
 * The participants that a call answered with and that are really there. An agent who does not work in the inbox is
 * answered as if he followed, and is not stored.
 */
export async function keptParticipants(account: AccountClient, conversationId: string, agents: number[], answered: IDataObject[]): Promise<IDataObject[]> {
	const kept = rowsIn(await account.get(path`/conversations/${conversationId}/participants`)).map(({ id }) => Number(id));
	const lost = agents.filter((id) => !kept.includes(id));
	if (lost.length === agents.length && lost.length > 0) {
		throw account.http.error(`Chatwoot did not make ${lost.map((id) => `agent ${id}`).join(', ')} follow conversation ${conversationId}`, 'Who follows a conversation has to work in its inbox. Add the agent to the inbox first.');
	}
	const differences = lost.map((id) => ({ field: 'Agents', asked: id, got: null }));
	return answered.filter(({ id }) => kept.includes(Number(id))).map((row) => tellNotApplied(account, row, differences));
}

/** The error of a call that breaks on agents whom the account does not have; another one when it has them all. */
export async function unknownAgents(account: AccountClient, agents: number[], otherwise: Error): Promise<Error> {
	const known = rowsIn(await account.getOnce('/agents'));
	const unknown = agents.find((id) => !known.some((row) => Number(row.id) === id));
	return unknown === undefined ? otherwise : notInAccount(account, 'Agent', unknown, known);
}

/** Conversations on a full page, unless the server is set up otherwise. */
export const conversationPageSize = 25;
