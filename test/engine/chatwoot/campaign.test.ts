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
		expect(rows[0]?.warning).toMatch(/^No contact has any of these labels; nobody will get it\. This Chatwoot keeps no results/);
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

	it('counts the audience before it creates anything, and warns of who gets nothing, too much, or a gap', async () => {
		const { state } = chatwoot.sandbox.chatwoot;
		const label = [...state.labels.values()].find(({ id }) => id === 1)!;
		for (const contact of state.contacts.values()) contact.labels = contact.labels.filter((one) => one !== label.title);
		const [blocked, noPhone, noMail] = [...state.contacts.values()].filter(({ accountId }) => accountId === 1);
		Object.assign(blocked!, { blocked: true, email: 'a@example.com', phoneNumber: '+5585988887701', labels: [label.title] });
		Object.assign(noPhone!, { phoneNumber: null, email: 'b@example.com', labels: [label.title] });
		Object.assign(noMail!, { email: null, phoneNumber: '+5585988887703', labels: [label.title] });
		const { rows, error } = await run('create', { ...whatsapp, templateVariables: mapped({ body_1: '{{ contact.first_name | default: "cliente" }}', body_2: '{{contact.email}}' }) });
		expect(error).toBeUndefined();
		expect(rows[0]?.audienceCounts).toEqual({ contacts: 3, more: false, withoutPhone: 1, blocked: 1, blank: { 'contact.email': 1 } });
		expect(rows[0]?.warning).toBe("1 of 3 contacts are blocked, and Chatwoot writes to them all the same; 1 of 3 have no phone and get nothing; 1 of 3 have nothing for {{contact.email}}, so they get nothing, or a text with a gap; a default helps: {{contact.email | default: 'customer'}}. This Chatwoot keeps no results of WhatsApp campaigns: 'completed' does not tell who got it, and a message that WhatsApp refuses leaves no trace.");
		expect(chatwoot.sandbox.requests.find(({ operationId }) => operationId === 'createCampaign')?.body).toMatchObject({ template_params: { processed_params: { body: { 1: "{{contact.first_name | default: 'cliente'}}", 2: '{{contact.email}}' } } } });
		for (const contact of state.contacts.values()) contact.labels = contact.labels.filter((one) => one !== label.title);
		expect((await run('create', sms)).rows[0]?.warning).toContain('No contact has any of these labels; nobody will get it.');
	});

	it('says what this server will not tell afterwards', async () => {
		chatwoot.sandbox.chatwoot.state.accounts.get(1)!.features.campaign_analytics = false;
		expect((await run('create', whatsapp)).rows[0]?.warning).toContain("'completed' does not tell who got it");
	});

	it('shows visitors what was typed, fills in the contact, and makes quotes right', async () => {
		const messageOf = async (fields: object) => ((await run('create', fields)).requests.at(-1)?.body as { message: string }).message;
		expect(await messageOf({ ...website, message: '*Oi* {{ contact.name | default: "você" }} - <NATAL10>' })).toBe("\\*Oi\\* {{contact.name | default: 'você'}} - \\<NATAL10\\>");
		expect(await messageOf({ ...website, textFormat: 'markdown', message: '**Oi** {{contact.name}}' })).toBe('**Oi** {{contact.name}}');
		expect(await messageOf({ ...sms, message: '*Oi* <NATAL10>' })).toBe('*Oi* <NATAL10>');
		expect(await messageOf({ ...sms, textFormat: 'markdown', message: '[Oferta](https://a.example)' })).toBe('Oferta: https://a.example');
	});

	it.each([
		['a placeholder that Chatwoot does not know', { ...sms, message: 'Oi {{nome}}' }, /^'Message' has a placeholder that Chatwoot does not know: \{\{nome\}\}/],
		['a placeholder that nobody fills in', { ...sms, message: 'Oi {nome}' }, /^'Message' has a placeholder that nobody has filled in: \{nome\}/],
		['a text with HTML', { ...website, message: '<p>Oi</p>' }, /^'Message' has HTML tags/],
		['an object in the text', { ...sms, message: '={{ "Oi " + {} }}' }, /^'Message' has "\[object Object\]" in it/],
	])('refuses %s', async (_what, fields, message) => {
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

describe('campaign: create, to input items', () => {
	const state = () => chatwoot.sandbox.chatwoot.state;
	const toItems = { ...sms, audience: [], audienceFrom: 'items', phone: '={{ $json.phone }}', recipientName: '={{ $json.name }}', optIn: '={{ $json.agreed }}', leaveOutTags: ['Troca'], skip: '["+55 85 96666-0003"]' };
	const row = (phone: string, more: object = {}) => ({ phone, name: 'Nova', agreed: true, ...more });

	it('makes a label, gives it to those who may be written to, and says whom it left out and why', async () => {
		const people = [...state().contacts.values()].filter(({ accountId, phoneNumber }) => accountId === 1 && phoneNumber).slice(0, 3);
		const [known, blocked, out] = people;
		state().contacts.change(blocked!.id, (one) => { one.blocked = true; });
		state().contacts.change(out!.id, (one) => { one.labels = ['troca']; });
		state().contacts.change(known!.id, (one) => { one.blocked = false; one.labels = ['vip']; });
		const items = [
			row(known!.phoneNumber!), row(blocked!.phoneNumber!), row(out!.phoneNumber!), row('(85) 96666-0001'), row('+55 85 6666-0001', { name: 'Old spelling' }),
			row('+55 85 96666-0002', { agreed: false }), row('+55 85 96666-0003'),
		];
		const { rows, first, requests, error, hints } = await run('create', toItems, { items });
		expect(error).toBeUndefined();
		expect(first.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(rows[0]).toMatchObject({ title: 'Oferta', recipients: 2, audienceLabel: expect.stringMatching(/^oferta-[0-9a-f]{4}$/), audienceCounts: expect.objectContaining({ contacts: 2, blocked: 0, withoutPhone: 0 }), warning: null });
		expect((rows[0]!.skipped as Array<{ phone: string; reason: string }>).map(({ phone, reason }) => [phone, reason])).toEqual([
			['+558566660001', 'The same phone came before in this run'], ['+5585966660002', 'Has not opted in'], ['+5585966660003', "Is on the list 'Already Written To'"],
			[blocked!.phoneNumber, 'Is blocked in Chatwoot'], [out!.phoneNumber, "Has the tag 'troca'"],
		]);
		const label = [...state().labels.values()].find(({ title }) => title === rows[0]!.audienceLabel)!;
		expect(requests.filter(({ path: to, method }) => to === path && method === 'POST').map(({ body }) => (body as { audience: object[] }).audience)).toEqual([[{ type: 'Label', id: label.id }]]);
		expect(state().contacts.get(known!.id)!.labels).toEqual(['vip', label.title]);
		expect([...state().contacts.values()].filter(({ labels }) => labels.includes(label.title)).map(({ phoneNumber }) => phoneNumber).sort()).toEqual([known!.phoneNumber, '+5585966660001'].sort());
		expect(hints?.map(({ message }) => message)).toContainEqual("Campaign 'Oferta': 2 people handed over, 5 left out.");
	});

	it.each([
		['settings that differ', { message: '={{ $json.name }}' }, [row('+5585966660001', { name: 'A' }), row('+5585966660002', { name: 'B' })], /^'Phone' belongs to the campaign 'Oferta', whose settings differ from item to item/],
		['a tag that nobody has', { leaveOutTags: ['opted owt'] }, [row('+5585966660001')], /^'Leave Out Tags' has 'opted owt', a tag that nobody has in Chatwoot/],
		['a list that leaves nobody', {}, [row('+5585966660001', { agreed: false })], /^'Phone' leaves nobody for the campaign 'Oferta': Has not opted in/],
		['a bad phone', {}, [row('12')], /^'Phone'/],
	])('refuses %s before it makes anything', async (_what, fields, items, message) => {
		const { error, requests } = await run('create', { ...toItems, ...fields }, { items });
		expect(error?.message).toMatch(message);
		expect(requests.filter(({ method, path: to }) => method === 'POST' && !to.endsWith('/filter'))).toEqual([]);
	});

	it('tells what exists when the campaign itself is refused', async () => {
		chatwoot.sandbox.inject({ kind: 'status', status: 422, vendor: 'chatwoot', operationId: 'createCampaign', times: 1, body: { message: 'no' } });
		const { error } = await run('create', toItems, { items: [row('+5585966660001')] });
		expect(error?.description).toMatch(/The label 'oferta-[0-9a-f]{4}' was made and given to 1 contacts; the next try makes another one\./);
		expect(state().campaigns).toEqual([]);
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
