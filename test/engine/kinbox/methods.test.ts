import type { IDataObject } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { listSearch, resourceMapping, type LoadOptionsOptions } from '../../harness/engine';
import { seedKinboxContacts } from '../../sandbox/kinbox/state';
import { metaTemplates } from '../../sandbox/whatsapp/templates';
import { credentials, credentialValues, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox);

/** Credential of either generation, for the drop-downs. */
const using = (generation: 'v3' | 'v1', more: LoadOptionsOptions = {}): LoadOptionsOptions => {
	const values = credentialValues(kinbox.sandbox);
	return { credentials, credentialValues: generation === 'v3' ? values : { ...values, kinboxApi: { ...values.kinboxApi, ...apiToken(kinbox).credential?.kinboxApi } }, ...more };
};

describe('methods: custom fields', () => {
	it('leaves deleted fields out and keeps to a kind of record, with either token', async () => {
		for (const options of [undefined, apiToken(kinbox)]) {
			const all = await kinbox.run('customField', 'getAll', { returnAll: true }, options);
			expect(all.error).toBeUndefined();
			expect(all.rows.map(({ placeholder }) => placeholder)).toEqual(expect.arrayContaining(['cpf', 'motivo', 'prazo', 'ramal']));
			expect(all.rows.map(({ placeholder }) => placeholder)).not.toContain('fax');
			// v3 gives the options as a text; in short both are alike.
			expect(all.rows.find(({ placeholder }) => placeholder === 'interesse')).toEqual({
				id: expect.any(String), name: 'Interesse', placeholder: 'interesse', entity: 'contact', type: 'select', options: [{ value: 'cafe', label: 'Café' }, { value: 'pao-artesanal', label: 'Pão artesanal' }, { value: 'bolos', label: 'Bolos' }],
				description: null, requiredToResolve: false, isActive: true, position: expect.any(Number),
			});
			const raw = await kinbox.run('customField', 'getAll', { entity: 'session', output: 'raw' }, options);
			expect(raw.rows[0]).toMatchObject({ placeholder: 'motivo', requiredToResolve: true, showAlways: true });
			const ofDeals = await kinbox.run('customField', 'getAll', { entity: 'deal', returnAll: true }, options);
			expect(ofDeals.rows.map(({ placeholder }) => placeholder)).toEqual(['prazo', 'condicoes']);
			const limited = await kinbox.run('customField', 'getAll', { entity: 'contact', limit: 3 }, options);
			expect(limited.rows).toHaveLength(3);
		}
	});

	it('refuses a kind of record that has no fields', async () => {
		const { error, requests } = await kinbox.run('customField', 'getAll', { entity: 'campaign' });
		expect(error?.message).toBe("'Belongs To' is not one of the possible values [item 0]");
		expect(requests).toEqual([]);
	});
});

