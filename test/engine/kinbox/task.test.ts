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

describe('task', () => {
	it('is created with every field, listed, changed and deleted', async () => {
		const created = await kinbox.run('task', 'create', {
			name: 'Ligar', operatorId: byId(42), type: 'call',
			additionalFields: { autoExec: true, canceled: false, conversationId: 1234567, description: 'Festa', done: false, from: '2026-12-01T12:00:00Z', minutesDuration: 15, notifyMinutesBefore: 5, required: true, to: '2026-12-01T12:15:00Z' },
		});
		expect(created.error).toBeUndefined();
		expect(created.requests[0]?.body).toEqual({
			name: 'Ligar', operatorId: 42, type: 'call', autoExec: true, canceled: false, conversationId: 1234567, description: 'Festa', done: false, from: '2026-12-01T12:00:00.000Z', minutesDuration: 15,
			notifyMinutesBefore: 5, required: true, to: '2026-12-01T12:15:00.000Z',
		});
		const id = String(created.rows[0]?.id);
		expect(created.rows).toEqual([{
			id, name: 'Ligar', type: 'call', description: 'Festa', done: false, canceled: false, operatorId: '42', conversationId: '1234567', from: '2026-12-01T12:00:00.000Z', to: '2026-12-01T12:15:00.000Z', minutesDuration: 15,
		}]);
		expect((await rowsOf('task', 'get', { taskId: byId(id), output: 'raw' }))[0]).toMatchObject({ autoExec: true, notifyMinutesBefore: 5, workspaceId: expect.any(Number) });
		expect((await kinbox.run('task', 'create', { name: 'Só isso', operatorId: byId(43) })).requests[0]?.body).toEqual({ name: 'Só isso', operatorId: 43, type: 'task', description: '', done: false, required: false, autoExec: false, canceled: false, minutesDuration: 30 });
		const listed = await kinbox.run('task', 'getAll', { returnAll: true, filters: { type: 'call', operatorId: byId(42), name: 'Lig', from: '2026-11-30T00:00:00Z', to: '2027-01-01T00:00:00Z', dealId: byId('66e2') } });
		expect(listed.requests[0]?.query).toMatchObject({ status: 'open', type: 'call', operatorId: '42', name: 'Lig', dealId: '66e2' });
		expect(listed.rows.map((row) => row.id)).toEqual([id]);
		const values = credentialValues(kinbox.sandbox);
		expect((await listSearch(Kinbox, 'searchTasks', { credentials, credentialValues: values, filter: 'lig' })).results).toEqual([{ name: 'Ligar · call', value: id }]);
		expect((await rowsOf('task', 'update', { taskId: byId(id), additionalFields: { done: true } }))[0]).toMatchObject({ id, done: true });
		expect((await rowsOf('task', 'get', { taskId: byId(id) }))[0]).toMatchObject({ name: 'Ligar', done: true });
		expect(await rowsOf('task', 'delete', { taskId: byId(id) })).toEqual([{ id, deleted: true }]);
	});

	it('refuses what is incomplete, and says which token is needed', async () => {
		expect(await messageOf('task', 'create', { name: ' ', operatorId: byId(42) })).toBe("'Name' is empty [item 0]");
		expect(await messageOf('task', 'update', { taskId: byId('x') })).toBe("'Task' is given, but no field to change [item 0]");
		expect(await messageOf('task', 'getAll', {}, apiToken(kinbox))).toBe('Tasks need the Token V3, but the credential holds the API Token [item 0]');
	});
});
