import type { INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { byId, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);
/** Runs, and gives the rows; a failure fails the test. */
async function rowsOf(resource: string, operation: string, parameters: INodeParameters = {}, options = {}) {
	const { rows, error } = await kinbox.run(resource, operation, parameters, options);
	expect(error).toBeUndefined();
	return rows;
}
const messageOf = async (resource: string, operation: string, parameters: INodeParameters = {}, options = {}) => (await kinbox.run(resource, operation, parameters, options)).error?.message;

const secret = (webhookSecret: string) => ({ credential: { kinboxApi: { webhookSecret } } });

describe('webhook', () => {
	it('is created, read, listed and deleted; its secret is never output', async () => {
		const created = await kinbox.run('webhook', 'create', { url: 'https://example.com/hook', events: ['session:new'], sendSecret: true }, secret('a-secret-of-mine'));
		expect(created.error).toBeUndefined();
		expect(created.requests[0]?.body).toEqual({ url: 'https://example.com/hook', events: ['session:new'], secret: 'a-secret-of-mine' });
		const id = String(created.rows[0]?.id);
		const rows = [...created.rows, ...(await rowsOf('webhook', 'get', { webhookId: byId(id) })), ...(await rowsOf('webhook', 'getAll', { returnAll: true }))];
		expect(rows).toHaveLength(3);
		for (const row of rows) expect(row).toMatchObject({ id, url: 'https://example.com/hook', events: ['session:new'] });
		expect(JSON.stringify(rows)).not.toContain('a-secret-of-mine');
		const moved = await kinbox.run('webhook', 'update', { webhookId: byId(id), url: 'https://example.com/new', sendSecret: true }, secret('another-secret'));
		expect(moved.requests.at(-1)).toMatchObject({ method: 'PATCH', body: { url: 'https://example.com/new', events: ['session:new'], secret: 'another-secret' } });
		expect(moved.rows).toEqual([expect.objectContaining({ id, url: 'https://example.com/new', events: ['session:new'] })]);
		expect(moved.visibleText()).not.toContain('a-secret-of-mine');
		expect(JSON.stringify(moved.rows)).not.toContain('another-secret');
		const none = await kinbox.run('webhook', 'update', { webhookId: byId(id), sendSecret: true });
		expect(none.error?.message).toBe("'Send Secret' is on, but the credential has no 'Webhook Secret' [item 0]");
		expect(none.requests).toEqual([]);
		const more = await kinbox.run('webhook', 'update', { webhookId: byId(id), events: ['session:new', 'deal:won'] });
		expect(more.requests.at(-1)?.body).toEqual({ url: 'https://example.com/new', events: ['session:new', 'deal:won'] });
		expect(await rowsOf('webhook', 'delete', { webhookId: byId(id) })).toEqual([{ id, deleted: true }]);
		expect(await messageOf('webhook', 'update', { webhookId: byId(id), url: 'https://example.com/new' })).toBe('Kinbox does not know this record [item 0]');
		expect(await messageOf('webhook', 'update', { webhookId: byId(id) })).toBe("'Webhook' is given, but no field to change [item 0]");
		expect(await messageOf('webhook', 'update', { webhookId: byId(id), url: 'example.com' })).toBe("'URL' is not a web address [item 0]");
	});

	it('refuses an address that is none, no events, and says which token is needed', async () => {
		expect(await messageOf('webhook', 'create', { url: 'example.com', events: ['session:new'] })).toBe("'URL' is not a web address [item 0]");
		expect(await messageOf('webhook', 'create', { url: 'https://example.com', events: [] })).toBe("'Events' is empty [item 0]");
		expect(await messageOf('webhook', 'getAll', {}, apiToken(kinbox))).toBe('Webhooks need the Token V3, but the credential holds the API Token [item 0]');
	});
});
