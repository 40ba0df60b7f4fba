import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { KinboxTrigger } from '../../../nodes/Kinbox/KinboxTrigger.node';
import { pollingEvents } from '../../../nodes/Kinbox/trigger/events';
import { poll } from '../../harness/engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { addContact } from '../../sandbox/kinbox/contacts';
import { addDeal } from '../../sandbox/kinbox/sales';
import { addMessage, addSession, changeSession } from '../../sandbox/kinbox/sessions';
import { credentials, credentialValues, secretsOf } from '../support';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ kinbox: { processingSeconds: 0 } });
});
beforeEach(() => sandbox.reset());
afterEach(() => expect(sandbox.violations).toEqual([]));
afterAll(async () => await sandbox.close());

const state = () => sandbox.kinbox.state;
const minute = 60_000;
const contactId = () => [...state().contacts.keys()][0]!;

/** A node with its memory, as an active workflow has it. */
function watching(events: string[], { generation = 'v1', ...parameters }: INodeParameters & { generation?: 'v1' | 'v3' } = {}) {
	const staticData: IDataObject = {};
	const values = credentialValues(sandbox);
	const options = {
		credentials,
		credentialValues: { ...values, kinboxApi: { ...values.kinboxApi, generation, token: generation === 'v1' ? sandbox.kinbox.tokens.api : sandbox.kinbox.tokens.v3 } },
		parameters: { events, ...parameters } as INodeParameters,
	};
	return {
		staticData,
		async next(mode?: 'manual'): Promise<IDataObject[]> {
			// As n8n stores it: JSON.
			const { json, staticData: after } = await poll(KinboxTrigger, { ...options, ...(mode ? { mode } : {}), staticData });
			const stored = JSON.parse(JSON.stringify(after)) as IDataObject;
			for (const secret of secretsOf(sandbox)) expect(JSON.stringify([json, stored])).not.toContain(secret);
			return json;
		},
	};
}

describe.each(['v1', 'v3'] as const)('trigger: new contact (%s)', (generation) => {
	it('does not flood on activation, then gives each contact once', async () => {
		const trigger = watching(['newContact'], { generation });
		addContact(state(), { name: 'Before', email: 'before@example.com' }, Date.now() - minute);
		expect(await trigger.next()).toEqual([]);
		addContact(state(), { name: 'Ana', email: 'ana@example.com', phone: '5585977770001' }, Date.now());
		addContact(state(), { name: 'Bia', email: 'bia@example.com' }, Date.now());
		expect(await trigger.next()).toEqual([
			expect.objectContaining({ event: 'newContact', name: 'Ana', phone: '+5585977770001', platform: 'kinbox' }),
			expect.objectContaining({ event: 'newContact', name: 'Bia' }),
		]);
		expect(await trigger.next()).toEqual([]);
	});

	it('gives one that becomes visible late, with the time of one that is known', async () => {
		const trigger = watching(['newContact'], { generation });
		await trigger.next();
		const at = Date.now();
		addContact(state(), { name: 'Ana', email: 'ana@example.com' }, at);
		expect(await trigger.next()).toHaveLength(1);
		addContact(state(), { name: 'Equal', email: 'equal@example.com' }, at);
		addContact(state(), { name: 'Late', email: 'late@example.com' }, at - 10 * minute);
		expect((await trigger.next()).map(({ name }) => name).sort()).toEqual(['Equal', 'Late']);
		expect(await trigger.next()).toEqual([]);
	});

	it('is not doubled by a server whose clock is ahead', async () => {
		const trigger = watching(['newContact'], { generation });
		await trigger.next();
		addContact(state(), { name: 'Future', email: 'future@example.com' }, Date.now() + 60 * minute);
		expect(await trigger.next()).toHaveLength(1);
		const memory = trigger.staticData.newContact as { since: number; seen: Record<string, number> };
		// As if half an hour had gone by.
		memory.since += 30 * minute;
		expect(await trigger.next()).toEqual([]);
		expect(await trigger.next()).toEqual([]);
	});

	it('makes up for a failed poll', async () => {
		const trigger = watching(['newContact'], { generation });
		await trigger.next();
		addContact(state(), { name: 'Ana', email: 'ana@example.com' }, Date.now());
		const before = JSON.stringify(trigger.staticData);
		sandbox.inject({ kind: 'status', vendor: 'kinbox', status: 400, times: 1 });
		await expect(trigger.next()).rejects.toThrow('Kinbox refused the request');
		expect(JSON.stringify(trigger.staticData)).toBe(before);
		expect((await trigger.next()).map(({ name }) => name)).toEqual(['Ana']);
	});

	it('gives samples in test mode, and remembers nothing', async () => {
		const trigger = watching(['newContact'], { generation });
		const rows = await trigger.next('manual');
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.length).toBeLessThanOrEqual(3);
		expect(trigger.staticData).toEqual({});
	});
});

