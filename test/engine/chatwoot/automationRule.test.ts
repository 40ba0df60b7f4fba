import type { IDataObject } from 'n8n-workflow';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { listSearch, loadOptions } from '../../harness/engine';
import { byId, credentials, credentialValues, fromList, useNode } from '../support';
import { describeFailures } from './support';
import { addConversation } from './threads';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/automation_rules';
const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('automationRule', operation, fields, options);
type Row = Record<string, string | boolean | string[]>;
const actions = (...action: Row[]) => ({ action });
const conditions = (...condition: Row[]) => ({ condition });
const resolve = actions({ name: 'resolve_conversation' });
const good = () => ({ automationRuleId: byId(1) });
const unknown = { unknown: { automationRuleId: '99' } };
const badId: [string, IDataObject, RegExp] = ['an ID of letters', { automationRuleId: '={{ "abc" }}' }, /^'Automation Rule' is not an ID \[item 0\]$/];
const file = { json: {}, binary: { data: { data: Buffer.from('%PDF-1.4 menu').toString('base64'), mimeType: 'application/pdf', fileName: 'menu.pdf' } } };

describe('automation rule: create', () => {
	it('sends every kind of condition', async () => {
		const { rows: [rule], requests, error } = await run('create', {
			name: 'Tudo', event: 'message_created', combine: 'or', actions: resolve, additionalFields: { active: false, description: 'Para testes' },
			conditions: conditions(
				{ attribute: 'assignee_id', operator: 'equal_to', agentIds: ['2', '3'] }, { attribute: 'team_id', operator: 'is_present', teamIds: [] }, { attribute: 'inbox_id', operator: 'not_equal_to', inboxIds: ['4'] },
				{ attribute: 'labels', operator: 'equal_to', labels: ['VIP'] }, { attribute: 'status', operator: 'equal_to', statuses: ['open', 'pending'] }, { attribute: 'priority', operator: 'not_equal_to', priorities: ['low'] },
				{ attribute: 'message_type', operator: 'equal_to', messageTypes: ['incoming'] }, { attribute: 'private_note', operator: 'equal_to', privateNote: false }, { attribute: 'content', operator: 'contains', value: 'pedido, troca' },
				{ attribute: 'phone_number', operator: 'starts_with', value: '+55' }, { attribute: 'contact_attribute', contactAttribute: 'plano', operator: 'equal_to', value: 'completo' },
				{ attribute: 'conversation_attribute', conversationAttribute: 'pedido', operator: 'is_not_present', value: 'nobody reads this' },
			),
		});
		expect(error).toBeUndefined();
		expect(requests.map(({ method, path: at }) => `${method} ${at}`)).toEqual(['GET /api/v1/accounts/1/labels', `POST ${path}`]);
		const joint = { query_operator: 'OR' };
		expect(requests[1]?.body).toEqual({
			name: 'Tudo', description: 'Para testes', event_name: 'message_created', active: false, actions: [{ action_name: 'resolve_conversation', action_params: [] }],
			conditions: [
				{ attribute_key: 'assignee_id', filter_operator: 'equal_to', values: [2, 3], ...joint }, { attribute_key: 'team_id', filter_operator: 'is_present', ...joint },
				{ attribute_key: 'inbox_id', filter_operator: 'not_equal_to', values: [4], ...joint }, { attribute_key: 'labels', filter_operator: 'equal_to', values: ['vip'], ...joint },
				{ attribute_key: 'status', filter_operator: 'equal_to', values: ['open', 'pending'], ...joint }, { attribute_key: 'priority', filter_operator: 'not_equal_to', values: ['low'], ...joint },
				{ attribute_key: 'message_type', filter_operator: 'equal_to', values: ['incoming'], ...joint }, { attribute_key: 'private_note', filter_operator: 'equal_to', values: [false], ...joint },
				{ attribute_key: 'content', filter_operator: 'contains', values: ['pedido', 'troca'], ...joint }, { attribute_key: 'phone_number', filter_operator: 'starts_with', values: ['+55'], ...joint },
				{ attribute_key: 'plano', filter_operator: 'equal_to', custom_attribute_type: 'contact_attribute', values: ['completo'], ...joint },
				{ attribute_key: 'pedido', filter_operator: 'is_not_present', custom_attribute_type: 'conversation_attribute' },
			],
		});
		expect(rule).toMatchObject({ name: 'Tudo', event: 'message_created', active: false, description: 'Para testes', files: [] });
	});

	it('says what a status was before, because the server matches nothing without it', async () => {
		const { requests, error } = await run('create', {
			name: 'Urgente', event: 'conversation_updated', actions: resolve,
			conditions: conditions({ attribute: 'inbox_id', operator: 'equal_to', inboxIds: ['2'] }, { attribute: 'status', operator: 'attribute_changed', statuses: ['resolved'] }),
		});
		expect(error).toBeUndefined();
		expect((requests[0]?.body as { conditions: unknown }).conditions).toEqual([
			{ attribute_key: 'status', filter_operator: 'attribute_changed', values: { from: ['open', 'pending', 'snoozed'], to: ['resolved'] }, query_operator: 'AND' },
			{ attribute_key: 'inbox_id', filter_operator: 'equal_to', values: [2] },
		]);
	});

	it('takes commas for what they are: between values of a list, or part of the one value', async () => {
		const { requests, error } = await run('create', {
			name: 'Vírgulas', event: 'message_created', actions: resolve,
			conditions: conditions(
				{ attribute: 'country_code', operator: 'equal_to', value: 'BR, PT' }, { attribute: 'company_name', operator: 'equal_to', value: 'Silva, Souza & Cia' }, { attribute: 'email', operator: 'equal_to', value: '={{ ["a@x.com", "b@x.com"] }}' },
				{ attribute: 'contact_attribute', contactAttribute: 'plano', operator: 'equal_to', value: 'básico, completo' }, { attribute: 'contact_attribute', contactAttribute: 'aniversario', operator: 'days_before', value: '30' },
			),
		});
		expect(error).toBeUndefined();
		expect((requests[0]?.body as { conditions: Array<{ values: unknown }> }).conditions.map(({ values }) => values)).toEqual([['BR', 'PT'], ['Silva, Souza & Cia'], ['a@x.com', 'b@x.com'], ['básico, completo'], [30]]);
	});

	it('sends every kind of action', async () => {
		const { rows: [rule], requests, error } = await run('create', {
			name: 'Tudo', event: 'conversation_created',
			actions: actions(
				{ name: 'send_message', message: 'Obrigado, até logo!' }, { name: 'add_private_note', message: 'Ver, depois' }, { name: 'add_label', labels: ['VIP', 'troca'] }, { name: 'remove_label', labels: ['newsletter'] },
				{ name: 'send_email_to_team', teamIds: ['1', '2'], message: 'Novo pedido' }, { name: 'assign_team', teamId: '2' }, { name: 'assign_agent', agentId: '3' }, { name: 'remove_assigned_agent' }, { name: 'remove_assigned_team' },
				{ name: 'send_webhook_event', url: 'https://example.com/x' }, { name: 'mute_conversation' }, { name: 'change_status', status: 'snoozed' }, { name: 'resolve_conversation' }, { name: 'open_conversation' },
				{ name: 'pending_conversation' }, { name: 'snooze_conversation' }, { name: 'change_priority', priority: 'urgent' }, { name: 'change_priority', priority: 'none' },
				{ name: 'send_email_transcript', emails: 'ana@example.com,caio@example.com' },
			),
		});
		expect(error).toBeUndefined();
		expect(requests[1]?.body).toEqual({
			name: 'Tudo', event_name: 'conversation_created', conditions: [],
			actions: [
				['send_message', ['Obrigado, até logo!']], ['add_private_note', ['Ver, depois']], ['add_label', ['vip', 'troca']], ['remove_label', ['newsletter']], ['send_email_to_team', [{ team_ids: [1, 2], message: 'Novo pedido' }]],
				['assign_team', [2]], ['assign_agent', [3]], ['remove_assigned_agent', []], ['remove_assigned_team', []], ['send_webhook_event', ['https://example.com/x']], ['mute_conversation', []], ['change_status', ['snoozed']],
				['resolve_conversation', []], ['open_conversation', []], ['pending_conversation', []], ['snooze_conversation', []], ['change_priority', ['urgent']], ['change_priority', ['nil']],
				['send_email_transcript', ['ana@example.com,caio@example.com']],
			].map(([action_name, action_params]) => ({ action_name, action_params })),
		});
		expect(rule).toMatchObject({ active: true, description: null });
	});

	it('uploads the file that the rule sends', async () => {
		const { rows: [rule], requests, error } = await run('create', { name: 'Cardápio', event: 'conversation_created', actions: actions({ name: 'send_attachment', file: 'data' }) }, { items: [file] });
		expect(error).toBeUndefined();
		expect(requests.map((request) => `${request.method} ${request.path}`)).toEqual(['POST /api/v1/accounts/1/upload', `POST ${path}`]);
		expect(rule).toMatchObject({ files: ['menu.pdf'], actions: [{ action: 'send_attachment', params: [1] }] });
	});

	it('passes on what the server says of a field', async () => {
		const { error } = await run('create', { name: 'x', actions: resolve, conditions: conditions({ attribute: 'contact_attribute', contactAttribute: 'nao_existe', operator: 'is_present' }) });
		expect(error?.message).toBe('Chatwoot refused the request: conditions Automation conditions nao_existe not supported. [item 0]');
	});

	describeFailures(chatwoot, 'automationRule', 'create', {
		good: () => ({ name: 'x', event: 'conversation_created', actions: resolve }), adminOnly: true,
		bad: [
			['no name', { name: ' ' }, /^'Name' is empty \[item 0\]/], ['no actions', { actions: {} }, /^'Actions' is empty/], ['another event', { event: '={{ "payday" }}' }, /^'Event' is not one of the possible values/],
			['a message without text', { actions: actions({ name: 'send_message', message: ' ' }) }, /^'Message' is empty/], ['no agent', { actions: actions({ name: 'assign_agent', agentId: '' }) }, /^'Agent Name or ID' is empty/],
			['no label', { actions: actions({ name: 'add_label', labels: [] }) }, /^'Label Names or IDs' is empty/], ['no team', { actions: actions({ name: 'send_email_to_team', teamIds: [], message: 'x' }) }, /^'Team Names or IDs' is empty/],
			['half an address', { actions: actions({ name: 'send_webhook_event', url: 'example' }) }, /^'URL' is not a web address/], ['an unknown action', { actions: actions({ name: '={{ "fly" }}' }) }, /^'Action' is not one of the possible values/],
			['a comparison that the field does not have', { conditions: conditions({ attribute: 'status', operator: 'contains', statuses: ['open'] }) }, /^'Is' does not fit Status/],
			['a message field for a conversation', { conditions: conditions({ attribute: 'content', operator: 'contains', value: 'x' }) }, /^'Field' does not fit the event: Message Text is there for messages only/],
			['a change where nothing changes', { conditions: conditions({ attribute: 'status', operator: 'attribute_changed', statuses: ['open'] }) }, /^'Is' does not fit the event: only an update changes something/],
			['Is Not of a custom attribute beside another condition', { conditions: conditions({ attribute: 'inbox_id', operator: 'equal_to', inboxIds: ['2'] }, { attribute: 'conversation_attribute', conversationAttribute: 'pedido', operator: 'not_equal_to', value: 'A-1' }) }, /^'Is' cannot be Is Not for a custom attribute beside other conditions/],
			['a change, or something else', { event: 'conversation_updated', combine: 'or', conditions: conditions({ attribute: 'inbox_id', operator: 'equal_to', inboxIds: ['2'] }, { attribute: 'status', operator: 'attribute_changed', statuses: ['open'] }) }, /^'Is' cannot be Has Changed To beside other conditions when 'Must Match' is Any Condition/],
			['two changes', { event: 'conversation_updated', conditions: conditions({ attribute: 'status', operator: 'attribute_changed', statuses: ['open'] }, { attribute: 'priority', operator: 'attribute_changed', priorities: ['low'] }) }, /^'Is' is Has Changed To in more than one condition/],
			['an inbox by name', { conditions: conditions({ attribute: 'inbox_id', operator: 'equal_to', inboxIds: ['Site'] }) }, /^'Inbox Names or IDs' has an entry that is not an ID/],
			['no value', { conditions: conditions({ attribute: 'email', operator: 'contains', value: ' ' }) }, /^'Value' is empty/], ['no status', { conditions: conditions({ attribute: 'status', operator: 'equal_to', statuses: [] }) }, /^'Statuses' is empty/],
			['a priority that there is not', { conditions: conditions({ attribute: 'priority', operator: 'equal_to', priorities: ['huge'] }) }, /^'Priorities' has an entry that is not one of the possible values/],
			['no attribute', { conditions: conditions({ attribute: 'contact_attribute', operator: 'is_present' }) }, /^'Contact Attribute Name or ID' is empty/],
			['an unknown field', { conditions: conditions({ attribute: '={{ "mood" }}', operator: 'is_present' }) }, /^'Field' is not one of the possible values/],
		],
	});
});

