import type { IDataObject } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { binaryBuffer } from '../../harness/engine';
import { addContact } from '../../sandbox/kinbox/contacts';
import { addSession } from '../../sandbox/kinbox/sessions';
import { byId, byUrl, fromList, useNode } from '../support';
import { apiToken } from './tokens';
import { campaignDocument, kinds } from './documents';

const kinbox = useNode('Kinbox', Kinbox);

/** Every field of the form that the documented call has. */
const everyField = {
	name: 'Black Friday 2026',
	channelId: byId(103),
	channelType: '1',
	leadType: 'file',
	leadsAssetUrl: 'https://example.com/customers.csv',
	message: 'Olá, {{1}}!',
	scheduledTo: '2026-11-27T09:00:00-03:00',
	pacing: { chunkSize: 50, chunksCount: 4, pauseBetweenBatches: 10, secondsBetweenMessages: 10 },
	templateId: byId('712287883441111'),
	template: { name: 'black_friday', language: 'pt_BR', bodyFields: ['Ana', 'sábado, às 9h'] },
	additionalFields: {
		assetsUrls: ['https://example.com/offer.jpg', 'https://example.com/offer.pdf'],
		businessHoursId: byId(7),
		finishedAtPrediction: '2026-11-27T12:00:00Z',
		operatorName: 'Carlos Lima',
		originalScheduledTo: '2026-11-26T12:00:00Z',
		textRaw: 'Olá!',
	},
};
const everyBody = {
	name: 'Black Friday 2026',
	channelId: '103',
	operatorName: 'Carlos Lima',
	businessHoursId: '7',
	channelType: '1',
	leadType: 'file',
	scheduledTo: '2026-11-27T12:00:00.000Z',
	originalScheduledTo: '2026-11-26T12:00:00.000Z',
	finishedAtPrediction: '2026-11-27T12:00:00.000Z',
	leadsAssetUrl: 'https://example.com/customers.csv',
	message: 'Olá, {{1}}!',
	textRaw: 'Olá!',
	assetsUrls: ['https://example.com/offer.jpg', 'https://example.com/offer.pdf'],
	chunksCount: 4,
	secondsBetweenMessages: 10,
	secondsBetweenChunks: 600,
	chunkSize: 50,
	template: { id: '712287883441111', name: 'black_friday', language: 'pt_BR', bodyFields: ['Ana', 'sábado, às 9h'] },
};