/** The contact of what happened, as other nodes take it. */
const theContact = () => {
	const { name, phone } = state().contacts.get(contactId())!;
	return expect.objectContaining({ id: String(contactId()), name, phone: `+${phone}`, tags: [], platform: 'kinbox' }) as unknown;
};

describe('trigger: conversations and messages', () => {
	it('new, updated and finished, each once', async () => {
		const trigger = watching(['newConversation', 'conversationUpdated', 'conversationFinished']);
		const old = addSession(state(), { contactId: contactId() }, Date.now() - 100 * minute);
		expect(await trigger.next()).toEqual([]);
		const session = addSession(state(), { contactId: contactId() }, Date.now());
		expect((await trigger.next()).map(({ event, id, contact }) => [event, id, contact])).toEqual([['newConversation', session.id, theContact()], ['conversationUpdated', session.id, theContact()]]);
		// An old conversation that changes is no new one.
		changeSession(old, { tagIds: [3] }, Date.now());
		expect((await trigger.next()).map(({ event, id }) => [event, id])).toEqual([['conversationUpdated', old.id]]);
		changeSession(session, { isFinished: true, finishedAt: Date.now() }, Date.now());
		expect((await trigger.next()).map(({ event, id }) => [event, id])).toEqual([['conversationUpdated', session.id], ['conversationFinished', session.id]]);
		expect(await trigger.next()).toEqual([]);
		changeSession(session, { summary: 'Done' }, Date.now() + 5);
		expect((await trigger.next()).map(({ event }) => event)).toEqual(['conversationUpdated']);
	});

	it('messages of contacts only, on the channel that is watched', async () => {
		const trigger = watching(['messageReceived'], { filters: { channelId: { __rl: true, mode: 'id', value: '103' } } });
		const session = addSession(state(), { contactId: contactId() }, Date.now() - 100 * minute);
		const other = addSession(state(), { contactId: contactId(), channelId: 104, conversationId: 99 }, Date.now() - 100 * minute);
		addMessage(state(), session, { text: 'Old' }, Date.now() - 99 * minute);
		expect(await trigger.next()).toEqual([]);
		addMessage(state(), session, { text: 'Oi', mediaUrl: 'https://example.com/comprovante.jpg' }, Date.now());
		addMessage(state(), session, { sender: 'operator', text: 'Olá' }, Date.now());
		addMessage(state(), other, { text: 'Elsewhere' }, Date.now());
		changeSession(session, {}, Date.now());
		changeSession(other, {}, Date.now());
		expect(await trigger.next()).toEqual([expect.objectContaining({ event: 'messageReceived', text: 'Oi', sender: 'contact', mediaUrl: 'https://example.com/comprovante.jpg', conversationId: String(session.conversationId), contact: theContact() })]);
		expect(await trigger.next()).toEqual([]);
	});

	it('one conversation that cannot be read holds nobody up, and is asked again', async () => {
		const trigger = watching(['messageReceived']);
		await trigger.next();
		const bad = addSession(state(), { contactId: contactId(), conversationId: 501 }, Date.now());
		const good = addSession(state(), { contactId: contactId(), conversationId: 502 }, Date.now());
		addMessage(state(), bad, { text: 'Held up' }, Date.now());
		addMessage(state(), good, { text: 'Fine' }, Date.now());
		sandbox.inject({ kind: 'status', vendor: 'kinbox', path: '/v1/conversations/501/messages', status: 400, times: 1 });
		const first = await trigger.next();
		const second = await trigger.next();
		expect([...first, ...second].map(({ text }) => text).sort()).toEqual(['Fine', 'Held up']);
		expect(first).toHaveLength(1);
		expect(await trigger.next()).toEqual([]);
	});

	it('asks few conversations at once', async () => {
		const trigger = watching(['messageReceived', 'messageFailed', 'conversationUpdated']);
		await trigger.next();
		for (let id = 600; id < 640; id += 1) addMessage(state(), addSession(state(), { contactId: contactId(), conversationId: id }, Date.now()), { text: String(id) }, Date.now());
		const before = sandbox.requests.length;
		const rows = await trigger.next();
		expect(rows.filter(({ event }) => event === 'messageReceived')).toHaveLength(40);
		const asked = sandbox.requests.slice(before);
		// messageFailed looks further back, so its conversations are asked for themselves.
		expect(asked.length).toBeLessThanOrEqual(2 * 40 + 4);
	});

	it('a message that failed, with its reason, once', async () => {
		const trigger = watching(['messageFailed']);
		await trigger.next();
		const session = addSession(state(), { contactId: contactId() }, Date.now());
		addMessage(state(), session, { sender: 'operator', text: 'Olá' }, Date.now());
		const sent = addMessage(state(), session, { sender: 'operator', text: 'Oferta' }, Date.now());
		expect(await trigger.next()).toEqual([]);
		sent.failure = '131026: undeliverable';
		changeSession(session, {}, Date.now());
		expect(await trigger.next()).toEqual([expect.objectContaining({ event: 'messageFailed', text: 'Oferta', status: 'failed', error: '131026: undeliverable', deleted: false })]);
		expect(await trigger.next()).toEqual([]);
	});

	it('gathers what a contact writes in a row until it is quiet', async () => {
		const trigger = watching(['messageReceived'], { gather: 30 });
		await trigger.next();
		const session = addSession(state(), { contactId: contactId() }, Date.now());
		const lines = [addMessage(state(), session, { text: 'oi' }, Date.now() - 20_000), addMessage(state(), session, { text: 'tudo bem?' }, Date.now() - 5000)];
		expect(await trigger.next()).toEqual([]);
		// As if forty seconds had gone by.
		for (const line of lines) line.createdAt -= 40_000;
		expect((await trigger.next()).map(({ text }) => text)).toEqual(['oi', 'tudo bem?']);
		expect(await trigger.next()).toEqual([]);
	});

	it('need the API Token', async () => {
		await expect(watching(['newConversation'], { generation: 'v3' }).next()).rejects.toThrow('Watching conversations needs the API Token, but the credential holds the Token V3');
	});
});

