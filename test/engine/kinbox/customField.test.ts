import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { resourceMapping } from '../../harness/engine';
import { byId, credentials, credentialValues, useNode } from '../support';

const kinbox = useNode('Kinbox', Kinbox);

const fieldsOfContacts = async () => (await resourceMapping(Kinbox, 'contactCustomFields', { credentials, credentialValues: credentialValues(kinbox.sandbox) })).fields;

/** What the update of the first contact sends as its custom fields, beside those it has already. */
async function sentFields(customFields: object): Promise<object> {
	const [[id, contact] = []] = kinbox.sandbox.kinbox.state.contacts;
	const kept: Record<string, unknown> = { ...contact?.customFields };
	const { requests, error } = await kinbox.run('contact', 'update', { contactId: byId(id!), customFields: customFields as never });
	expect(error).toBeUndefined();
	const body = requests.find(({ method }) => method === 'PATCH')?.body as { customFields: object };
	return Object.fromEntries(Object.entries(body.customFields).filter(([name, value]) => JSON.stringify(kept[name]) !== JSON.stringify(value)));
}

describe('custom field: of contacts', () => {
	it('have the kinds of the account, and no field that the editor would fill in by itself', async () => {
		const fields = await fieldsOfContacts();
		expect(fields.map(({ id, type }) => [id, type])).toEqual(expect.arrayContaining([['cpf', 'string'], ['limite-de-credito', 'number'], ['interesse', 'options'], ['canais', 'string']]));
		expect(fields.map(({ type }) => type)).not.toContain('boolean');
	});

	it.each([[true, { value: true }], [false, { value: false }], [null, undefined]])('send a yes/no field that is %s', async (chosen, sent) => {
		const schema = await fieldsOfContacts();
		const yesNo = schema.find(({ id }) => id === 'aceita-novidades');
		expect(yesNo).toMatchObject({ type: 'options', options: [{ name: 'Yes', value: true }, { name: 'No', value: false }] });
		const customFields = { mappingMode: 'defineBelow', value: { 'aceita-novidades': chosen, cidade: 'Fortaleza' }, matchingColumns: [], schema };
		expect(await sentFields(customFields)).toEqual({ cidade: { value: 'Fortaleza' }, ...(sent ? { 'aceita-novidades': sent } : {}) });
	});

	it.each([
		['text with commas', 'WhatsApp, E-mail', ['whatsapp', 'e-mail']],
		["an expression's list", '={{ ["WhatsApp", "E-mail"] }}', ['whatsapp', 'e-mail']],
		['one choice', 'Telefone', ['telefone']],
	])('send several choices as a list: %s', async (_what, given, sent) => {
		const schema = await fieldsOfContacts();
		expect(schema.find(({ id }) => id === 'canais')).toMatchObject({ type: 'string', displayName: 'Canais preferidos (WhatsApp, E-mail, Telefone)' });
		const customFields = { mappingMode: 'defineBelow', value: { canais: given }, matchingColumns: [], schema };
		expect(await sentFields(customFields)).toEqual({ canais: { value: sent } });
	});
});
