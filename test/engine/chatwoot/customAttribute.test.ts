import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { listSearch } from '../../harness/engine';
import { byId, credentials, credentialValues, useNode } from '../support';
import { describeFailures } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/custom_attribute_definitions';
const run = async (operation: string, fields = {}) => await chatwoot.run('customAttribute', operation, fields);
const good = () => ({ customAttributeId: byId(3) });
const unknown = { customAttributeId: '99' };

describe('custom attribute', () => {
	it('are listed, all or those of one kind of record', async () => {
		expect((await run('getAll', { returnAll: true })).rows).toHaveLength(7);
		const contacts = await run('getAll', { appliesToFilter: 'contact', limit: 3 });
		expect(contacts.requests[0]).toMatchObject({ path, query: { attribute_model: 'contact_attribute' } });
		expect(contacts.rows[2]).toEqual({ id: '3', name: 'Plano', key: 'plano', appliesTo: 'contact', type: 'list', description: 'Plano', values: ['básico', 'completo'], pattern: null, createdAt: expect.any(String) });
		const { results } = await listSearch(Chatwoot, 'searchCustomAttributes', { credentials, credentialValues: credentialValues(chatwoot.sandbox), filter: 'motivo' });
		expect(results).toEqual([{ name: 'Motivo · conversation', value: '7' }]);
	});

	it('are created, read, changed and deleted', async () => {
		const created = await run('create', {
			name: 'Tamanho', key: 'tamanho', appliesTo: 'conversation', attributeType: 'list', additionalFields: { values: 'P, M, G', description: 'Da camisa', pattern: '[PMG]', patternCue: 'P, M ou G' },
		});
		expect(created.error).toBeUndefined();
		expect(created.requests[0]).toMatchObject({ method: 'POST', path });
		expect(created.requests[0]?.body).toEqual({
			attribute_display_name: 'Tamanho', attribute_key: 'tamanho', attribute_model: 'conversation_attribute', attribute_display_type: 'list', attribute_description: 'Da camisa', attribute_values: ['P', 'M', 'G'],
			regex_pattern: '[PMG]', regex_cue: 'P, M ou G',
		});
		const customAttributeId = byId(String(created.rows[0]?.id));
		expect((await run('get', { customAttributeId })).rows[0]).toMatchObject({ key: 'tamanho', values: ['P', 'M', 'G'] });
		expect((await run('update', { customAttributeId, updateFields: { name: 'Medida', attributeType: 'text' } })).requests[0]).toMatchObject({ method: 'PATCH', body: { attribute_display_name: 'Medida', attribute_display_type: 'text' } });
		expect((await run('delete', { customAttributeId })).rows).toEqual([{ deleted: true }]);
		expect((await run('getAll', { returnAll: true })).rows).toHaveLength(7);
	});

	it('say that a key is taken', async () => {
		expect((await run('create', { name: 'CPF', key: 'cpf' })).error?.message).toBe("Chatwoot refused 'Key': Attribute key has already been taken [item 0]");
	});

	describeFailures(chatwoot, 'customAttribute', 'getAll', { good: () => ({}), bad: [['an unknown kind', { appliesToFilter: 'agent' }, /^'Applies To' is not one of/]] });
	describeFailures(chatwoot, 'customAttribute', 'create', {
		good: () => ({ name: 'Novo', key: 'novo' }),
		bad: [['no name', { name: ' ' }, /^'Name' is empty/], ['blanks in the key', { key: 'a b' }, /^'Key' has signs that a key cannot have/], ['a list without choices', { attributeType: 'list' }, /^'Choices' is empty/]],
	});
	describeFailures(chatwoot, 'customAttribute', 'get', { good, unknown });
	describeFailures(chatwoot, 'customAttribute', 'update', { good: () => ({ ...good(), updateFields: { name: 'x' } }), unknown, bad: [['nothing', { updateFields: {} }, /^'Update Fields' is empty/]] });
	describeFailures(chatwoot, 'customAttribute', 'delete', { good, unknown });
});