describe.each(['v1', 'v3'] as const)('trigger: deals (%s)', (generation) => {
	it('new, won and lost, each once; also with a closing day without time', async () => {
		const trigger = watching(['newDeal', 'dealWon', 'dealLost'], { generation });
		const now = Date.now();
		const deal = addDeal(state(), contactId(), { name: 'Festa' }, now - 100 * minute);
		addDeal(state(), contactId(), { name: 'Known', status: 'won', wonLostDate: new Date(now - minute).toISOString() }, now - 100 * minute);
		expect(await trigger.next()).toEqual([]);
		const fresh = addDeal(state(), contactId(), { name: 'Novo' }, Date.now());
		expect((await trigger.next()).map(({ event, name, contact }) => [event, name, contact])).toEqual([['newDeal', 'Novo', theContact()]]);
		Object.assign(deal.fields, { status: 'won', wonLostDate: `${new Date(now - 20 * 60 * minute).toISOString().slice(0, 10)}T00:00:00.000Z` });
		Object.assign(fresh.fields, { status: 'lost', wonLostDate: new Date().toISOString() });
		expect((await trigger.next()).map(({ event, name }) => [event, name])).toEqual([['dealWon', 'Festa'], ['dealLost', 'Novo']]);
		expect(await trigger.next()).toEqual([]);
		// Reopened and won again.
		Object.assign(fresh.fields, { status: 'won', wonLostDate: new Date(Date.now() + 5).toISOString() });
		expect((await trigger.next()).map(({ event, name }) => [event, name])).toEqual([['dealWon', 'Novo']]);
	});

	it('of one pipeline', async () => {
		const [first, second] = [...state().pipelines.values()];
		const trigger = watching(['newDeal'], { generation, filters: { pipelineId: { __rl: true, mode: 'id', value: second!.id } } });
		await trigger.next();
		addDeal(state(), contactId(), { name: 'There', pipelineId: second!.id, stageId: second!.stages[0]!.id }, Date.now());
		addDeal(state(), contactId(), { name: 'Elsewhere', pipelineId: first!.id }, Date.now());
		expect((await trigger.next()).map(({ name }) => name)).toEqual(['There']);
	});
});

