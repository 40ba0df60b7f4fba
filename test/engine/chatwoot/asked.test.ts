import type { IDataObject } from 'n8n-workflow';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { byId, useNode } from '../support';
import { addConversation } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const sandbox = () => chatwoot.sandbox;
const run = async (resource: string, operation: string, fields: object) => await chatwoot.run(resource, operation, fields as never, { skipSchema: true });
const label = { action: [{ name: 'add_label', labels: ['vip'] }] };
const condition = { condition: [{ attribute: 'status', operator: 'equal_to', statuses: ['open'] }] };

/** Resource, operation, call of the contract, parameters, the key that the server takes no notice of, what the item says. */
type Row = [resource: string, operation: string, operationId: string, parameters: object, key: string, told: { field: string; asked: unknown }];

const rows: Row[] = [
	['account', 'update', 'updateAccount', { updateFields: { domain: 'loja.example.com' } }, 'domain', { field: 'Domain', asked: 'loja.example.com' }],
	['agent', 'update', 'updateAgent', { agentId: byId(2), updateFields: { role: 'administrator' } }, 'role', { field: 'Role', asked: 'administrator' }],
	['agentBot', 'update', 'updateAgentBot', { agentBotId: byId(1), updateFields: { description: 'Faz triagem' } }, 'description', { field: 'Description', asked: 'Faz triagem' }],
	['automationRule', 'create', 'createAutomationRule', { name: 'R', event: 'conversation_updated', conditions: condition, actions: label, additionalFields: { description: 'Do teste' } }, 'description', { field: 'Description', asked: 'Do teste' }],
	['cannedResponse', 'update', 'updateCannedResponse', { cannedResponseId: byId(1), updateFields: { content: 'Até as 20h.' } }, 'content', { field: 'Content', asked: 'Até as 20h.' }],
	['contact', 'create', 'createContact', { name: 'Ana', email: 'ana.nova@example.com', moreFields: { additionalFields: {} } }, 'email', { field: 'Email', asked: 'ana.nova@example.com' }],
	['contactNote', 'create', 'createContactNote', { contactId: byId(1), content: 'Ligar' }, 'nothing', undefined as never],
	['conversation', 'update', 'updateConversation', {}, 'priority', { field: 'Priority', asked: 'high' }],
	['conversation', 'setStatus', 'toggleConversationStatus', {}, 'status', { field: 'Status', asked: 'pending' }],
	['conversation', 'updateCustomAttributes', 'setConversationCustomAttributes', {}, 'pedido', { field: 'Custom Attributes > pedido', asked: 'A-1' }],
	['customAttribute', 'update', 'updateCustomAttributeDefinition', { customAttributeId: byId(1), updateFields: { name: 'Medida' } }, 'attribute_display_name', { field: 'Name', asked: 'Medida' }],
	['inbox', 'update', 'updateInbox', { inboxId: byId(2), settings: { greetingEnabled: true, greeting: 'Oi!' } }, 'greeting_message', { field: 'Greeting Message', asked: 'Oi!' }],
	['inbox', 'setMembers', 'setInboxMembers', { inboxId: byId(2), agentIds: ['1', '2'] }, 'nothing', undefined as never],
	['label', 'create', 'createLabel', { title: 'Ação-2026', additionalFields: { color: '#FF0000' } }, 'color', { field: 'Color', asked: '#FF0000' }],
	['macro', 'create', 'createMacro', { name: 'M', visibility: 'global', actions: label }, 'visibility', { field: 'Visibility', asked: 'global' }],
	['message', 'send', 'createMessage', { content: 'Sim', additionalFields: { replyTo: 1 } }, 'in_reply_to', { field: 'Reply To', asked: 1 }],
	['team', 'create', 'createTeam', { name: 'Pós-Venda', additionalFields: { description: 'Depois' } }, 'description', { field: 'Description', asked: 'Depois' }],
	['team', 'update', 'updateTeam', { teamId: byId(1), updateFields: { autoAssignment: false } }, 'allow_auto_assign', { field: 'Allow Auto Assign', asked: false }],
	['webhook', 'create', 'createWebhook', { url: 'https://a.example/hook', events: ['message_created'], additionalFields: { name: 'Pedidos' } }, 'name', { field: 'Name', asked: 'Pedidos' }],
];

