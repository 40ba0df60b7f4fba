import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);

describe('tag: get many', () => {
	it('lists all or up to a limit, with either token', async () => {
		for (const options of [undefined, apiToken(kinbox)]) {
			const all = await kinbox.run('tag', 'getAll', { returnAll: true }, options);
			expect(all.error).toBeUndefined();
			expect(all.rows.map(({ name }) => name)).toEqual(['vip', 'orçamento', 'inadimplente']);
			const one = await kinbox.run('tag', 'getAll', { limit: 1 }, options);
			expect(one.rows).toHaveLength(1);
		}
	});
});
