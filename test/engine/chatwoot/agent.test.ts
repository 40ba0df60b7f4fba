import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { byId, useNode } from '../support';
import { describeFailures } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/agents';
const run = async (operation: string, fields = {}) => await chatwoot.run('agent', operation, fields);

describe('agent: create', () => {
	it('sends all fields', async () => {
		const { rows, requests, error } = await run('create', { email: 'rita@example.com', role: 'administrator', additionalFields: { name: 'Rita Lima', availability: 'busy', autoOffline: false } });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'POST', path, body: { email: 'rita@example.com', name: 'Rita Lima', role: 'administrator', availability: 'busy', auto_offline: false } });
		expect(rows[0]).toMatchObject({ name: 'Rita Lima', email: 'rita@example.com', role: 'administrator', availability: 'busy', autoOffline: false, confirmed: false });
	});

	it('an address alone is an agent, called as the part before the @', async () => {
		const { rows, requests } = await run('create', { email: 'rita@example.com' });
		expect(requests[0]?.body).toEqual({ email: 'rita@example.com', role: 'agent' });
		expect(rows[0]).toMatchObject({ name: 'rita', role: 'agent' });
	});

	it('says that the person is in the account already', async () => {
		expect((await run('create', { email: 'caio@lojaexemplo.com.br' })).error?.message).toMatch(/^Chatwoot refused 'User': User has already been taken/);
	});

	describeFailures(chatwoot, 'agent', 'create', {
		good: () => ({ email: 'rita@example.com' }), adminOnly: true,
		bad: [['no address', { email: ' ' }, /^'Email' is empty \[item 0\]$/], ['what is no address', { email: 'rita' }, /^'Email' is not an e-mail address/], ['a long name', { additionalFields: { name: 'x'.repeat(256) } }, /^'Name' is longer than 255 characters/]],
	});
});

describe('agent: create many', () => {
	it('names those who are agents afterwards', async () => {
		const { rows, requests, error } = await run('createMany', { emails: 'Rita@example.com, ze@example.com\ncaio@lojaexemplo.com.br, rita@example.com' });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'POST', path: `${path}/bulk_create`, body: { emails: ['rita@example.com', 'ze@example.com', 'caio@lojaexemplo.com.br'] } });
		expect(rows).toEqual([{ agents: ['rita@example.com', 'ze@example.com', 'caio@lojaexemplo.com.br'], skipped: [] }]);
		expect(chatwoot.sandbox.chatwoot.state.accountUsers.filter(({ accountId }) => accountId === 1)).toHaveLength(5);
	});

	describeFailures(chatwoot, 'agent', 'createMany', {
		good: () => ({ emails: ['rita@example.com'] }), adminOnly: true,
		bad: [['no address', { emails: ' , ' }, /^'Emails' is empty/], ['what is no address', { emails: 'a@example.com, b' }, /^'Emails' has an entry that is not an e-mail address: b/]],
	});
});

describe('agent: get, get many, get assignable', () => {
	it('gets one out of the list', async () => {
		const { rows, requests } = await run('get', { agentId: byId(2) });
		expect(requests[0]).toMatchObject({ method: 'GET', path });
		expect(rows[0]).toMatchObject({ id: '2', name: 'Caio Nogueira', email: 'caio@lojaexemplo.com.br', role: 'agent', availability: 'online' });
	});

	it('gets many by name, up to the limit', async () => {
		expect((await run('getAll', { returnAll: true })).rows.map(({ name }) => name)).toEqual(['Caio Nogueira', 'Inês Ferreira', 'Marina Duarte']);
		expect((await run('getAll', { limit: 2 })).rows).toHaveLength(2);
		expect((await run('getAll', { account: byId(2) })).rows.map(({ name }) => name)).toEqual(['Marina Duarte']);
	});

	it('gets who can be given conversations of an inbox', async () => {
		const { rows, requests } = await run('getAssignable', { inboxId: byId(2) });
		expect(requests[0]).toMatchObject({ path: '/api/v1/accounts/1/assignable_agents', query: { 'inbox_ids[]': '2' } });
		expect(rows.map(({ name }) => name)).toEqual(['Caio Nogueira', 'Marina Duarte']);
	});

	describeFailures(chatwoot, 'agent', 'get', { good: () => ({ agentId: byId(2) }), unknown: { agentId: '99' }, bad: [['an ID of letters', { agentId: byId('={{ "abc" }}') }, /^'Agent' is not an ID \[item 0\]$/]] });
	describeFailures(chatwoot, 'agent', 'getAll', { good: () => ({}), bad: [['a limit of 0', { limit: 0 }, /^'Limit' is less than 1/]] });
	describeFailures(chatwoot, 'agent', 'getAssignable', { good: () => ({ inboxId: byId(1) }), unknown: { inboxId: '99' } });
});

describe('agent: update', () => {
	it('writes the role, and keeps the custom role that an Enterprise server would take away', async () => {
		const { rows, requests, error } = await run('update', { agentId: byId(2), updateFields: { role: 'administrator', name: 'Caio N.', availability: 'offline', autoOffline: false } });
		expect(error).toBeUndefined();
		expect(requests.at(-1)).toMatchObject({ method: 'PATCH', path: `${path}/2`, body: { name: 'Caio N.', role: 'administrator', availability: 'offline', auto_offline: false } });
		expect(requests.at(-1)?.body).not.toHaveProperty('custom_role_id');
		expect(rows[0]).toMatchObject({ id: '2', name: 'Caio N.', role: 'administrator', availability: 'offline', autoOffline: false });
		chatwoot.sandbox.chatwoot.state.accountUsers.find(({ accountId, userId }) => accountId === 1 && userId === 2)!.customRoleId = 7;
		expect((await run('update', { agentId: byId(2), updateFields: { availability: 'online' } })).requests.at(-1)?.body).toEqual({ availability: 'online', custom_role_id: 7 });
	});

	describeFailures(chatwoot, 'agent', 'update', {
		good: () => ({ agentId: byId(2), updateFields: { name: 'C' } }), unknown: { agentId: '99' }, adminOnly: true, bad: [['nothing', { updateFields: {} }, /^'Update Fields' is empty/]],
	});
});

describe('agent: delete', () => {
	it('takes the person out of the account', async () => {
		expect((await run('delete', { agentId: byId(3) })).rows).toEqual([{ deleted: true }]);
		expect((await run('getAll', { returnAll: true })).rows.map(({ id }) => id)).not.toContain('3');
	});

	describeFailures(chatwoot, 'agent', 'delete', { good: () => ({ agentId: byId(3) }), unknown: { agentId: '99' }, adminOnly: true, bad: [['nobody', { agentId: byId('={{ "" }}') }, /^'Agent' is empty/]] });
});