describe('asked: what was asked is compared with what came back', () => {
	const parametersOf = ([resource, operation, , parameters]: Row): object => {
		if (resource !== 'conversation' && resource !== 'message') return parameters;
		const conversationId = byId(addConversation(chatwoot, { inboxId: 2 }).displayId);
		const own: Record<string, object> = { update: { updateFields: { priority: 'high' } }, setStatus: { newStatus: 'pending' }, updateCustomAttributes: { moreAttributes: { customAttributesJson: '{"pedido": "A-1"}' } } };
		return { conversationId, ...own[operation], ...parameters };
	};
	const notAppliedIn = (result: { rows: IDataObject[] }) => (result.rows[0] as { notApplied?: unknown[] } | undefined)?.notApplied;

	it.each(rows.filter(([, , , , , told]) => told !== undefined))('%s: %s says what the server took no notice of', async (...row) => {
		const [resource, operation, operationId, , key, told] = row;
		sandbox().inject({ kind: 'ignore', vendor: 'chatwoot', operationId, keys: [key] });
		const result = await run(resource, operation, parametersOf(row));
		expect(result.error).toBeUndefined();
		expect(result.requests.some((request) => request.operationId === operationId)).toBe(true);
		expect(notAppliedIn(result)).toEqual([expect.objectContaining(told)]);
		expect(result.hints.map(({ message }) => message).join(' ')).toContain(`did not do all of it; see notApplied in the items: ${told.field.replace('>', '&#62;')} (1 item)`);
	});

	it.each(rows.filter(([resource]) => resource !== 'message'))('%s: %s says nothing when all was done', async (...row) => {
		const result = await run(row[0], row[1], parametersOf(row));
		expect(result.error).toBeUndefined();
		expect(notAppliedIn(result)).toBeUndefined();
	});

	it('keeps it in the raw output and in selected fields, and shows no secret', async () => {
		sandbox().inject({ kind: 'ignore', vendor: 'chatwoot', operationId: 'createTeam', keys: ['description'] });
		for (const [name, output] of [['Um', { output: 'raw' }], ['Dois', { output: 'selected', outputFields: ['id'] }]] as const) {
			const result = await run('team', 'create', { name, additionalFields: { description: 'x' }, ...output });
			expect(notAppliedIn(result)).toEqual([{ field: 'Description', asked: 'x', got: null }]);
			expect(Object.getOwnPropertySymbols(result.rows[0])).toEqual([]);
		}
	});

	it('says that a reply is to a message that the conversation does not have', async () => {
		const one = addConversation(chatwoot, { inboxId: 2 });
		const result = await run('message', 'send', { conversationId: byId(one.displayId), content: 'Sim', additionalFields: { replyTo: 999 } });
		expect(notAppliedIn(result)).toEqual([{ field: 'Reply To', asked: 999, got: null }]);
	});

	/** Resource, operation, call of the contract, parameters, the row, and what the item says; the server answers with success and does nothing. */
	type Silent = [resource: string, operation: string, operationId: string, parameters: object, row: object, told: object[]];
	const silent: Silent[] = [
		['conversation', 'setPriority', 'setConversationPriority', { priority: 'high' }, { priority: null }, [{ field: 'Priority', asked: 'high', got: null }]],
		['conversation', 'mute', 'muteConversation', {}, { muted: false }, [{ field: 'Muted', asked: true, got: false }, { field: 'Status', asked: 'resolved', got: 'open' }]],
		['conversation', 'unassign', 'assignConversation', { unassignFrom: 'both' }, { unassigned: 'both' }, [{ field: 'Assignee', asked: null, got: 'Caio Nogueira' }, { field: 'Team', asked: null, got: 'suporte' }]],
		['conversation', 'removeParticipants', 'removeParticipants', { agentIds: ['2'] }, { removed: [2] }, [{ field: 'Agents', asked: null, got: 2 }]],
		['inbox', 'setAgentBot', 'setInboxAgentBot', { inboxId: byId(2), agentBotId: byId(1) }, { agentBotId: null }, [{ field: 'Agent Bot', asked: 1, got: null }]],
		['inbox', 'removeMembers', 'removeInboxMembers', { inboxId: byId(2), agentIds: ['1'] }, { removed: [1] }, [{ field: 'Agents', asked: null, got: 1 }]],
		['team', 'removeMembers', 'removeTeamMembers', { teamId: byId(1), agentIds: ['1'] }, {}, [{ field: 'Agents', asked: null, got: 1 }]],
	];
	const held = (): object => ({ conversationId: byId(addConversation(chatwoot, { inboxId: 2, assigneeId: 2, teamId: 2, participantIds: [2] }).displayId) });

	it.each(silent)('%s: %s looks again where the answer is empty', async (resource, operation, operationId, parameters, row, told) => {
		const all = { ...(resource === 'conversation' ? held() : {}), ...parameters };
		sandbox().inject({ kind: 'status', vendor: 'chatwoot', operationId, status: 200 });
		const lost = await run(resource, operation, all);
		expect(lost.error).toBeUndefined();
		expect(lost.rows[0]).toMatchObject({ ...row, notApplied: told });
		sandbox().clearFaults();
		const done = await run(resource, operation, all);
		expect(done.error).toBeUndefined();
		expect(notAppliedIn(done)).toBeUndefined();
	});

	it('says of a contact that is blocked still', async () => {
		const conversation = held();
		await run('conversation', 'mute', conversation);
		sandbox().inject({ kind: 'status', vendor: 'chatwoot', operationId: 'unmuteConversation', status: 200, times: 1 });
		expect((await run('conversation', 'unmute', conversation)).rows[0]).toMatchObject({ muted: true, notApplied: [{ field: 'Muted', asked: false, got: true }] });
		expect((await run('conversation', 'unmute', conversation)).rows).toEqual([{ conversationId: expect.any(String), muted: false }]);
	});

	it('says that it could not look again, and does not fail what was done', async () => {
		sandbox().inject({ kind: 'status', vendor: 'chatwoot', operationId: 'getConversation', status: 403 });
		const { rows, error, hints } = await run('conversation', 'setPriority', { ...held(), priority: 'low' });
		expect(error).toBeUndefined();
		expect(rows).toEqual([{ conversationId: expect.any(String), priority: 'low' }]);
		expect(hints.map(({ message }) => message).join(' ')).toMatch(/whether it was done could not be looked up/);
	});
});