describe('trigger: campaign finished', () => {
	async function campaign(): Promise<void> {
		const answer = await fetch(`${sandbox.kinbox.url}/v3/campaigns`, {
			method: 'POST', headers: { authorization: `Bearer ${sandbox.kinbox.tokens.v3}`, 'content-type': 'application/json' },
			body: JSON.stringify({ name: 'Natal', channelId: '103', leadType: 'lead', message: 'Boas festas!', secondsBetweenMessages: 10 }),
		});
		expect(answer.status).toBe(201);
		await sandbox.settled();
	}

	it.each(['v1', 'v3'] as const)('once, when it has ended (%s)', async (generation) => {
		await campaign();
		sandbox.clock.advance(60 * minute);
		const trigger = watching(['campaignFinished'], { generation });
		expect(await trigger.next()).toEqual([]);
		await campaign();
		expect(await trigger.next()).toEqual([]);
		sandbox.clock.advance(60 * minute);
		expect(await trigger.next()).toEqual([expect.objectContaining({ event: 'campaignFinished', name: 'Natal', status: 'done', progress: 100 })]);
		expect(await trigger.next()).toEqual([]);
	});
});

it('an old campaign that comes into the list again is not finished anew', async () => {
	const find = async (rows: IDataObject[], notes: IDataObject, from: number) => await pollingEvents.campaignFinished.find({ list: async () => await Promise.resolve({ rows }) } as never, from, {}, undefined as never, notes);
	const notes: IDataObject = {};
	const old = (id: number, status = 'done') => ({ id, status, createdAt: '2026-01-01T00:00:00Z' });
	await find([old(2, 'processing'), old(3)], notes, Date.parse('2026-05-01'));
	// Three newer ones were deleted, so an old one shows again; one has ended; one is new and quick.
	const found = await find([old(1), old(2), { id: 9, status: 'done', createdAt: '2026-05-01T10:00:00Z' }], notes, Date.parse('2026-05-01'));
	expect(found.map(({ key }) => key).sort()).toEqual(['2', '9']);
});

describe('trigger: clocks and records', () => {
	it("n8n's clock may be ahead: the times are Kinbox's", async () => {
		const now = Date.now();
		const trigger = watching(['newContact']);
		jest.spyOn(Date, 'now').mockReturnValue(now + 20 * minute);
		addContact(state(), { name: 'Before', email: 'before@example.com' }, now - minute);
		expect(await trigger.next()).toEqual([]);
		addContact(state(), { name: 'Ana', email: 'ana@example.com' }, now);
		expect((await trigger.next()).map(({ name }) => name)).toEqual(['Ana']);
		jest.restoreAllMocks();
	});

	it('an event that cannot be polled does not hold the others up', async () => {
		const trigger = watching(['newContact', 'newDeal']);
		await trigger.next();
		addContact(state(), { name: 'Ana', email: 'ana@example.com' }, Date.now());
		addDeal(state(), contactId(), { name: 'Festa' }, Date.now());
		sandbox.inject({ kind: 'status', vendor: 'kinbox', operationId: 'listDeals', status: 400, times: 1 });
		const first = await trigger.next();
		const second = await trigger.next();
		expect([...first, ...second].map(({ name }) => name).sort()).toEqual(['Ana', 'Festa']);
	});
});

it('outputs the whole record without Simplify', async () => {
	const trigger = watching(['newContact'], { generation: 'v3', simple: false });
	await trigger.next();
	addContact(state(), { name: 'Ana', email: 'ana@example.com', customFields: { cpf: { value: '1' } } }, Date.now());
	expect(await trigger.next()).toEqual([expect.objectContaining({ event: 'newContact', customFields: { cpf: { value: '1' } }, workspaceId: 1 })]);
});

it('says when no event is chosen, or one is unknown', async () => {
	await expect(watching([]).next()).rejects.toThrow("'Trigger On' is empty");
	await expect(watching(['rain']).next()).rejects.toThrow("'Trigger On' has an event that this node does not know: rain");
});