describe('campaign: create', () => {
	it('sends the body of the documented call, field by field, with either token', async () => {
		for (const [options, path] of [[undefined, '/v3/campaigns'], [apiToken(kinbox), '/v1/campaigns']] as const) {
			const { requests, error } = await kinbox.run('campaign', 'create', everyField, options);
			expect(error).toBeUndefined();
			const sent = requests.at(-1);
			expect(sent).toMatchObject({ method: 'POST', path, status: 201 });
			expect(sent?.body).toEqual(everyBody);
			expect(kinds(sent?.body)).toEqual(kinds(campaignDocument));
		}
	});

	it('sends the two fields that newer accounts have', async () => {
		const { requests, error } = await kinbox.run('campaign', 'create', { name: 'Natal', leadType: 'lead', additionalFields: { channelIds: ['103', '104'], normalizeBrazilPhoneNumbers: false } });
		expect(error).toBeUndefined();
		expect(requests[0]?.body).toMatchObject({ name: 'Natal', channelIds: ['103', '104'], normalizeBrazilPhoneNumbers: false });
	});

	it('outputs the campaign in short', async () => {
		const { rows } = await kinbox.run('campaign', 'create', everyField);
		expect(rows).toEqual([expect.objectContaining({ id: expect.any(String), name: 'Black Friday 2026', channelId: '103', scheduledTo: '2026-11-27T12:00:00.000Z', status: expect.any(String) })]);
	});

	it('leaves out what is not filled in', async () => {
		const { requests, error } = await kinbox.run('campaign', 'create', { name: 'Natal', leadType: 'lead' });
		expect(error).toBeUndefined();
		expect(requests[0]?.body).toEqual({ name: 'Natal', channelType: '1', leadType: 'lead' });
	});

	it('takes the message as plain text when none is given apart', async () => {
		const { requests } = await kinbox.run('campaign', 'create', { name: 'Natal', leadType: 'lead', message: 'Boas festas!' });
		expect(requests[0]?.body).toMatchObject({ message: 'Boas festas!', textRaw: 'Boas festas!' });
	});

	it('sends a template as JSON when the fields cannot say it', async () => {
		const { requests, error } = await kinbox.run('campaign', 'create', { name: 'Natal', leadType: 'lead', template: { json: '{"name": "natal", "components": [{"type": "body"}]}', name: 'x' } });
		expect(error).toBeUndefined();
		expect(requests[0]?.body).toMatchObject({ template: { name: 'natal', components: [{ type: 'body' }] } });
	});

	it('takes the template and its variables from the pickers', async () => {
		const values = { body_1: 'Ana', body_2: 'pão de queijo', body_3: '20%', header_image: 'https://example.com/pao.jpg', button_0: 'natal e ano novo' };
		const fields = { name: 'Natal', leadType: 'lead', channelId: fromList(103), templateId: fromList('902110001'), templateVariables: { mappingMode: 'defineBelow', value: values } };
		const { requests, error } = await kinbox.run('campaign', 'create', fields, apiToken(kinbox));
		expect(error).toBeUndefined();
		expect(requests.at(-1)?.body).toMatchObject({
			template: {
				id: '902110001',
				bodyFields: ['Ana', 'pão de queijo', '20%'],
				components: [
					{ type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.com/pao.jpg' } }] },
					{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }, { type: 'text', text: 'pão de queijo' }, { type: 'text', text: '20%' }] },
					{ type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'natal%20e%20ano%20novo' }] },
				],
			},
		});
		const blind = await kinbox.run('campaign', 'create', fields);
		expect(blind.error?.message).toBe("'Template Variables' cannot be checked: this credential cannot list the templates of the channel [item 0]");
		const { body_2: _left, ...rest } = values;
		const missing = await kinbox.run('campaign', 'create', { ...fields, templateVariables: { mappingMode: 'defineBelow', value: rest } }, apiToken(kinbox));
		expect(missing.error?.message).toBe("'Template Variables' lacks Text {{2}} [item 0]");
		expect([...blind.requests, ...missing.requests].filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('turns the pause into seconds, and forecasts batches and end from the expected recipients', async () => {
		const { requests, rows, error } = await kinbox.run('campaign', 'create', {
			name: 'Natal', leadType: 'lead', scheduledTo: '2026-12-24T12:00:00Z',
			pacing: { expectedRecipients: 101, chunkSize: 50, pauseBetweenBatches: 1.5, pauseUnit: 'hours', secondsBetweenMessages: 6 },
		});
		expect(error).toBeUndefined();
		// 100 pauses of 6 seconds and two of an hour and a half.
		expect(requests[0]?.body).toMatchObject({ chunksCount: 3, chunkSize: 50, secondsBetweenChunks: 5400, secondsBetweenMessages: 6, finishedAtPrediction: '2026-12-24T15:10:00.000Z' });
		expect(rows[0]).toMatchObject({ expectedEnd: '2026-12-24T15:10:00.000Z' });
	});

	it('reads a start without zone in the time zone of the workflow', async () => {
		const { requests } = await kinbox.run('campaign', 'create', { name: 'Natal', leadType: 'lead', scheduledTo: '2026-12-24T09:00:00' });
		// n8n's default zone, New York, is five hours behind in December.
		expect(requests[0]?.body).toMatchObject({ scheduledTo: '2026-12-24T14:00:00.000Z' });
	});

	describe('recipients from a file of the input item', () => {
		const sheet = (id?: string) => [{ json: {}, binary: { data: { data: '', mimeType: 'text/csv', fileName: 'customers.csv', fileSize: '30 B', ...(id ? { id } : {}) } } }];
		const { leadsAssetUrl: _leadsAssetUrl, ...others } = everyField;
		const fromInput = { ...others, leadsSource: 'binary', leadsField: 'data' };

		it('are fetched by Kinbox at a temporary address of this n8n', async () => {
			const { error, requests } = await kinbox.run('campaign', 'create', fromInput, { items: sheet('filesystem-v2:one'), instanceUrl: 'https://n8n.example.com' });
			expect(error).toBeUndefined();
			expect((requests[0]?.body as IDataObject).leadsAssetUrl).toMatch(/^https:\/\/n8n\.example\.com\/rest\/binary-data\/signed\?token=ey/);
		});

		it('may stay on a private network when Kinbox itself is there, as in a trial', async () => {
			const { error, requests } = await kinbox.run('campaign', 'create', fromInput, { items: sheet('filesystem-v2:one'), instanceUrl: 'http://127.0.0.1:5678' });
			expect(error).toBeUndefined();
			expect((requests[0]?.body as IDataObject).leadsAssetUrl).toMatch(/^http:\/\/127\.0\.0\.1:5678\/rest\//);
		});

		it.each([
			['this n8n is not public', 'filesystem-v2:one', { instanceUrl: 'http://192.168.1.7:5678', credential: { kinboxApi: { host: 'https://api.kinbox.example' } } }, /^'Input Data Field Name' cannot be sent: Kinbox cannot reach this n8n from the internet \[item 0\]$/, /WEBHOOK_URL/],
			['files are kept in memory', undefined, { instanceUrl: 'https://n8n.example.com' }, /keeps files in memory/, /N8N_DEFAULT_BINARY_DATA_MODE/],
		])('say what to do when %s', async (_, id, options, message, advice) => {
			const { error, requests } = await kinbox.run('campaign', 'create', fromInput, { items: sheet(id), ...options });
			expect(error?.message).toMatch(message);
			expect(error?.description).toMatch(advice);
			expect(requests).toEqual([]);
		});
	});

	it.each<[string, IDataObject, RegExp]>([
		['no name', { name: ' ' }, /^'Name' is empty \[item 0\]$/],
		['a start that is no date', { scheduledTo: 'tomorrow' }, /^'Start' is not a date \[item 0\]$/],
		['a start on a day that does not exist', { scheduledTo: '2026-02-30T09:00:00' }, /^'Start' is a day that does not exist \[item 0\]$/],
		['a channel type that Kinbox does not have', { channelType: '12' }, /^'Channel Type' is not one of the possible values \[item 0\]$/],
		['recipients without a file', { leadsAssetUrl: '={{ $json.missing }}' }, /^'Recipients File URL' is empty \[item 0\]$/],
		['a file that has no address', { leadsAssetUrl: 'customers.csv' }, /^'Recipients File URL' is not a web address \[item 0\]$/],
		['an attachment that has no address', { additionalFields: { assetsUrls: ['offer.jpg'] } }, /^'Attachment URLs' has an entry that is not a web address: offer\.jpg \[item 0\]$/],
		['a batch of nobody', { pacing: { chunkSize: 0 } }, /^'Batch Size' is less than 1 \[item 0\]$/],
		['a pause in letters', { pacing: { pauseBetweenBatches: 'ten' } }, /^'Pause Between Batches' is text, not a number \[item 0\]$/],
		['a template that is no object', { template: { json: '{"name":' } }, /^'Template \(JSON\)' is not a JSON object \[item 0\]$/],
	])('refuses %s before sending', async (_what, fields, message) => {
		const { error, requests } = await kinbox.run('campaign', 'create', { ...everyField, ...fields } as never);
		expect(error?.message).toMatch(message);
		expect(error?.description).toBeTruthy();
		expect(requests).toEqual([]);
	});

	it('makes one campaign for each item and goes on past a bad one', async () => {
		const { rows, outputs, requests } = await kinbox.run('campaign', 'create', { name: '={{ $json.name }}', leadType: 'lead' }, { items: [{ name: 'A' }, { name: '' }, { name: 'C' }], onError: 'continueErrorOutput' });
		expect(rows.map(({ name }) => name)).toEqual(['A', 'C']);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(outputs[1]?.map(({ json }) => json.error)).toEqual([expect.stringMatching(/^'Name' is empty \[item 1\]/)]);
		expect(requests).toHaveLength(2);
	});

	it('explains a wrong token', async () => {
		const { error } = await kinbox.run('campaign', 'create', { name: 'Natal', leadType: 'lead' }, { credential: { kinboxApi: { token: 'not-a-token' } } });
		expect(error?.message).toBe('Kinbox did not accept the token of the credential [item 0]');
	});
});

async function createCampaign(name = 'Natal'): Promise<string> {
	const { rows, error } = await kinbox.run('campaign', 'create', { name, leadType: 'lead' });
	if (error) throw error;
	return String(rows[0]?.id);
}

describe('campaign: create, to input items', () => {
	const toItems = { name: 'Natal', channelId: byId(104), channelType: '1', leadType: 'items', message: 'Olá {nome}', phone: '={{ $json.phone }}', recipientName: '={{ $json.name }}', optIn: '={{ $json.agreed }}', leadColumns: ['order'], skip: '["+55 85 96666-0003"]' };
	const row = (phone: string, more: object = {}) => ({ phone, name: 'Ana, "A"', agreed: true, order: 1042, ...more });
	const reachable = { instanceUrl: 'https://n8n.example.com' };

	it('makes the file that Kinbox fetches, and says whom it left out and why', async () => {
		const items = [row('+55 85 96666-0001'), row('85 6666-0001'), row('+351 910 000 111', { name: 'Bia', order: 7 }), row('+55 85 96666-0002', { agreed: false }), row('+55 85 96666-0003')];
		const { rows, first, requests, error } = await kinbox.run('campaign', 'create', toItems, { items, ...reachable });
		expect(error).toBeUndefined();
		expect(first).toHaveLength(1);
		expect(rows[0]).toMatchObject({ name: 'Natal', recipients: 2 });
		expect((rows[0]!.skipped as Array<{ reason: string }>).map(({ reason }) => reason)).toEqual(['The same phone came before in this run', 'Has not opted in', "Is on the list 'Already Written To'"]);
		expect((await binaryBuffer(first[0]!.binary!.recipients)).toString()).toMatch(/^phone,name,order\r?\n5585966660001,"Ana, ""A""",1042\r?\n351910000111,Bia,7\r?\n?$/);
		expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v3/campaigns']);
		expect(requests[0]!.body).toMatchObject({ name: 'Natal', leadType: 'file', leadsAssetUrl: expect.stringMatching(/^https:\/\/n8n\.example\.com\/rest\/binary-data\/signed\?token=ey/) });
	});

	it('leaves out people with tags, by their conversations', async () => {
		const { state } = kinbox.sandbox.kinbox;
		const at = kinbox.sandbox.clock.now();
		const [tag] = [...state.tags.values()];
		addSession(state, { contactId: addContact(state, { phone: '5585966660001', name: 'Out' }, at).id, channelId: 104 }, at).tagIds = [tag!.id];
		const { rows, error } = await kinbox.run('campaign', 'create', { ...toItems, leaveOutTags: [tag!.name.toUpperCase()] }, { ...apiToken(kinbox), items: [row('+55 85 96666-0001'), row('+55 85 96666-0002')], ...reachable, skipSchema: true });
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ recipients: 1, skipped: [{ phone: '+5585966660001', reason: `Has the tag '${tag!.name}'` }] });
	});

	it.each([
		['a bad phone', {}, [row('12')], /^'Phone'/],
		['nobody who has opted in', { optIn: false }, [row('+5585966660001')], /^'Phone' leaves nobody for the campaign 'Natal': Has not opted in/],
	])('refuses %s before anything is sent', async (_what, fields, items, message) => {
		const { error, requests } = await kinbox.run('campaign', 'create', { ...toItems, ...fields }, { items, ...reachable });
		expect(error?.message).toMatch(message);
		expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});
});

