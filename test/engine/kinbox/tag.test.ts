import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { loadOptions } from '../../harness/engine';
import { byId, credentials, credentialValues, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);

describe('tag', () => {
	it('lists all or up to a limit, with either token', async () => {
		for (const options of [undefined, apiToken(kinbox)]) {
			const all = await kinbox.run('tag', 'getAll', { returnAll: true }, options);
			expect(all.error).toBeUndefined();
			expect(all.rows.map(({ name }) => name)).toEqual(['vip', 'orçamento', 'inadimplente']);
			const one = await kinbox.run('tag', 'getAll', { limit: 1 }, options);
			expect(one.rows).toHaveLength(1);
		}
	});

	it('is created, read, updated and deleted, with either token', async () => {
		for (const options of [undefined, apiToken(kinbox)]) {
			const created = await kinbox.run('tag', 'create', { name: 'novo', color: '#123456', privacy: 'team', privacyGroups: ['10'] }, options);
			expect(created.error).toBeUndefined();
			expect(created.requests[0]?.body).toEqual({ name: 'novo', color: '#123456', privacy: { type: 'team', groupIds: ['10'] } });
			const id = String(created.rows[0]?.id);
			const updated = await kinbox.run('tag', 'update', { tagId: byId(id), color: '#654321' }, options);
			expect(updated.requests[0]?.body).toEqual({ color: '#654321' });
			const read = await kinbox.run('tag', 'get', { tagId: byId(id) }, options);
			expect(read.rows[0]).toMatchObject({ id, name: 'novo', color: '#654321' });
			const deleted = await kinbox.run('tag', 'delete', { tagId: byId(id) }, options);
			expect(deleted.rows).toEqual([{ id, deleted: true }]);
			const gone = await kinbox.run('tag', 'get', { tagId: byId(id) }, options);
			expect(gone.error?.message).toBe('Kinbox does not know this record [item 0]');
		}
	});

	it('refuses what is incomplete, and passes on that a name is taken', async () => {
		expect((await kinbox.run('tag', 'create', { name: ' ' })).error?.message).toBe("'Name' is empty [item 0]");
		expect((await kinbox.run('tag', 'create', { name: 'x', privacy: 'team' })).error?.message).toBe("'Groups Names or IDs' is empty [item 0]");
		expect((await kinbox.run('tag', 'update', { tagId: byId(1) })).error?.message).toBe("'Tag' is given, but no field to change [item 0]");
		expect((await kinbox.run('tag', 'create', { name: 'vip' })).error?.message).toBe('Kinbox refused the request: A tag with this name already exists [item 0]');
	});

	it('can be picked as options; channels with an API Token', async () => {
		const values = credentialValues(kinbox.sandbox);
		const tags = await loadOptions(Kinbox, 'getTags', { credentials, credentialValues: values });
		expect(tags.map(({ name }) => name)).toEqual(['vip', 'orçamento', 'inadimplente']);
		const channels = await loadOptions(Kinbox, 'getChannels', { credentials, credentialValues: { ...values, kinboxApi: { ...values.kinboxApi, ...apiToken(kinbox).credential?.kinboxApi } } });
		expect(channels[0]).toEqual({ name: 'WhatsApp oficial · WhatsApp · 5511930001030', value: '103' });
	});
});
