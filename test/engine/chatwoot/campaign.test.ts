import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { listSearch } from '../../harness/engine';
import { byId, byUrl, credentials, credentialValues, useNode } from '../support';
import { describeFailures, mapped } from './support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const path = '/api/v1/accounts/1/campaigns';
const secrets = ['hmacSite', 'whatsappCloudKey', 'bandwidthKey'];
const run = async (operation: string, fields = {}, options = {}) => await chatwoot.run('campaign', operation, fields, options);
const website = { campaignKind: 'website', title: 'Ajuda', inboxId: byId(1), message: 'Posso ajudar?', pageUrl: 'https://lojaexemplo.com.br/precos*', timeOnPage: 20 };
const sms = { campaignKind: 'oneOff', title: 'Oferta', inboxId: byId(5), message: 'Oi {{contact.name}}', audience: ['1', '3'] };
const whatsapp = { campaignKind: 'oneOff', title: 'Pronto', inboxId: byId(4), audience: ['1'], template: byId('pedido_pronto|pt_BR'), templateVariables: mapped({ body_1: '{{contact.name}}', body_2: '7' }) };

describe('campaign: create', () => {
	it('for a website, with every field', async () => {
		const { rows, requests, error } = await run('create', { ...website, additionalFields: { description: 'Equipe', enabled: false, onlyDuringBusinessHours: true, senderId: byId(2) } });
		expect(error).toBeUndefined();
		expect(requests.map(({ method, path: at }) => `${method} ${at}`)).toEqual(['GET /api/v1/accounts/1/inboxes/1', `POST ${path}`]);
		expect(requests[1]?.body).toEqual({
			title: 'Ajuda', message: 'Posso ajudar?', inbox_id: 1, description: 'Equipe', enabled: false, sender_id: 2, trigger_only_during_business_hours: true,
			trigger_rules: { url: 'https://lojaexemplo.com.br/precos*', time_on_page: 20 },
		});
		expect(rows[0]).toMatchObject({ id: '1', kind: 'ongoing', status: 'active', enabled: false, inboxName: 'Site', pageUrl: 'https://lojaexemplo.com.br/precos*', timeOnPage: 20, scheduledAt: null, warning: null });
	});

	it('by SMS, at a time in the time zone of the workflow, to labels', async () => {
		const { rows, requests, error } = await run('create', { ...sms, scheduledAt: '2026-12-24T09:00:00-03:00' });
		expect(error).toBeUndefined();
		expect(requests.at(-1)?.body).toEqual({ title: 'Oferta', message: 'Oi {{contact.name}}', inbox_id: 5, scheduled_at: '2026-12-24T12:00:00.000Z', audience: [{ type: 'Label', id: 1 }, { type: 'Label', id: 3 }] });
		expect(rows[0]).toMatchObject({ kind: 'one_off', scheduledAt: '2026-12-24T12:00:00.000Z', audience: [1, 3] });
	});

	it('to labels by title in any spelling; one that nobody has stops it', async () => {
		const labels = [...chatwoot.sandbox.chatwoot.state.labels.values()].filter(({ accountId }) => accountId === 1);
		const [first, second] = labels;
		// In the list of the editor 3 is an ID.
		labels.find(({ id }) => id !== 3)!.title = '3';
		const { requests, error } = await run('create', { ...sms, audience: [second!.title.toUpperCase(), '3'] });
		expect(error).toBeUndefined();
		expect(first!.title).toBe('3');
		expect(requests.at(-1)?.body).toMatchObject({ audience: [{ type: 'Label', id: 3 }, { type: 'Label', id: second!.id }] });
		const unknown = await run('create', { ...sms, audience: ['1', 'opted out'] });
		expect(unknown.error?.message).toMatch(/^'Audience Label Names or IDs' has 'opted out', and account 1 has no such label/);
		expect(unknown.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('by WhatsApp: a template, whose text is the message', async () => {
		const { rows, requests, error } = await run('create', whatsapp);
		expect(error).toBeUndefined();
		expect(requests.at(-1)?.body).toEqual({
			title: 'Pronto', message: 'Olá {{contact.name}}, o pedido 7 está pronto para retirada.', inbox_id: 4, audience: [{ type: 'Label', id: 1 }],
			template_params: { name: 'pedido_pronto', language: 'pt_BR', category: 'UTILITY', processed_params: { body: { 1: '{{contact.name}}', 2: '7' } } },
		});
		expect(rows[0]?.warning).toBeNull();
	});

	it('warns that a WhatsApp campaign will never go out', async () => {
		const { state } = chatwoot.sandbox.chatwoot;
		state.accounts.get(1)!.features.whatsapp_campaign = false;
		expect((await run('create', whatsapp)).rows[0]?.warning).toMatch(/switched off for this account/);
		state.inboxes.get(4)!.channel.provider = 'default';
		expect((await run('create', whatsapp)).rows[0]?.warning).toMatch(/WhatsApp Cloud inboxes only/);
	});

	it.each([
		['the wrong kind', { ...website, inboxId: byId(5) }, /^'Kind of Campaign' does not fit the inbox: SMS inboxes have one-off campaigns/],
		['a start in the past', { ...sms, scheduledAt: '2020-01-01T09:00:00Z' }, /^'Start' is in the past/],
		['WhatsApp through Twilio', { ...sms, inboxId: byId(7) }, /^'Inbox' is WhatsApp through Twilio, whose campaigns Chatwoot takes and never sends/],
		['an inbox without campaigns', { ...sms, inboxId: byId(3) }, /^'Inbox' is of the kind E-Mail, which has no campaigns/],
		['WhatsApp without a template', { ...whatsapp, template: byId('') }, /^'Template' is empty, but a WhatsApp campaign sends a template/],
		['SMS without a message', { ...sms, message: '' }, /^'Message' is empty/],
	])('refuses %s before it creates anything', async (_what, fields, message) => {
		const { error, requests } = await run('create', fields);
		expect(error?.message).toMatch(message);
		expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('names the field that the server refuses', async () => {
		const { error } = await run('create', { ...website, additionalFields: { senderId: byId(77) } });
		expect(error?.message).toMatch(/^Chatwoot refused 'Sender': Sender must belong to the same account/);
	});

	describeFailures(chatwoot, 'campaign', 'create', {
		good: () => sms, unknown: { inboxId: '99' }, adminOnly: true,
		bad: [
			['no title', { title: ' ' }, /^'Title' is empty/], ['no audience', { audience: [] }, /^'Audience Label Names or IDs' is empty/],
			['no page', { ...website, pageUrl: '' }, /^'Page URL' is empty/], ['a page without https', { ...website, pageUrl: 'loja.com' }, /^'Page URL' is not a web address/],
		],
	});
});

describe('campaign: get, get many, update, delete', () => {
	const created = () => {
		const { state } = chatwoot.sandbox.chatwoot;
		const common = { accountId: 1, description: null, message: 'm', senderId: null, enabled: true, status: 'active', scheduledAt: null, audience: [], triggerRules: {}, businessHours: false, templateParams: null, createdAt: 0, updatedAt: 0 } as const;
		state.campaigns.length = 0;
		state.campaigns.push(
			{ ...common, displayId: 1, inboxId: 1, title: 'Ajuda', type: 'ongoing', triggerRules: { url: 'https://a.example', time_on_page: 5 }, audience: [] },
			{ ...common, displayId: 2, inboxId: 5, title: 'Oferta', type: 'one_off', status: 'completed', audience: [] },
		);
		return { campaignId: byId(1) };
	};

	it('gets one, by ID and address, without the keys of the inbox', async () => {
		created();
		for (const campaignId of [byId(1), byUrl(`${chatwoot.sandbox.chatwoot.url}/app/accounts/1/campaigns/1`)]) {
			const { rows, visibleText } = await run('get', { campaignId, output: 'raw' });
			expect(rows[0]).toMatchObject({ id: 1, title: 'Ajuda', inbox: { id: 1 } });
			for (const secret of secrets) expect(visibleText()).not.toContain(secret);
		}
		expect((await run('get', { campaignId: byId(1) })).rows[0]).toMatchObject({ title: 'Ajuda', timeOnPage: 5 });
	});

	it('gets many, of all inboxes or one, by state', async () => {
		created();
		const all = await run('getAll', { returnAll: true });
		expect(all.rows.map(({ title }) => title)).toEqual(['Ajuda', 'Oferta']);
		expect((await run('getAll', { limit: 1 })).rows).toHaveLength(1);
		const one = await run('getAll', { filters: { inboxId: byId(5) } });
		expect(one.requests[0]?.path).toBe('/api/v1/accounts/1/inboxes/5/campaigns');
		expect((await run('getAll', { filters: { status: 'completed' } })).rows.map(({ title }) => title)).toEqual(['Oferta']);
		const { results } = await listSearch(Chatwoot, 'searchCampaigns', { credentials, credentialValues: credentialValues(chatwoot.sandbox) });
		expect(results).toEqual([{ name: 'Ajuda · active', value: '1' }, { name: 'Oferta · completed', value: '2' }]);
	});

	it('updates, and keeps the part of the rules that stays', async () => {
		const { requests, rows, error } = await run('update', { ...created(), updateFields: { timeOnPage: 30, title: 'Nova' } });
		expect(error).toBeUndefined();
		expect(requests[1]).toMatchObject({ method: 'PATCH', path: `${path}/1`, body: { title: 'Nova', trigger_rules: { url: 'https://a.example', time_on_page: 30 } } });
		expect(rows[0]).toMatchObject({ title: 'Nova', pageUrl: 'https://a.example', timeOnPage: 30 });
		const most = await run('update', {
			campaignId: byId(1),
			updateFields: { audience: ['2'], description: 'd', enabled: false, message: 'x', onlyDuringBusinessHours: true, pageUrl: 'https://b.example', senderId: byId(1), scheduledAt: '2027-01-01T00:00:00Z' },
		});
		expect(most.requests.at(-1)?.body).toEqual({
			message: 'x', description: 'd', enabled: false, sender_id: 1, scheduled_at: '2027-01-01T00:00:00.000Z', audience: [{ type: 'Label', id: 2 }], trigger_only_during_business_hours: true,
			trigger_rules: { url: 'https://b.example', time_on_page: 30 },
		});
	});

	it('says that it is completed', async () => {
		created();
		expect((await run('update', { campaignId: byId(2), updateFields: { title: 'x' } })).error?.message).toMatch(/^Chatwoot refused 'Status': Status The campaign is already completed/);
	});

	it('deletes', async () => {
		const { rows } = await run('delete', created());
		expect(rows).toEqual([{ deleted: true }]);
		expect(chatwoot.sandbox.chatwoot.state.campaigns).toHaveLength(1);
	});

	const unknown = { unknown: { campaignId: '99' }, adminOnly: true };
	describeFailures(chatwoot, 'campaign', 'get', { good: created, ...unknown });
	describeFailures(chatwoot, 'campaign', 'getAll', { good: () => ({}), adminOnly: true });
	describeFailures(chatwoot, 'campaign', 'update', { good: () => ({ ...created(), updateFields: { title: 'x' } }), ...unknown, bad: [['nothing', { updateFields: {} }, /^'Update Fields' is empty/]] });
	describeFailures(chatwoot, 'campaign', 'delete', { good: created, ...unknown });
});