describe('automation rule: acts on what was chosen', () => {
	/** Labels of a conversation in inbox 2 after its priority went from low to high. */
	const labelsAfter = async (sent: object): Promise<string[]> => {
		const { error } = await run('create', { name: 'R', event: 'conversation_updated', actions: actions({ name: 'add_label', labels: ['vip'] }), ...sent });
		expect(error).toBeUndefined();
		const { state } = chatwoot.sandbox.chatwoot;
		const one = addConversation(chatwoot, { inboxId: 2, priority: 'low' });
		await chatwoot.run('conversation', 'setPriority', { conversationId: byId(one.displayId), priority: 'high' });
		await chatwoot.sandbox.settled();
		return state.conversations.get(one.id)!.labels;
	};
	const high = { attribute: 'priority', operator: 'attribute_changed', priorities: ['high'] };

	it.each<[string, object, string[]]>([
		['the change in the inbox', { conditions: conditions({ attribute: 'inbox_id', operator: 'equal_to', inboxIds: ['2'] }, high) }, ['vip']],
		['the change in another inbox', { conditions: conditions({ attribute: 'inbox_id', operator: 'equal_to', inboxIds: ['4'] }, high) }, []],
		['another change', { conditions: conditions({ ...high, priorities: ['urgent'] }) }, []],
		['an attribute that is empty, and Is Not alone', { conditions: conditions({ attribute: 'conversation_attribute', conversationAttribute: 'pedido', operator: 'not_equal_to', value: 'A-1' }) }, ['vip']],
	])('%s', async (_what, sent, expected) => {
		expect(await labelsAfter(sent)).toEqual(expected);
	});
});

