import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import type { ChatwootCampaignRecipient } from '../../sandbox/chatwoot/campaignResults';
import { byId, resultKeys, resultRowKeys, useNode } from '../support';
import { describeFailures } from './support';

const server = { version: '4.18.0' };
const chatwoot = useNode('Chatwoot', Chatwoot, { chatwoot: server });
const state = () => chatwoot.sandbox.chatwoot.state;
const path = '/api/v1/accounts/1/campaigns/7/analytics';
beforeEach(() => {
	server.version = '4.18.0';
});

/** A WhatsApp campaign with one recipient of each outcome; and an SMS campaign. */
function sent() {
	const common = { accountId: 1, description: null, message: 'm', senderId: null, enabled: true, status: 'completed', type: 'one_off', scheduledAt: null, audience: [], triggerRules: {}, businessHours: false, templateParams: null, createdAt: 0, updatedAt: 0 } as const;
	state().campaigns.push({ ...common, audience: [], displayId: 7, inboxId: 4, title: 'Oferta' }, { ...common, audience: [], displayId: 8, inboxId: 5, title: 'SMS' });
	const recipient = (contactId: number, status: ChatwootCampaignRecipient['status'], more: Partial<ChatwootCampaignRecipient> = {}) =>
		state().campaignRecipients.push({ accountId: 1, campaignId: 7, contactId, status, sourceId: ['queued', 'skipped'].includes(status) ? null : `wamid.${contactId}`, content: 'Olá', errorCode: null, errorTitle: null, errorMessage: null, ...more });
	recipient(1, 'delivered');
	recipient(2, 'read');
	recipient(3, 'failed', { errorCode: '131026', errorTitle: 'Message undeliverable', errorMessage: 'Not on WhatsApp' });
	recipient(1, 'skipped', { content: null });
	return { campaignId: byId(7) };
}

describe.each(['getResults', 'getRecipients'])('campaign: %s', (operation) => {
	const run = async (fields = {}, options = {}) => await chatwoot.run('campaign', operation, { campaignId: byId(7), ...fields }, options);

	it('says that the server is too old, and asks for its version once', async () => {
		sent();
		server.version = '4.15.1';
		const { error, requests, first } = await run({}, { items: [{}, {}], onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(first.map(({ json }) => json.error)).toEqual([0, 1].map((item) => `This Chatwoot is too old for 'Results of campaigns' [item ${item}]. It came with version 4.18; the server has 4.15.1. Update Chatwoot.`));
		expect(requests.filter(({ path: to }) => to === '/api')).toHaveLength(1);
	});

	it('says that the Community edition has none', async () => {
		sent();
		chatwoot.sandbox.inject({ kind: 'status', vendor: 'chatwoot', path: '/analytics/', status: 404, body: { status: 404, error: 'Not Found' } });
		expect((await run()).error?.message).toBe('This Chatwoot keeps no results of campaigns [item 0]');
	});

	it('says that they are switched off, and not that the role is too low', async () => {
		sent();
		state().accounts.get(1)!.features.campaign_analytics = false;
		expect((await run()).error).toMatchObject({ message: 'Results of campaigns are switched off for account 1 [item 0]', description: expect.stringContaining('campaign_analytics') });
	});

	it('says that other campaigns have none', async () => {
		sent();
		expect((await run({ campaignId: byId(8) })).error?.message).toBe('Campaign 8 is not a WhatsApp campaign, and Chatwoot keeps no results of others [item 0]');
	});

	describeFailures(chatwoot, 'campaign', operation, {
		good: sent, unknown: { campaignId: '99' }, adminOnly: true,
		bad: [['an ID of letters', { campaignId: '={{ "abc" }}' }, /^'Campaign' is not/]],
	});
});

it('gets the counts of a campaign', async () => {
	const { rows, requests, error } = await chatwoot.run('campaign', 'getResults', sent());
	expect(error).toBeUndefined();
	expect(requests.map(({ path: to }) => to)).toEqual([`${path}/metrics`, '/api/v1/accounts/1/campaigns/7', `${path}/contacts`]);
	expect(rows).toEqual([{ campaign: 'Oferta', messages: 4, sent: 3, delivered: 2, read: 1, failed: 1, waiting: 0, other: 1, unsure: null, answered: null, reasons: [{ reason: 'Message undeliverable: Not on WhatsApp', times: 1 }] }]);
	expect(Object.keys(rows[0]!).sort()).toEqual([...resultKeys].sort());
});

it('gets each person in the form of all services, with a page on top', async () => {
	const { first, error } = await chatwoot.run('campaign', 'getResults', { ...sent(), each: true, report: true }, { skipSchema: true });
	expect(error).toBeUndefined();
	expect(first.map(({ json }) => json.status)).toEqual(['skipped', 'failed', 'read', 'delivered']);
	expect(Object.keys(first[1]!.json)).toEqual(resultRowKeys);
	expect(first[1]!.json).toMatchObject({ campaign: 'Oferta', phone: expect.stringMatching(/^\+\d+$/), reason: 'Message undeliverable: Not on WhatsApp', messageId: null, text: 'Olá', at: null });
	expect(first.map(({ binary }) => binary?.report?.mimeType)).toEqual(['text/html', undefined, undefined, undefined]);
});

it('gets the recipients, all or those with an outcome, page by page', async () => {
	const good = sent();
	const { rows, requests, error } = await chatwoot.run('campaign', 'getRecipients', { ...good, returnAll: true });
	expect(error).toBeUndefined();
	expect(requests[0]).toMatchObject({ path: `${path}/contacts`, query: { page: '1' } });
	expect(rows.map(({ status }) => status)).toEqual(['skipped', 'failed', 'read', 'delivered']);
	const failed = await chatwoot.run('campaign', 'getRecipients', { ...good, recipientStatus: 'failed' });
	expect(failed.requests[0]?.query).toEqual({ page: '1', status: 'failed' });
	expect(failed.rows).toEqual([{
		contactId: '3', name: state().contacts.get(3)?.name, phone: expect.stringMatching(/^\+\d+$/), status: 'failed', message: 'Olá', errorCode: '131026', errorTitle: 'Message undeliverable', errorMessage: 'Not on WhatsApp',
	}]);
	for (let count = 0; count < 60; count += 1) state().campaignRecipients.push({ ...state().campaignRecipients[0]! });
	expect((await chatwoot.run('campaign', 'getRecipients', { ...good, returnAll: true })).rows).toHaveLength(64);
	expect((await chatwoot.run('campaign', 'getRecipients', { ...good, limit: 30 })).rows).toHaveLength(30);
});
