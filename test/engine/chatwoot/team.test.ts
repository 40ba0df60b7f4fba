import type { IDataObject } from 'n8n-workflow';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { byId, byUrl, useNode } from '../support';
import { describeFailures } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/teams';
const run = async (operation: string, fields = {}) => await chatwoot.run('team', operation, fields);
const unknown = { unknown: { teamId: '99' } };
const bad: Array<[string, IDataObject, RegExp]> = [['an ID of letters', { teamId: byId('={{ "abc" }}') }, /^'Team' is not an ID \[item 0\]$/]];

describe('team: create and update', () => {
	it('creates with every field', async () => {
		const { rows, requests, error } = await run('create', { name: 'Pós-venda', additionalFields: { description: 'Depois da compra', autoAssignment: false } });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'POST', path, body: { name: 'Pós-venda', description: 'Depois da compra', allow_auto_assign: false } });
		expect(rows[0]).toMatchObject({ name: 'pós-venda', description: 'Depois da compra', autoAssignment: false, isMember: false });
		expect(rows[0]?.url).toBe(`${chatwoot.sandbox.chatwoot.url}/app/accounts/1/settings/teams/${String(rows[0]?.id)}/edit`);
	});

	it('says that the name is taken', async () => {
		expect((await run('create', { name: 'Vendas' })).error?.message).toBe("Chatwoot refused 'Name': Name has already been taken [item 0]");
	});

	it('updates what is given', async () => {
		const { rows, requests } = await run('update', { teamId: byId(1), updateFields: { name: 'Comercial', description: 'd', autoAssignment: false } });
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: `${path}/1`, body: { name: 'Comercial', description: 'd', allow_auto_assign: false } });
		expect(rows[0]).toMatchObject({ id: '1', name: 'comercial', description: 'd', autoAssignment: false });
	});

	describeFailures(chatwoot, 'team', 'create', { good: () => ({ name: 'nova' }), adminOnly: true, bad: [['no name', { name: ' ' }, /^'Name' is empty/], ['a long name', { name: 'x'.repeat(256) }, /^'Name' is longer than 255 characters/]] });
	describeFailures(chatwoot, 'team', 'update', { good: () => ({ teamId: byId(1), updateFields: { description: 'x' } }), ...unknown, adminOnly: true, bad: [['nothing', { updateFields: {} }, /^'Update Fields' is empty/]] });
});

describe('team: get, get many, delete', () => {
	it.each([['ID', () => byId(2)], ['address', (host: string) => byUrl(`${host}/app/accounts/1/settings/teams/2/edit`)]])('gets one by %s', async (_how, named) => {
		const teamId = named(chatwoot.sandbox.chatwoot.url);
		expect((await run('get', { teamId })).rows[0]).toMatchObject({ id: '2', name: 'suporte', description: null, autoAssignment: true });
	});

	it('gets many', async () => {
		expect((await run('getAll', { returnAll: true })).rows.map(({ name, isMember }) => `${String(name)} ${String(isMember)}`)).toEqual(['vendas true', 'suporte false']);
		expect((await run('getAll', { limit: 1 })).rows).toHaveLength(1);
	});

	it('deletes', async () => {
		expect((await run('delete', { teamId: byId(2) })).rows).toEqual([{ deleted: true }]);
		expect([...chatwoot.sandbox.chatwoot.state.teams.keys()]).toEqual([1, 3]);
	});

	describeFailures(chatwoot, 'team', 'get', { good: () => ({ teamId: byId(1) }), ...unknown, bad });
	describeFailures(chatwoot, 'team', 'getAll', { good: () => ({}) });
	describeFailures(chatwoot, 'team', 'delete', { good: () => ({ teamId: byId(1) }), ...unknown, adminOnly: true, bad });
});

describe('team: members', () => {
	const names = (rows: Array<Record<string, unknown>>) => rows.map(({ name }) => name);

	it('gets them', async () => {
		expect(names((await run('getMembers', { teamId: byId(1), returnAll: true })).rows)).toEqual(['Marina Duarte', 'Caio Nogueira']);
		expect((await run('getMembers', { teamId: byId(1), limit: 1 })).rows).toHaveLength(1);
	});

	it('adds some and gives all; again changes nothing', async () => {
		const first = await run('addMembers', { teamId: byId(1), agentIds: ['2', '3'] });
		expect(first.requests[0]).toMatchObject({ method: 'POST', path: `${path}/1/team_members`, body: { user_ids: [2, 3] } });
		expect(names(first.rows)).toEqual(['Marina Duarte', 'Caio Nogueira', 'Inês Ferreira']);
		expect(names((await run('addMembers', { teamId: byId(1), agentIds: '3' })).rows)).toHaveLength(3);
	});

	it('removes some and gives the rest', async () => {
		const { rows, requests } = await run('removeMembers', { teamId: byId(1), agentIds: [2] });
		expect(requests[0]).toMatchObject({ method: 'DELETE', path: `${path}/1/team_members`, body: { user_ids: [2] } });
		expect(names(rows)).toEqual(['Marina Duarte']);
	});

	it('sets all', async () => {
		const { rows, requests } = await run('setMembers', { teamId: byId(1), agentIds: [3] });
		expect(requests[0]).toMatchObject({ method: 'PATCH', body: { user_ids: [3] } });
		expect(names(rows)).toEqual(['Inês Ferreira']);
	});

	it('says that somebody is not of the account', async () => {
		expect((await run('addMembers', { teamId: byId(1), agentIds: [77] })).error?.message).toBe("'Agent' 77 is not in account 1 [item 0]");
	});

	describeFailures(chatwoot, 'team', 'getMembers', { good: () => ({ teamId: byId(1) }), ...unknown, bad });
	describe.each(['addMembers', 'removeMembers', 'setMembers'])('%s', (operation) => {
		describeFailures(chatwoot, 'team', operation, {
			good: () => ({ teamId: byId(1), agentIds: ['2'] }), ...unknown, adminOnly: true,
			bad: [...bad, ['nobody', { agentIds: ' , ' }, /^'Agent Names or IDs' is empty/], ['a name', { agentIds: 'Caio' }, /^'Agent Names or IDs' has an entry that is not an ID/]],
		});
	});
});
