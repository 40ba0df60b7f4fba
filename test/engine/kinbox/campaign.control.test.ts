import type { INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { byId, resultKeys, resultRowKeys, type OperationOptions, useNode } from '../support';
import { apiToken } from './tokens';

const kinbox = useNode('Kinbox', Kinbox, { kinbox: { processingSeconds: 0 } });
const both = (): Array<OperationOptions | undefined> => [undefined, apiToken(kinbox)];

/** A campaign to the stored contacts, one message every ten seconds. */
async function running(fields: INodeParameters = {}): Promise<string> {
	const { rows, error } = await kinbox.run('campaign', 'create', { name: 'Natal', channelId: byId(103), leadType: 'lead', message: 'Boas festas!', pacing: { secondsBetweenMessages: 10 }, ...fields });
	if (error) throw error;
	await kinbox.sandbox.settled();
	return String(rows[0]?.id);
}

describe('campaign: pause, resume, delete', () => {
	it('pauses and resumes with either token', async () => {
		for (const options of both()) {
			const id = await running();
			const paused = await kinbox.run('campaign', 'pause', { campaignId: byId(id) }, options);
			expect(paused.error).toBeUndefined();
			expect(paused.requests[0]).toMatchObject({ method: 'POST', path: expect.stringMatching(new RegExp(`/campaigns/${id}/pause$`)) });
			expect(paused.rows[0]).toMatchObject({ id, status: 'paused' });
			const resumed = await kinbox.run('campaign', 'resume', { campaignId: byId(id) }, options);
			expect(resumed.error).toBeUndefined();
			expect(resumed.rows[0]).toMatchObject({ id, status: 'executing' });
		}
	});

	it('passes on what Kinbox says when there is nothing to resume, and does not repeat it', async () => {
		const id = await running();
		const { error, requests } = await kinbox.run('campaign', 'resume', { campaignId: byId(id) });
		expect(error?.message).toBe('Kinbox refused the request: The campaign is not paused [item 0]');
		expect(requests).toHaveLength(1);
	});

	it('deletes with either token, and says when a campaign is unknown', async () => {
		for (const options of both()) {
			const id = await running();
			const { rows, requests, error } = await kinbox.run('campaign', 'delete', { campaignId: byId(id) }, options);
			expect(error).toBeUndefined();
			expect(requests[0]).toMatchObject({ method: 'DELETE' });
			expect(rows).toEqual([{ id, deleted: true }]);
			const again = await kinbox.run('campaign', 'delete', { campaignId: byId(id) }, options);
			expect(again.error?.message).toBe('Kinbox does not know this record [item 0]');
		}
	});
});

describe('campaign: update', () => {
	const everyField = {
		active: false, assetsUrls: ['https://example.com/a.jpg'], businessHoursId: byId(7), channelId: byId(104), chunkSize: 2, chunksCount: 5,
		finishedAtPrediction: '2026-12-25T00:00:00Z', leadsAssetUrl: 'http://127.0.0.1:9/leads.csv', message: 'Feliz ano novo!', minutesBetweenBatches: 2.5, name: 'Ano novo',
		operatorName: 'Caio', scheduledTo: '2026-12-31T12:00:00Z', secondsBetweenMessages: 3, shouldCreateConversation: true, template: '{"id": "1"}', trackAllChannels: true, trackMaxHours: 48,
	};

	it('sends every field, with either token', async () => {
		for (const options of both()) {
			const id = await running();
			const { requests, rows, error } = await kinbox.run('campaign', 'update', { campaignId: byId(id), updateFields: everyField }, options);
			expect(error).toBeUndefined();
			const { minutesBetweenBatches, ...same } = everyField;
			expect(requests[0]).toMatchObject({ method: 'PATCH' });
			expect(requests[0]?.body).toEqual({ ...same, businessHoursId: '7', channelId: '104', secondsBetweenChunks: minutesBetweenBatches * 60, template: { id: '1' }, finishedAtPrediction: '2026-12-25T00:00:00.000Z', scheduledTo: '2026-12-31T12:00:00.000Z' });
			expect(rows[0]).toMatchObject({ id, name: 'Ano novo', channelId: '104' });
		}
	});

	it('refuses to change nothing, and what cannot be read', async () => {
		const nothing = await kinbox.run('campaign', 'update', { campaignId: byId('x'), updateFields: {} });
		expect(nothing.error?.message).toBe("'Update Fields' is empty [item 0]");
		const wrong = await kinbox.run('campaign', 'update', { campaignId: byId('x'), updateFields: { scheduledTo: 'soon' } });
		expect(wrong.error?.message).toBe("'Start' is not a date [item 0]");
		expect([...nothing.requests, ...wrong.requests]).toEqual([]);
		const unknown = await kinbox.run('campaign', 'update', { campaignId: byId('66e2'), updateFields: { name: 'X' } });
		expect(unknown.error?.message).toBe('Kinbox does not know this record [item 0]');
	});
});

describe('campaign: results by recipient', () => {
	it('gives one item for each recipient, with either token', async () => {
		for (const options of both()) {
			const id = await running();
			kinbox.sandbox.clock.advance(60_000);
			const all = await kinbox.run('campaign', 'getRecipients', { campaignId: byId(id), returnAll: true }, options);
			expect(all.error).toBeUndefined();
			expect(all.rows).toHaveLength(kinbox.sandbox.kinbox.state.contacts.size);
			expect(all.rows[0]).toMatchObject({ campaignId: id, phone: expect.stringMatching(/^\+55/), sentAt: expect.stringMatching(/Z$/), status: expect.any(String), answered: expect.any(Boolean) });
			const two = await kinbox.run('campaign', 'getRecipients', { campaignId: byId(id), limit: 2 }, options);
			expect(two.rows).toHaveLength(2);
			const answered = await kinbox.run('campaign', 'getRecipients', { campaignId: byId(id), status: 'answered' }, options);
			expect(answered.rows.every((row) => row.answered === true)).toBe(true);
			expect(answered.rows.length).toBeLessThan(all.rows.length);
		}
	});
});

describe('campaign: get results', () => {
	it('counts in the form of all services, and gives each person with a page on top', async () => {
		for (const options of both()) {
			const id = await running();
			kinbox.sandbox.clock.advance(60_000);
			const counts = await kinbox.run('campaign', 'getResults', { campaignId: byId(id) }, options);
			expect(counts.error).toBeUndefined();
			expect(Object.keys(counts.rows[0]!).sort()).toEqual([...resultKeys].sort());
			const people = kinbox.sandbox.kinbox.state.contacts.size;
			expect(counts.rows[0]).toMatchObject({ messages: people, reasons: null, unsure: null, answered: expect.any(Number) });
			const each = await kinbox.run('campaign', 'getResults', { campaignId: byId(id), each: true, report: true }, { ...options, skipSchema: true });
			expect(each.rows).toHaveLength(people);
			expect(Object.keys(each.rows[0]!)).toEqual(resultRowKeys);
			expect(new Set(each.rows.map(({ status }) => status))).not.toContain('unknown');
			expect(each.rows.filter(({ status }) => status === 'read')).toHaveLength(Number(counts.rows[0]!.read));
			expect(each.first[0]!.binary?.report?.fileName).toMatch(/\.html$/);
		}
	});
});

describe('campaign: wait until finished', () => {
	it('asks until the campaign is done', async () => {
		const id = await running();
		const waiting = kinbox.run('campaign', 'waitUntilFinished', { campaignId: byId(id), interval: 1 });
		setTimeout(() => kinbox.sandbox.clock.advance(3_600_000), 500);
		const { rows, error, requests } = await waiting;
		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ id, status: 'done', progress: 100, finished: true });
		expect(requests.length).toBeGreaterThan(1);
	});

	it('ends with an error, or with the campaign as it is, when time is over', async () => {
		const id = await running();
		const fail = await kinbox.run('campaign', 'waitUntilFinished', { campaignId: byId(id), patience: 0 });
		expect(fail.error?.message).toBe('The campaign was still executing after 0 minutes [item 0]');
		const output = await kinbox.run('campaign', 'waitUntilFinished', { campaignId: byId(id), patience: 0, whenLate: 'output', waitFor: 'sent' });
		expect(output.error).toBeUndefined();
		expect(output.rows[0]).toMatchObject({ status: 'executing', finished: false });
	});

	it('stops at once when the execution is cancelled', async () => {
		const id = await running();
		const started = Date.now();
		const { status } = await kinbox.run('campaign', 'waitUntilFinished', { campaignId: byId(id), interval: 60 }, { cancelAfterMs: 300 });
		expect(status).toBe('canceled');
		expect(Date.now() - started).toBeLessThan(5_000);
	});
});
