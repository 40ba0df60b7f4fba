import type { INodeParameters } from 'n8n-workflow';
import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { runWorkflow } from '../../harness/engine';
import { byId, credentials, credentialValues } from '../support';
import { mapped, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const template = (title: string) => byId(state().templates.find((one) => one.title === title)!.uuid);
const phones = ['+55 85 98888-7701', '+55 85 98888-7702', '+55 85 98888-7703', '+55 85 98888-7704', '+55 85 98888-7705'];
const people = (list = phones) => list.map((phone, index) => ({ phone, name: `P${index + 1}`, agreed: true }));
const sends = () => bench.sandbox.requests.filter(({ operationId }) => operationId === 'sendMessage');

const campaign = (more: INodeParameters = {}): INodeParameters => ({
  campaignName: 'Black Friday', dryRun: false, channelId: byId(state().channels[0]!.uuid), phone: '={{ $json.phone }}',
  templateId: template('Boas-vindas'), templateValues: mapped({ 1: '={{ $json.name }}' }), optIn: '={{ $json.agreed }}', pacing: { perMinute: 0 }, ...more,
});
const send = async (more: INodeParameters = {}, items: object[] = people(), options = {}) => await bench.run('campaign', 'send', campaign(more), { items: items as never, ...options });
const statuses = (rows: Array<{ status?: unknown }>) => rows.map(({ status }) => status);

describe('Campaign: Send', () => {
  it('shows who would get what, and sends nothing', async () => {
    const { error, rows } = await send({ dryRun: true }, [...people(), { ...people()[0]!, agreed: true }]);
    expect(error).toBeUndefined();
    expect(sends()).toEqual([]);
    expect(rows[0]).toMatchObject({ campaign: 'Black Friday', phone: '+5585988887701', status: 'dryRun', text: 'Olá P1, bem-vindo!', messageId: null });
    expect(statuses(rows)).toEqual([...phones.map(() => 'dryRun'), 'skipped']);
  });

  it('is a dry run unless it is turned off', async () => {
    const { dryRun: _, ...rest } = campaign();
    const { rows } = await bench.run('campaign', 'send', rest, { items: people() });
    expect(statuses(rows)).toEqual(phones.map(() => 'dryRun'));
  });

  it('sends each person a template of their own, once, in order', async () => {
    const items = [...people(), { phone: '(85) 98888-7701', name: 'Twice', agreed: true }, { phone: '+55 85 8888-7702', name: 'Old number', agreed: true }, { phone: '+351910000111', name: 'No', agreed: false }];
    const { error, rows, first, requests } = await send({}, items);
    expect(error).toBeUndefined();
    expect(statuses(rows)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'skipped', 'skipped', 'skipped']);
    expect(rows.slice(5).map(({ reason }) => reason)).toEqual(['The same phone came before in this run', 'The same phone came before in this run', 'Has not opted in']);
    expect(first.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
    expect(sends().map(({ body }) => (body as { to: string; content: { text: string } })).map(({ to, content }) => [to, content.text])).toEqual(phones.map((phone, index) => [`+${phone.replace(/\D/g, '')}`, `P${index + 1}`]));
    expect(sends()[0]?.body).toEqual({
      from: 'whatsapp', channel_uuid: state().channels[0]!.uuid, fields: 'contact,conversation', to: '+5585988887701', type: 'text', content: { text: 'P1' }, template_uuid: template('Boas-vindas').value, optin_contact: true,
    });
    expect(requests.filter(({ operationId }) => operationId === 'getTemplate')).toHaveLength(1);
    expect(rows.every(({ messageId, status }) => (status === 'sent') === Boolean(messageId))).toBe(true);
  });

  it('stops cleanly when the credit is used up, and goes on later without writing to anybody twice', async () => {
    state().wallet.templates = 2;
    const first = await send();
    expect(first.error).toBeUndefined();
    expect(statuses(first.rows)).toEqual(['sent', 'sent', 'notSent', 'notSent', 'notSent']);
    expect(first.rows[2]?.reason).toBe('The WhatsApp credit of the Callbell account is used up');
    expect(sends()).toHaveLength(3);
    state().wallet.templates = 100;
    // The output of the run before, as a data table or the next node would give it back.
    const second = await send({ safety: { skip: JSON.stringify(first.rows) } });
    expect(statuses(second.rows)).toEqual(['skipped', 'skipped', 'sent', 'sent', 'sent']);
    expect(state().sent.size).toBe(5);
  });

  it('remembers by itself in an active workflow', async () => {
    const workflow = (staticData: object) => ({
      nodes: [
        { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
        { name: 'Send', type: 'callbell', parameters: { resource: 'campaign', operation: 'send', ...campaign() } },
        { name: 'Results', type: 'callbell', parameters: { resource: 'campaign', operation: 'getResults', campaignName: 'Black Friday' }, executeOnce: true },
      ],
      connections: { Start: { main: [[{ node: 'Send', type: 'main', index: 0 }]] }, Send: { main: [[{ node: 'Results', type: 'main', index: 0 }]] } },
      staticData,
    });
    const options = { nodes: [Callbell], credentials, credentialValues: credentialValues(bench.sandbox), input: people() };
    state().wallet.templates = 3;
    const first = await runWorkflow(workflow({}) as never, options);
    expect(first.error).toBeUndefined();
    expect(statuses(first.json('Send'))).toEqual(['sent', 'sent', 'sent', 'notSent', 'notSent']);
    expect(first.json('Results')[0]).toMatchObject({ campaign: 'Black Friday', messages: 3, unsure: 0 });
    state().wallet.templates = 100;
    const second = await runWorkflow(workflow(first.staticData) as never, options);
    expect(statuses(second.json('Send'))).toEqual(['skipped', 'skipped', 'skipped', 'sent', 'sent']);
    expect(second.json('Send')[0]?.messageId).toBe(first.json('Send')[0]?.messageId);
    expect(second.json('Results')[0]).toMatchObject({ messages: 5 });
    expect(state().sent.size).toBe(5);
  });

  it('marks with a tag, which outlives a crash', async () => {
    const { error, rows } = await send({ safety: { markTag: 'Cliente' } });
    expect(error).toBeUndefined();
    expect(statuses(rows)).toEqual(phones.map(() => 'sent'));
    expect(state().contacts.filter(({ tags }) => tags.includes('Cliente'))).toHaveLength(5);
    const again = await send({ safety: { markTag: 'Cliente' } });
    expect(again.rows.map(({ reason }) => reason)).toEqual(phones.map(() => "Has the tag 'Cliente' already"));
    const unknownTag = await send({ campaignName: 'Other', safety: { markTag: 'Nope' } }, people().slice(0, 1));
    expect(unknownTag.rows[0]).toMatchObject({ status: 'sent', reason: expect.stringContaining("the tag 'Nope' could not be added") });
  });

  it('does not write again when it is unsure whether a message went out, and keeps what is done', async () => {
    bench.sandbox.inject({ kind: 'reset-after-handling', vendor: 'callbell', operationId: 'sendMessage', times: 1 });
    const first = await send({}, people().slice(0, 2));
    expect(first.error).toBeUndefined();
    expect(statuses(first.rows)).toEqual(['unsure', 'sent']);
    const second = await send({ safety: { skip: JSON.stringify(first.rows) } }, people().slice(0, 2));
    expect(statuses(second.rows)).toEqual(['skipped', 'skipped']);
    expect(state().sent.size).toBe(2);
  });

  it('stops when the token is taken away in the middle', async () => {
    bench.sandbox.inject({ kind: 'status', status: 200, vendor: 'callbell', operationId: 'sendMessage', times: 1, body: { message: { uuid: 'first', status: 'enqueued' } } });
    bench.sandbox.inject({ kind: 'status', status: 401, vendor: 'callbell', operationId: 'sendMessage' });
    const { error, rows } = await send();
    expect(error).toBeUndefined();
    expect(statuses(rows)).toEqual(['sent', 'notSent', 'notSent', 'notSent', 'notSent']);
    expect(sends()).toHaveLength(2);
  });

  it('stops at the failure rate, asking what became of the messages', async () => {
    state().delays = { sent: 0, delivered: 0, read: 0 };
    const many = Array.from({ length: 40 }, (_, index) => `+5585977770${String(index).padStart(3, '0')}`);
    for (const phone of many.filter((_, index) => index % 2 === 0)) state().unreachable.set(phone.slice(1), 'Not on WhatsApp');
    const { error, rows } = await send({ pacing: { perMinute: 300 }, safety: { failureRate: 30, failuresAfter: 10 } }, people(many));
    expect(error).toBeUndefined();
    const stop = rows.findIndex(({ status }) => status === 'notSent');
    expect(stop).toBeGreaterThan(9);
    expect(stop).toBeLessThan(40);
    expect(rows[stop]?.reason).toMatch(/^50% of \d+ messages have failed, more than the 30% allowed$/);
    expect(rows.some(({ status, reason }) => status === 'failed' && reason === 'Not on WhatsApp')).toBe(true);
  }, 60_000);

  it('keeps the pace and pauses after a batch', async () => {
    const began = Date.now();
    await send({ pacing: { perMinute: 120 } }, people().slice(0, 3));
    expect(Date.now() - began).toBeGreaterThanOrEqual(990);
    // When a request arrives depends on the machine's load too, so single gaps are given room.
    const [a, , c] = sends().map(({ at }) => at);
    expect(c! - a!).toBeGreaterThanOrEqual(700);
    bench.sandbox.requests.length = 0;
    const batchesBegan = Date.now();
    await send({ campaignName: 'Two', pacing: { perMinute: 0, chunkSize: 2, chunkPause: 2 } }, people().slice(0, 3));
    expect(Date.now() - batchesBegan).toBeGreaterThanOrEqual(1990);
    const [d, e, f] = sends().map(({ at }) => at);
    expect(f! - e!).toBeGreaterThan(e! - d!);
  });

  it('sends within the hours of a time zone only', async () => {
    const hour = (offset: number) => `${String((new Date(Date.now() + offset * 3_600_000)).getUTCHours()).padStart(2, '0')}:00`;
    const closed = await send({ sendingHours: { from: hour(2), until: hour(3), timezone: 'UTC' } });
    expect(closed.rows.map(({ status, reason }) => [status, reason])).toEqual(phones.map(() => ['notSent', 'The sending hours are over']));
    const open = await send({ sendingHours: { from: hour(0), until: hour(2), timezone: 'UTC' } });
    expect(statuses(open.rows)).toEqual(phones.map(() => 'sent'));
  });

  it('lets no second execution send while one does, and frees the campaign at the end', async () => {
    const slow = send({ pacing: { perMinute: 120 } }, people(), { executionId: '101' });
    await new Promise((resolve) => { setTimeout(resolve, 700); });
    const second = await send({}, people(), { executionId: '102' });
    expect(second.rows.map(({ status, reason }) => [status, reason])).toEqual(phones.map(() => ['notSent', 'Another execution is sending this campaign at the moment']));
    expect(second.staticData).toEqual({ global: {} });
    expect(statuses((await slow).rows)).toEqual(phones.map(() => 'sent'));
    expect(sends()).toHaveLength(5);
    expect(statuses((await send({}, people(), { executionId: '103' })).rows)).toEqual(phones.map(() => 'sent'));
  });

  it('knows what another execution has sent since this one was loaded', async () => {
    const first = await send({ campaignName: 'Loaded before' }, people().slice(0, 3), { executionId: '301', mode: 'trigger' });
    expect(statuses(first.rows)).toEqual(['sent', 'sent', 'sent']);
    // Its static data is older than the first execution.
    const second = await send({ campaignName: 'Loaded before' }, people(), { executionId: '302', mode: 'trigger' });
    expect(statuses(second.rows)).toEqual(['skipped', 'skipped', 'skipped', 'sent', 'sent']);
    const stored = second.staticData.global as { callbellCampaigns: Record<string, { done: object }> };
    expect(Object.keys(stored.callbellCampaigns['Loaded before']!.done)).toHaveLength(5);
  });

  it('stops at once when the execution is cancelled while it waits', async () => {
    const began = Date.now();
    const { status } = await send({ pacing: { perMinute: 1 } }, people(), { cancelAfterMs: 400 });
    expect(status).toBe('canceled');
    expect(Date.now() - began).toBeLessThan(5000);
    expect(sends()).toHaveLength(1);
    // The campaign is free again for the next execution.
    expect(statuses((await send({}, people(), { executionId: '201' })).rows)).toEqual(phones.map(() => 'sent'));
  });

  it('writes to all contacts with tags, with their own names, and leaves others out', async () => {
    const tagged = state().contacts.filter(({ tags }) => tags.includes('Call back'));
    tagged[0]!.tags = ['Call back', 'Sem interesse'];
    tagged[1]!.blockedAt = 1;
    tagged[2]!.name = null;
    const { error, rows, first } = await bench.run('campaign', 'send', campaign({ recipients: 'tags', tags: ['Call back'], leaveOutTags: ['Sem interesse'], templateValues: mapped({ 1: '{first name}' }), optIn: true }));
    expect(error).toBeUndefined();
    expect(rows).toHaveLength(tagged.length - 1);
    expect(rows[0]).toMatchObject({ status: 'skipped', reason: 'Is blocked in Callbell' });
    expect(rows[1]).toMatchObject({ status: 'notSent', reason: "'Template Variables' has 0 filled in, but the template has 1" });
    expect(rows[2]).toMatchObject({ status: 'sent', name: tagged[3]!.name, text: `Olá ${tagged[3]!.name!.split(' ')[0]}, bem-vindo!` });
    expect(first.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
    bench.sandbox.requests.length = 0;
    const few = await bench.run('campaign', 'send', campaign({ campaignName: 'Few', recipients: 'tags', tags: ['Call back'], maxRecipients: 2, templateValues: mapped({ 1: 'x' }), optIn: true, dryRun: true }));
    expect(few.rows).toHaveLength(2);
  });

  it.each([
    ['a bad phone', {}, [{ phone: 'abc' }], /'Phone' cannot be used as a phone number.*\[item 1\]/],
    ['a bad time', { sendingHours: { from: '9h' } }, [], /'From' is '9h', not a time of day/],
    ['a bad time zone', { sendingHours: { from: '09:00', timezone: 'Mars' } }, [], /'Time Zone' is 'Mars', which is no time zone/],
    ['no tags', { recipients: 'tags', tags: '={{ [] }}' }, [], /Tags/],
  ])('refuses %s before anything is sent', async (_, fields, more, message) => {
    const { error, requests } = await send(fields as never, [people()[0]!, ...more]);
    expect(error?.message).toMatch(message);
    expect(requests).toEqual([]);
  });

  it('refuses a template that cannot be sent before the first message', async () => {
    expect((await send({ templateId: template('Natal') })).error?.message).toBe("'Template' cannot be sent: it is rejected [item 0]");
    expect((await send({ templateValues: mapped({}) })).error?.message).toMatch(/'Template Variables' has 0 filled in/);
    expect((await send({}, people(), { credential: { callbellApi: { token: 'wrongTokenOfSomeone' } } })).error?.message).toMatch(/did not accept the token/);
    expect(sends()).toEqual([]);
  });
});

describe('Campaign: Get Results', () => {
  it('counts what became of the messages, with the reasons', async () => {
    state().unreachable.set('5585988887701', 'Not on WhatsApp');
    const { rows } = await send();
    bench.sandbox.clock.advance(2000);
    const ids = rows.map(({ messageId }) => messageId) as string[];
    const list = { messagesOf: 'list', messages: `={{ ${JSON.stringify([...ids, 'unknown'])} }}` };
    const { error, rows: results } = await bench.run('campaign', 'getResults', list);
    expect(error).toBeUndefined();
    expect(results).toEqual([{ campaign: null, messages: 6, sent: 4, delivered: 4, read: 0, failed: 1, waiting: 0, other: 1, unsure: 0, reasons: [{ reason: 'Not on WhatsApp', times: 1 }] }]);
    const each = await bench.run('campaign', 'getResults', { ...list, each: true }, { skipSchema: true });
    expect(statuses(each.rows)).toEqual(['failed', 'delivered', 'delivered', 'delivered', 'delivered', 'unknown']);
    expect(each.rows[0]).toMatchObject({ messageId: ids[0], reason: 'Not on WhatsApp' });
  });

  it('says that a campaign is not known', async () => {
    expect((await bench.run('campaign', 'getResults', { campaignName: 'Nothing' })).error?.message).toBe("'Campaign Name' 'Nothing' is not known to this workflow [item 0]");
    expect((await bench.run('campaign', 'getResults', { messagesOf: 'list', messages: '={{ [] }}' })).error?.message).toMatch(/Messages/);
  });
});
