import type { INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { listSearch } from '../../harness/engine';
import { byId, credentials, credentialValues, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);
/** Runs, and gives the rows; a failure fails the test. */
async function rowsOf(resource: string, operation: string, parameters: INodeParameters = {}, options = {}) {
	const { rows, error } = await kinbox.run(resource, operation, parameters, options);
	expect(error).toBeUndefined();
	return rows;
}
const messageOf = async (resource: string, operation: string, parameters: INodeParameters = {}, options = {}) => (await kinbox.run(resource, operation, parameters, options)).error?.message;

describe('dashboard', () => {
	const layout = [{ i: 'report-1', x: 0, y: 0, w: 4, h: 2 }];

	it('is created, read, changed, run, kept and deleted', async () => {
		const created = await kinbox.run('dashboard', 'create', { name: 'Vendas', description: 'Mês', layout: JSON.stringify(layout) });
		expect(created.error).toBeUndefined();
		expect(created.requests[0]?.body).toEqual({ name: 'Vendas', description: 'Mês', layout });
		const id = String(created.rows[0]?.id);
		expect((await rowsOf('dashboard', 'update', { dashboardId: byId(id), name: 'Vendas 2026' }))[0]).toMatchObject({ name: 'Vendas 2026', description: 'Mês' });
		expect((await rowsOf('dashboard', 'get', { dashboardId: byId(id) }))[0]).toMatchObject({ id, layout });
		expect((await rowsOf('dashboard', 'getAll', { returnAll: true })).map((row) => row.id)).toEqual([id]);
		const run = await kinbox.run('dashboard', 'runReports', { dashboardId: byId(id), reports: '{"report-1": {"type": "count"}}', indexedParams: '{"a": 1}', previous: true });
		expect(run.requests[0]?.body).toEqual({ dashboardId: id, reports: { 'report-1': { type: 'count' } }, indexedParams: { a: 1 }, previous: true });
		expect(run.rows).toEqual([{ 'report-1': { total: 3 } }]);
		const kept = await kinbox.run('dashboard', 'createSnapshot', { dashboardId: byId(id), operatorId: byId(42), name: 'Outubro' });
		expect(kept.error).toBeUndefined();
		expect(kept.requests.at(-1)?.body).toEqual({ dashboardId: id, dashboardName: 'Vendas 2026', authorId: 42, authorName: 'Marina Duarte', name: 'Outubro' });
		const snapshotId = String(kept.rows[0]?.id);
		expect((await rowsOf('dashboard', 'getSnapshots', { dashboardId: byId(id), name: 'Out', returnAll: true })).map((row) => row.id)).toEqual([snapshotId]);
		expect((await rowsOf('dashboard', 'getSnapshot', { dashboardId: byId(id), snapshotId: byId(snapshotId) }))[0]).toMatchObject({ name: 'Outubro' });
		const values = credentialValues(kinbox.sandbox);
		const found = await listSearch(Kinbox, 'searchSnapshots', { credentials, credentialValues: values, parameters: { resource: 'dashboard', operation: 'getSnapshot', dashboardId: byId(id) } });
		expect(found.results.map(({ value }) => value)).toEqual([snapshotId]);
		expect(await rowsOf('dashboard', 'delete', { dashboardId: byId(id) })).toEqual([{ id, deleted: true }]);
		expect(await messageOf('dashboard', 'get', { dashboardId: byId(id) })).toBe('Kinbox does not know this record [item 0]');
	});

	it('refuses a layout that is none, and says which token is needed', async () => {
		for (const bad of ['{', '{}', '[1]', '[{"i": "a"}]']) expect(await messageOf('dashboard', 'create', { name: 'X', layout: bad })).toBe("'Layout (JSON)' is not a list of places [item 0]");
		expect(await messageOf('dashboard', 'update', { dashboardId: byId('x') })).toBe("'Dashboard' is given, but no field to change [item 0]");
		expect(await messageOf('dashboard', 'getAll', {}, apiToken(kinbox))).toBe('Dashboards need the Token V3, but the credential holds the API Token [item 0]');
	});
});