describe('methods: lists to pick from', () => {
	it.each(['v3', 'v1'] as const)('contacts: pages and finds by phone (%s)', async (generation) => {
		seedKinboxContacts(kinbox.sandbox.kinbox.state, 150);
		const { size } = kinbox.sandbox.kinbox.state.contacts;
		const first = await listSearch(Kinbox, 'searchContacts', using(generation));
		expect(first.results).toHaveLength(100);
		const second = await listSearch(Kinbox, 'searchContacts', { ...using(generation), paginationToken: first.paginationToken as string });
		expect(second.results).toHaveLength(size - 100);
		expect(second.paginationToken).toBeUndefined();
		expect(new Set([...first.results, ...second.results].map(({ value }) => value)).size).toBe(size);
		const found = await listSearch(Kinbox, 'searchContacts', { ...using(generation), filter: '558588887777' });
		expect(found.results).toEqual([{ name: 'João Silva · 558588887777', value: expect.any(String) }]);
	});

	it('contacts: finds by part of a name with a Token V3, and by e-mail with an API Token', async () => {
		const byName = await listSearch(Kinbox, 'searchContacts', { ...using('v3'), filter: 'joão' });
		const byEmail = await listSearch(Kinbox, 'searchContacts', { ...using('v1'), filter: 'joao@example.com' });
		expect(byEmail.results).toHaveLength(1);
		expect(byName.results).toEqual(expect.arrayContaining(byEmail.results));
	});

	it('channels: with their kind and number; needs the API Token', async () => {
		const all = await listSearch(Kinbox, 'searchChannels', using('v1'));
		expect(all.results).toContainEqual({ name: 'WhatsApp oficial · WhatsApp · 5511930001030', value: '103' });
		for (const parameters of [{ resource: 'campaign', operation: 'send' }, { resource: 'message', operation: 'send', content: 'template' }]) {
			expect((await listSearch(Kinbox, 'searchChannels', using('v1', { parameters }))).results.map(({ name }) => name.split(' · ')[1])).toEqual(['WhatsApp', 'WhatsApp']);
		}
		expect((await listSearch(Kinbox, 'searchChannels', using('v1', { parameters: { resource: 'message', operation: 'send', content: 'text' } }))).results).toEqual(all.results);
		const some = await listSearch(Kinbox, 'searchChannels', { ...using('v1'), filter: 'insta' });
		expect(some.results.map(({ value }) => value)).toEqual(['107']);
		await expect(listSearch(Kinbox, 'searchChannels', using('v3'))).rejects.toThrow('The list of channels needs the API Token, but the credential holds the Token V3');
	});

	it('business hours: needs the Token V3', async () => {
		const { results } = await listSearch(Kinbox, 'searchBusinessHours', using('v3'));
		expect(results).toEqual([{ name: 'Comercial', value: '7' }, { name: 'Todos os dias', value: '8' }]);
		await expect(listSearch(Kinbox, 'searchBusinessHours', using('v1'))).rejects.toThrow('The list of business hours needs the Token V3');
	});

	it.each(['v3', 'v1'] as const)('campaigns: by name, with their state (%s)', async (generation) => {
		await kinbox.run('campaign', 'create', { name: 'Natal', leadType: 'lead' });
		await kinbox.run('campaign', 'create', { name: 'Páscoa', leadType: 'lead' });
		const { results } = await listSearch(Kinbox, 'searchCampaigns', { ...using(generation), filter: 'nat' });
		expect(results).toEqual([{ name: 'Natal · processing', value: expect.any(String) }]);
	});

	it('custom fields of contacts: by placeholder, typed, in order, without deleted ones', async () => {
		for (const generation of ['v3', 'v1'] as const) {
			const { fields } = await resourceMapping(Kinbox, 'contactCustomFields', using(generation));
			expect(fields.map(({ id, type }) => [id, type])).toEqual([
				['cpf', 'string'], ['cidade', 'string'], ['aniversario', 'string'], ['limite-de-credito', 'number'], ['idade', 'number'],
				['aceita-novidades', 'options'], ['interesse', 'options'], ['canais', 'string'],
			]);
			expect(fields.find(({ id }) => id === 'interesse')?.options).toContainEqual({ name: 'Pão artesanal', value: 'pao-artesanal' });
			expect(fields.every(({ required }) => !required)).toBe(true);
		}
	});

	it('templates of the picked channel, approved ones only', async () => {
		const parameters = { resource: 'campaign', operation: 'create', channelId: { __rl: true, mode: 'id', value: '103' } };
		const all = await listSearch(Kinbox, 'searchTemplates', using('v1', { parameters }));
		expect(all.results.map(({ name }) => name)).toEqual(['promocao_semana · pt_BR · MARKETING', 'pedido_enviado · pt_BR · UTILITY', 'bienvenida · es · MARKETING', 'black_friday · pt_BR · MARKETING']);
		const own = kinbox.sandbox.kinbox.state.channels.get(103)!.templates as unknown as IDataObject[];
		const cannot = ['header_location', 'flow', 'limited'];
		own.push(...metaTemplates.filter(({ name }) => [...cannot, 'carousel'].includes(name)).map(({ parameter_format: _format, ...one }, index) => ({ ...structuredClone(one), id: String(7000 + index) })));
		// Kinbox asks WhatsApp every 15 minutes.
		kinbox.sandbox.clock.advance(16 * 60_000);
		const more = (await listSearch(Kinbox, 'searchTemplates', using('v1', { parameters }))).results.map(({ name }) => name.split(' · ')[0]);
		expect(more.filter((name) => cannot.includes(name!))).toEqual([]);
		expect(more).toContain('carousel');
		const some = await listSearch(Kinbox, 'searchTemplates', { ...using('v1', { parameters }), filter: 'utility' });
		expect(some.results[0]).toEqual({ name: 'pedido_enviado · pt_BR · UTILITY', value: '902110002' });
		await expect(listSearch(Kinbox, 'searchTemplates', using('v1', { parameters: { ...parameters, channelId: { __rl: true, mode: 'list', value: '' } } }))).rejects.toThrow('Pick a channel first');
		await expect(listSearch(Kinbox, 'searchTemplates', using('v3', { parameters }))).rejects.toThrow('The list of templates needs the API Token');
	});

	it('variables of the picked template: text, header media and button', async () => {
		const channelId = { __rl: true, mode: 'id', value: '103' };
		const { fields } = await resourceMapping(Kinbox, 'templateVariables', using('v1', { parameters: { resource: 'campaign', operation: 'create', channelId, templateId: { __rl: true, mode: 'list', value: '902110001' } } }));
		expect(fields.map(({ id, displayName }) => [id, displayName])).toEqual([
			['header_media_url', 'Header: URL of the image'],
			['body_1', 'Olá {{1}}, o'],
			['body_2', '{{1}}, o {{2}} está'],
			['body_3', 'está com {{3}} de'],
			['button_0', 'Button 1 (Ver oferta): end of the address'],
		]);
		const none = await resourceMapping(Kinbox, 'templateVariables', using('v1', { parameters: { resource: 'campaign', operation: 'create', channelId, templateId: { __rl: true, mode: 'list', value: '' } } }));
		expect(none.fields).toEqual([]);
	});

	it('says so when the token is wrong', async () => {
		const values = credentialValues(kinbox.sandbox);
		const wrong = { credentials, credentialValues: { ...values, kinboxApi: { ...values.kinboxApi, token: 'wrong' } } };
		await expect(listSearch(Kinbox, 'searchContacts', wrong)).rejects.toThrow('Kinbox did not accept the token of the credential');
		// The editor shows no error where a mapper has no fields yet, so it gets a sentence; what is mapped already must stay.
		expect(await resourceMapping(Kinbox, 'contactCustomFields', wrong)).toEqual({ fields: [], emptyFieldsNotice: expect.stringMatching(/^These fields could not be loaded: .*Kinbox did not accept the token/) });
		const schema = [{ id: 'cpf', displayName: 'CPF', required: false, defaultMatch: false, display: true }];
		const parameters = { resource: 'contact', operation: 'create', customFields: { mappingMode: 'defineBelow', value: { cpf: '1' }, schema } };
		await expect(resourceMapping(Kinbox, 'contactCustomFields', { ...wrong, parameters })).rejects.toThrow('Kinbox did not accept the token of the credential');
	});
});
