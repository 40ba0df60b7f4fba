import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { listSearch } from '../../harness/engine';
import { byId, credentials, credentialValues, useNode } from '../support';
import { describeFailures } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/webhooks';
const secret = 'signingSecretOfTheTest';
const run = async (operation: string, fields = {}) => await chatwoot.run('webhook', operation, fields);
const url = 'https://example.com/chatwoot';

/** Two webhooks: a signed one and one from before secrets. */
function hooks() {
	const { state } = chatwoot.sandbox.chatwoot;
	state.webhooks.clear();
	state.webhooks.set(1, { id: 1, accountId: 1, inboxId: 2, url: 'https://a.example/hook', name: 'Pedidos', subscriptions: ['message_created'], secret });
	state.webhooks.set(2, { id: 2, accountId: 1, inboxId: null, url: 'https://b.example/hook', name: null, subscriptions: ['contact_created', 'contact_updated'], secret: '' });
	return { webhookId: byId(1) };
}
const bad: Array<[string, Record<string, string>, RegExp]> = [['an ID of letters', { webhookId: '={{ "abc" }}' }, /^'Webhook' is not an ID \[item 0\]$/]];
const unknown = { unknown: { webhookId: '99' }, adminOnly: true };

describe('webhook: create', () => {
	it('sends all fields, and keeps the signing secret to itself', async () => {
		const { rows, requests, error } = await run('create', { url, events: ['message_created', 'conversation_typing_on'], additionalFields: { name: 'Pedidos', inboxId: byId(2) } });
		expect(error).toBeUndefined();
		expect(requests[0]).toMatchObject({ method: 'POST', path, body: { url, subscriptions: ['message_created', 'conversation_typing_on'], name: 'Pedidos', inbox_id: 2 } });
		expect(rows[0]).toMatchObject({ name: 'Pedidos', url, events: ['message_created', 'conversation_typing_on'], inboxId: '2', signed: true });
		const raw = await run('create', { url: `${url}2`, events: ['message_created'], output: 'raw' });
		expect(raw.rows[0]).toMatchObject({ signed: true });
		const made = [...chatwoot.sandbox.chatwoot.state.webhooks.values()].map((one) => one.secret);
		expect(made).toHaveLength(2);
		for (const one of made) expect(raw.visibleText()).not.toContain(one);
	});

	it('says that the address is taken', async () => {
		hooks();
		expect((await run('create', { url: 'https://a.example/hook', events: ['message_created'] })).error?.message).toBe("Chatwoot refused 'URL': Url has already been taken [item 0]");
	});

	describeFailures(chatwoot, 'webhook', 'create', {
		good: () => ({ url, events: ['message_created'] }), adminOnly: true,
		bad: [
			['no address', { url: ' ' }, /^'URL' is empty/], ['no web address', { url: 'example.com' }, /^'URL' is not a web address/], ['no events', { events: '={{ [] }}' }, /^'Events' is empty/],
			['an unknown event', { events: '={{ ["message_created", "x"] }}' }, /^'Events' has an entry that Chatwoot does not know: x/],
		],
	});
});

describe('webhook: get, get many, update, delete', () => {
	it('gets one and many without the secret', async () => {
		const fields = hooks();
		expect((await run('get', fields)).rows).toEqual([{ id: '1', name: 'Pedidos', url: 'https://a.example/hook', events: ['message_created'], inboxId: '2', signed: true }]);
		const all = await run('getAll', { returnAll: true, output: 'raw' });
		expect(all.rows.map(({ id, signed }) => [id, signed])).toEqual([[1, true], [2, false]]);
		expect(all.visibleText()).not.toContain(secret);
		expect((await run('get', { ...fields, output: 'raw' })).visibleText()).not.toContain(secret);
		expect((await run('getAll', { limit: 1 })).rows).toHaveLength(1);
		const { results } = await listSearch(Chatwoot, 'searchWebhooks', { credentials, credentialValues: credentialValues(chatwoot.sandbox) });
		expect(results).toEqual([{ name: 'Pedidos · https://a.example/hook', value: '1' }, { name: 'https://b.example/hook', value: '2' }]);
	});

	it('updates what is given', async () => {
		const { rows, requests, visibleText } = await run('update', { ...hooks(), updateFields: { events: ['contact_created'], name: 'Novo', inboxId: byId(1), url } });
		expect(requests[0]).toMatchObject({ method: 'PATCH', path: `${path}/1`, body: { url, subscriptions: ['contact_created'], name: 'Novo', inbox_id: 1 } });
		expect(rows[0]).toMatchObject({ id: '1', name: 'Novo', url, events: ['contact_created'], signed: true });
		expect(visibleText()).not.toContain(secret);
		expect((await run('update', { webhookId: byId(1), updateFields: { name: 'Só' } })).requests[0]?.body).toEqual({ name: 'Só' });
	});

	it('deletes', async () => {
		expect((await run('delete', hooks())).rows).toEqual([{ deleted: true }]);
		expect([...chatwoot.sandbox.chatwoot.state.webhooks.keys()]).toEqual([2]);
	});

	describeFailures(chatwoot, 'webhook', 'get', { good: hooks, ...unknown, bad });
	describeFailures(chatwoot, 'webhook', 'getAll', { good: () => ({}), adminOnly: true });
	describeFailures(chatwoot, 'webhook', 'update', { good: () => ({ ...hooks(), updateFields: { name: 'x' } }), ...unknown, bad: [...bad, ['nothing', { updateFields: '={{ {} }}' }, /^'Update Fields' is empty/]] });
	describeFailures(chatwoot, 'webhook', 'delete', { good: hooks, ...unknown, bad });
});