describe('automation rule: get, get many, update, clone, delete', () => {
	it('gets one', async () => {
		expect((await run('get', good())).rows[0]).toMatchObject({
			id: '1', name: 'Pedidos do site', description: 'Etiqueta quem fala de encomenda', event: 'message_created', active: true, files: [],
			conditions: [{ field: 'message_type', operator: 'equal_to', values: ['incoming'], next: 'and' }, { field: 'content', operator: 'contains', values: ['encomenda'], next: null }],
			actions: [{ action: 'add_label', params: ['vip'] }],
		});
	});

	it('gets many, and lists them to pick from', async () => {
		await run('clone', good());
		expect((await run('getAll', { returnAll: true })).rows.map(({ id }) => id)).toEqual(['1', '3']);
		expect((await run('getAll', { limit: 1 })).rows).toHaveLength(1);
		chatwoot.sandbox.chatwoot.state.automationRules.get(3)!.active = false;
		const using = { credentials, credentialValues: credentialValues(chatwoot.sandbox) };
		expect((await listSearch(Chatwoot, 'searchAutomationRules', using)).results).toEqual([{ name: 'Pedidos do site', value: '1' }, { name: 'Pedidos do site · off', value: '3' }]);
		expect(await loadOptions(Chatwoot, 'teamIds', using)).toEqual([{ name: 'vendas', value: '1', description: 'Atendimento comercial' }, { name: 'suporte', value: '2' }]);
	});

	it('updates only what is given', async () => {
		const { rows: [rule], requests } = await run('update', { automationRuleId: fromList(1), updateFields: { active: false } });
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: `${path}/1`, body: { active: false } });
		expect(rule).toMatchObject({ active: false, name: 'Pedidos do site', actions: [{ action: 'add_label', params: ['vip'] }] });
	});

	it('updates everything', async () => {
		const { rows: [rule], requests, error } = await run('update', {
			...good(),
			updateFields: {
				name: 'Outra', description: 'Nova', event: 'message_created', active: true, combine: 'or', actions: actions({ name: 'send_attachment', file: 'data' }, { name: 'mute_conversation' }),
				conditions: conditions({ attribute: 'city', operator: 'contains', value: 'Fortaleza' }, { attribute: 'content', operator: 'equal_to', value: 'oi' }),
			},
		}, { items: [file] });
		expect(error).toBeUndefined();
		expect(requests[1]?.body).toEqual({
			name: 'Outra', description: 'Nova', event_name: 'message_created', active: true, actions: [{ action_name: 'send_attachment', action_params: [expect.stringMatching(/^eyJ/)] }, { action_name: 'mute_conversation', action_params: [] }],
			conditions: [{ attribute_key: 'city', filter_operator: 'contains', values: ['Fortaleza'], query_operator: 'OR' }, { attribute_key: 'content', filter_operator: 'equal_to', values: ['oi'] }],
		});
		expect(rule).toMatchObject({ name: 'Outra', files: ['menu.pdf'] });
	});

	it.each<[string, IDataObject, string]>([
		['an event that the conditions do not fit', { event: 'conversation_created' }, 'Message Direction is there for messages only'],
		['conditions that do not fit the event', { conditions: conditions({ attribute: 'status', operator: 'attribute_changed', statuses: ['open'] }) }, 'only an update changes something'],
	])('refuses %s, because the rule would never act', async (_what, updateFields, reason) => {
		const { error, requests } = await run('update', { ...good(), updateFields });
		expect(error?.message).toBe(`The conditions do not fit the event of the rule: ${reason} [item 0]`);
		expect(requests.map(({ method }) => method)).toEqual(['GET']);
	});

	it('clones, without the files', async () => {
		const source = await run('create', { name: 'Cardápio', event: 'conversation_created', actions: actions({ name: 'send_attachment', file: 'data' }) }, { items: [file] });
		const { rows: [rule], requests } = await run('clone', { automationRuleId: byId(String(source.rows[0]?.id)) });
		expect(requests[0]).toMatchObject({ method: 'POST', path: `${path}/3/clone` });
		expect(rule).toMatchObject({ id: '4', name: 'Cardápio', active: true, files: [] });
	});

	it('deletes', async () => {
		expect((await run('delete', good())).rows).toEqual([{ deleted: true }]);
		expect([...chatwoot.sandbox.chatwoot.state.automationRules.keys()]).toEqual([2]);
	});

	const bad = [badId];
	describeFailures(chatwoot, 'automationRule', 'get', { good, ...unknown, adminOnly: true, bad });
	describeFailures(chatwoot, 'automationRule', 'getAll', { good: () => ({}), adminOnly: true });
	describeFailures(chatwoot, 'automationRule', 'update', { good: () => ({ ...good(), updateFields: { name: 'x' } }), ...unknown, adminOnly: true, bad: [badId, ['nothing', { updateFields: '={{ {} }}' }, /^'Update Fields' is empty/]] });

	describeFailures(chatwoot, 'automationRule', 'clone', { good, ...unknown, adminOnly: true, bad });
	describeFailures(chatwoot, 'automationRule', 'delete', { good, ...unknown, adminOnly: true, bad });
});