describe('campaign: get', () => {
	it('gets a campaign by ID, address or list choice, with either token', async () => {
		const id = await createCampaign();
		for (const campaignId of [byId(id), byUrl(`https://app.kinbox.com.br/campaigns/${id}`), fromList(id)]) {
			for (const [options, path] of [[undefined, `/v3/campaigns/${id}`], [apiToken(kinbox), `/v1/campaigns/${id}`]] as const) {
				const { rows, requests, error } = await kinbox.run('campaign', 'get', { campaignId }, options);
				expect(error).toBeUndefined();
				expect(requests[0]).toMatchObject({ method: 'GET', path });
				expect(rows[0]).toMatchObject({ id, name: 'Natal' });
			}
		}
	});

	it('says that a campaign is unknown', async () => {
		const { error } = await kinbox.run('campaign', 'get', { campaignId: byId('66e2f0a1b2c3d4e5f6a7ffff') });
		expect(error?.message).toBe('Kinbox does not know this record [item 0]');
	});
});

describe('campaign: get many', () => {
	it('lists with a limit or all, with either token', async () => {
		const ids = [await createCampaign('A'), await createCampaign('B'), await createCampaign('C')];
		for (const options of [undefined, apiToken(kinbox)]) {
			const some = await kinbox.run('campaign', 'getAll', { limit: 2 }, options);
			expect(some.error).toBeUndefined();
			expect(some.rows).toHaveLength(2);
			const all = await kinbox.run('campaign', 'getAll', { returnAll: true }, options);
			expect(all.rows.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
		}
	});

	it('filters with a Token V3 and says that an API Token cannot', async () => {
		await createCampaign('Only this one');
		const filters = { name: 'Only this one', status: 'processing', channelId: byId(103) };
		const { requests, error } = await kinbox.run('campaign', 'getAll', { filters });
		expect(error).toBeUndefined();
		expect(requests[0]?.query).toEqual({ name: 'Only this one', status: 'processing', channelId: '103', limit: '50', offset: '0' });
		const named = await kinbox.run('campaign', 'getAll', { filters: { name: 'Only this one' } });
		expect(named.rows.map(({ name }) => name)).toEqual(['Only this one']);
		const v1 = await kinbox.run('campaign', 'getAll', { filters }, apiToken(kinbox));
		expect(v1.error?.message).toBe('Filters of campaigns need the Token V3, but the credential holds the API Token [item 0]');
		expect(v1.requests).toEqual([]);
	});

	it('refuses a status that Kinbox does not have', async () => {
		const { error } = await kinbox.run('campaign', 'getAll', { filters: { status: 'running' } });
		expect(error?.message).toBe("'Status' is not one of the possible values [item 0]");
	});
});
