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

describe('quick phrase', () => {
	it('is created, changed and deleted with the Token V3, and read with either', async () => {
		const created = await kinbox.run('quickPhrase', 'create', { phrase: 'Olá!', tag: 'oi', operatorId: byId(42), privacy: 'group', groupId: byId(10) });
		expect(created.error).toBeUndefined();
		expect(created.requests[0]?.body).toEqual({ phrase: 'Olá!', tag: 'oi', operatorId: 42, privacy: 'group', groupId: 10 });
		const id = String(created.rows[0]?.id);
		for (const options of [{}, apiToken(kinbox)]) {
			expect((await rowsOf('quickPhrase', 'getAll', { returnAll: true }, options)).map(({ phrase }) => phrase)).toEqual(['Olá!']);
			expect((await rowsOf('quickPhrase', 'get', { quickPhraseId: byId(id) }, options))[0]).toMatchObject({ phrase: 'Olá!', tag: 'oi' });
		}
		const updated = await kinbox.run('quickPhrase', 'update', { quickPhraseId: byId(id), phrase: 'Oi!' });
		expect(updated.requests[0]?.body).toEqual({ phrase: 'Oi!' });
		const hidden = await kinbox.run('quickPhrase', 'update', { quickPhraseId: byId(id), privacy: 'private' });
		expect(hidden.requests[0]).toMatchObject({ method: 'PATCH', body: { privacy: 'private' } });
		expect(await messageOf('quickPhrase', 'update', { quickPhraseId: byId(id) })).toBe("'Quick Phrase' is given, but no field to change [item 0]");
		expect(await rowsOf('quickPhrase', 'delete', { quickPhraseId: byId(id) })).toEqual([{ id, deleted: true }]);
	});

	it('refuses what is too long or incomplete, and says which token is needed', async () => {
		expect(await messageOf('quickPhrase', 'create', { phrase: 'a'.repeat(2329), operatorId: byId(42) })).toBe("'Phrase' has more than 2328 characters [item 0]");
		expect(await messageOf('quickPhrase', 'create', { phrase: 'Oi', operatorId: byId(42), privacy: 'group', groupId: byId('={{ $json.x }}') })).toBe("'Group' is empty [item 0]");
		expect(await messageOf('quickPhrase', 'create', { phrase: 'Oi', operatorId: byId(42) }, apiToken(kinbox))).toBe('Creating a quick phrase needs the Token V3, but the credential holds the API Token [item 0]');
	});
});
