import type { INodeParameters } from 'n8n-workflow';
import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { runWorkflow, storeBinary } from '../../harness/engine';
import { fastClock } from '../../harness/fastClock';
import { byId, credentials, credentialValues, resultKeys, resultRowKeys } from '../support';
import { mapped, useCallbell } from './support';

jest.mock('../../../nodes/shared/http/pause', () => jest.requireActual<object>('../../harness/fastClock'));

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

beforeEach(() => {
  fastClock.isOn = true;
  fastClock.onJump = (milliseconds) => bench.sandbox.clock.advance(milliseconds);
});

describe('campaign: send', () => {
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
    expect(statuses(rows)).toEqual(['queued', 'queued', 'queued', 'queued', 'queued', 'skipped', 'skipped', 'skipped']);
    expect(rows.slice(5).map(({ reason }) => reason)).toEqual(['The same phone came before in this run', 'The same phone came before in this run', 'Has not opted in']);
    expect(first.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
    expect(sends().map(({ body }) => (body as { to: string; content: { text: string } })).map(({ to, content }) => [to, content.text])).toEqual(phones.map((phone, index) => [`+${phone.replace(/\D/g, '')}`, `P${index + 1}`]));
    expect(sends()[0]?.body).toEqual({
      from: 'whatsapp', channel_uuid: state().channels[0]!.uuid, fields: 'contact,conversation', to: '+5585988887701', type: 'text', content: { text: 'P1' }, template_uuid: template('Boas-vindas').value, optin_contact: true,
    });
    expect(requests.filter(({ operationId }) => operationId === 'getTemplate')).toHaveLength(1);
    expect(rows.every(({ messageId, status }) => (status === 'queued') === Boolean(messageId))).toBe(true);
  });

  it('looks into the files on top of the template, and sends nobody one that WhatsApp would refuse', async () => {
    const file = async (content: string) => await storeBinary(Buffer.from(content, 'latin1'), { mimeType: 'application/octet-stream' });
    const options = { instanceUrl: 'https://n8n.example.com' };
    const photo = { templateId: template('Promoção com foto'), header: 'file', headerSource: 'binary', headerField: 'data' };
    const contents = ['\xFF\xD8\xFF\xE0', '%PDF-1.4'];
    const items = await Promise.all(contents.map(async (content, index) => ({ json: people()[index]!, binary: { data: await file(content) } })));
    const some = await bench.run('campaign', 'send', campaign(photo), { items, ...options });
    expect(some.rows.map(({ status, reason }) => [status, reason])).toEqual([['queued', null], ['notSent', expect.stringContaining('is no image: (application/pdf)')]]);
    expect(sends()).toHaveLength(1);
    const none = await bench.run('campaign', 'send', campaign({ ...photo, campaignName: 'Other' }), { items: items.slice(1), ...options });
    expect(none.error?.message).toBe("'Input Data Field Name' is no image: (application/pdf) [item 0]");
    const address = await bench.run('campaign', 'send', campaign({ ...photo, campaignName: 'Third', headerSource: 'url', headerUrl: 'https://files.example.com/promo.pdf' }), { items: items.slice(1), ...options });
    expect(address.error?.message).toMatch(/the header takes an image/);
    expect(sends()).toHaveLength(1);
  });

  it('stops cleanly when the credit is used up, and goes on later without writing to anybody twice', async () => {
    state().wallet.templates = 2;
    const first = await send();
    expect(first.error).toBeUndefined();
    expect(statuses(first.rows)).toEqual(['queued', 'queued', 'notSent', 'notSent', 'notSent']);
    expect(first.rows[2]?.reason).toBe('The WhatsApp credit of the Callbell account is used up');
    expect(sends()).toHaveLength(3);
    state().wallet.templates = 100;
    // The output of the run before, as a data table or the next node would give it back.
    const second = await send({ safety: { skip: JSON.stringify(first.rows) } });
    expect(statuses(second.rows)).toEqual(['skipped', 'skipped', 'queued', 'queued', 'queued']);
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
    expect(statuses(first.json('Send'))).toEqual(['queued', 'queued', 'queued', 'notSent', 'notSent']);
    expect(first.json('Results')[0]).toMatchObject({ campaign: 'Black Friday', messages: 3, unsure: 0 });
    state().wallet.templates = 100;
    const second = await runWorkflow(workflow(first.staticData) as never, options);
    expect(statuses(second.json('Send'))).toEqual(['skipped', 'skipped', 'skipped', 'queued', 'queued']);
    expect(second.json('Send')[0]?.messageId).toBe(first.json('Send')[0]?.messageId);
    expect(second.json('Results')[0]).toMatchObject({ messages: 5 });
    expect(state().sent.size).toBe(5);
  });

  it('marks with a tag, which outlives a crash', async () => {
    const { error, rows, requests } = await send({ safety: { markTag: 'Cliente' } });
    expect(error).toBeUndefined();
    expect(statuses(rows)).toEqual(phones.map(() => 'queued'));
    expect(state().contacts.filter(({ tags }) => tags.includes('Cliente'))).toHaveLength(5);
    // Each is looked at once more: another run may have written the tags.
    expect(requests.slice(-5).map(({ operationId }) => operationId)).toEqual(phones.map(() => 'getContact'));
    const again = await send({ safety: { markTag: 'Cliente' } });
    expect(again.rows.map(({ reason }) => reason)).toEqual(phones.map(() => "Has the tag 'Cliente' already"));
    const unknownTag = await send({ campaignName: 'Other', safety: { markTag: 'Nope' }, templateValues: mapped({ 1: 'x' }) }, people().slice(0, 2));
    expect(unknownTag.rows.map(({ status, reason }) => [status, reason])).toEqual([0, 1].map(() => ['notSent', expect.stringContaining("The tag 'Nope' cannot be used")]));
    expect(state().sent.size).toBe(5);
    // A tag that nobody has yet may exist all the same.
    const freshTag = await send({ campaignName: 'Fresh', safety: { markTag: 'Sem interesse' }, templateValues: mapped({ 1: 'y' }) }, people().slice(0, 2));
    expect(statuses(freshTag.rows)).toEqual(['queued', 'queued']);
  });

  it('takes an answer without an ID for unsure', async () => {
    bench.sandbox.inject({ kind: 'status', status: 200, vendor: 'callbell', operationId: 'sendMessage', times: 1, body: {} });
    expect(statuses((await send({}, people().slice(0, 2))).rows)).toEqual(['unsure', 'queued']);
  });

  it('does not write again when it is unsure whether a message went out, and keeps what is done', async () => {
    bench.sandbox.inject({ kind: 'reset-after-handling', vendor: 'callbell', operationId: 'sendMessage', times: 1 });
    const first = await send({}, people().slice(0, 2));
    expect(first.error).toBeUndefined();
    expect(first.rows.map(({ status, reason }) => [status, reason])).toEqual([['queued', 'The answer was lost; Callbell has the message'], ['queued', null]]);
    const second = await send({ safety: { skip: JSON.stringify(first.rows) } }, people().slice(0, 2));
    expect(statuses(second.rows)).toEqual(['skipped', 'skipped']);
    expect(state().sent.size).toBe(2);
    bench.sandbox.inject({ kind: 'reset', vendor: 'callbell', operationId: 'sendMessage', times: 1 });
    const third = await send({ campaignName: 'Never arrived', templateValues: mapped({ 1: 'z' }) }, people().slice(0, 2));
    expect(statuses(third.rows)).toEqual(['unsure', 'queued']);
    const fourth = await send({ campaignName: 'Never arrived', templateValues: mapped({ 1: 'z' }), safety: { skip: JSON.stringify(third.rows) } }, people().slice(0, 2));
    expect(statuses(fourth.rows)).toEqual(['skipped', 'skipped']);
  });

  it('stops when the token is taken away in the middle', async () => {
    bench.sandbox.inject({ kind: 'status', status: 200, vendor: 'callbell', operationId: 'sendMessage', times: 1, body: { message: { uuid: 'first', status: 'enqueued' } } });
    bench.sandbox.inject({ kind: 'status', status: 401, vendor: 'callbell', operationId: 'sendMessage' });
    const { error, rows } = await send();
    expect(error).toBeUndefined();
    expect(statuses(rows)).toEqual(['queued', 'notSent', 'notSent', 'notSent', 'notSent']);
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
    expect(rows[stop]?.reason).toMatch(/^(45|5\d)% of \d+ messages have failed, more than the 30% allowed$/);
    expect(rows.some(({ status, reason }) => status === 'failed' && /^The message cannot be delivered: the number has no WhatsApp.*\(131026: Not on WhatsApp\)$/.test(String(reason)))).toBe(true);
  });

  it('waits for what became of the messages, when told, with the reason in plain words', async () => {
    state().unreachable.set('5585988887702', 'Recipient is not a valid WhatsApp user');
    const { error, rows } = await send({ safety: { waitForDelivery: 30 } }, people(phones.slice(0, 2)));
    expect(error).toBeUndefined();
    expect(rows.map(({ status, reason }) => [status, reason])).toEqual([[expect.stringMatching(/^(?:sent|delivered)$/), null], ['failed', expect.stringMatching(/the number has no WhatsApp/)]]);
  });

  it('keeps the pace and pauses after a batch', async () => {
    const began = bench.sandbox.clock.now();
    await send({ pacing: { perMinute: 120 } }, people().slice(0, 3));
    expect(bench.sandbox.clock.now() - began).toBeGreaterThanOrEqual(990);
    // When a request arrives depends on the machine's load too, so single gaps are given room.
    const [a, , c] = [...state().sent.values()].map(({ at }) => at);
    expect(c! - a!).toBeGreaterThanOrEqual(700);
    const batchesBegan = bench.sandbox.clock.now();
    await send({ campaignName: 'Two', templateValues: mapped({ 1: 'two' }), pacing: { perMinute: 0, chunkSize: 2, chunkPause: 2 } }, people().slice(0, 3));
    expect(bench.sandbox.clock.now() - batchesBegan).toBeGreaterThanOrEqual(1990);
    const [d, e, f] = [...state().sent.values()].slice(3).map(({ at }) => at);
    expect(f! - e!).toBeGreaterThan(e! - d!);
  });

  it('sends within the hours of a time zone only', async () => {
    const hour = (offset: number) => `${String((new Date(Date.now() + offset * 3_600_000)).getUTCHours()).padStart(2, '0')}:00`;
    const closed = await send({ sendingHours: { from: hour(2), until: hour(3), timezone: 'UTC' } });
    expect(closed.rows.map(({ status, reason }) => [status, reason])).toEqual(phones.map(() => ['notSent', 'The sending hours are over']));
    const open = await send({ sendingHours: { from: hour(0), until: hour(2), timezone: 'UTC' } });
    expect(statuses(open.rows)).toEqual(phones.map(() => 'queued'));
  });

  it('lets no second execution send while one does, and frees the campaign at the end', async () => {
    fastClock.isOn = false;
    const slow = send({ pacing: { perMinute: 120 } }, people(), { executionId: '101' });
    await new Promise((resolve) => { setTimeout(resolve, 700); });
    const second = await send({}, people(), { executionId: '102' });
    expect(second.rows.map(({ status, reason }) => [status, reason])).toEqual(phones.map(() => ['notSent', 'Another execution is sending this campaign at the moment']));
    expect(second.staticData).toEqual({ global: {} });
    fastClock.isOn = true;
    expect(statuses((await slow).rows)).toEqual(phones.map(() => 'queued'));
    expect(sends()).toHaveLength(5);
    expect(statuses((await send({ templateValues: mapped({ 1: 'again' }) }, people(), { executionId: '103' })).rows)).toEqual(phones.map(() => 'queued'));
  });

  it('knows what another execution has sent since this one was loaded', async () => {
    const first = await send({ campaignName: 'Loaded before' }, people().slice(0, 3), { executionId: '301', mode: 'trigger' });
    expect(statuses(first.rows)).toEqual(['queued', 'queued', 'queued']);
    // Its static data is older than the first execution.
    const second = await send({ campaignName: 'Loaded before' }, people(), { executionId: '302', mode: 'trigger' });
    expect(statuses(second.rows)).toEqual(['skipped', 'skipped', 'skipped', 'queued', 'queued']);
    const stored = second.staticData.global as { campaigns: Record<string, { name: string; done: object }> };
    expect(Object.values(stored.campaigns).map(({ name, done }) => [name, Object.keys(done).length])).toEqual([['Loaded before', 5]]);
  });

  it('stops at once when the execution is cancelled while it waits', async () => {
    fastClock.isOn = false;
    const began = Date.now();
    const { status } = await send({ pacing: { perMinute: 1 } }, people(), { cancelAfterMs: 400 });
    expect(status).toBe('canceled');
    expect(Date.now() - began).toBeLessThan(5000);
    expect(sends()).toHaveLength(1);
    fastClock.isOn = true;
    // The campaign is free again for the next execution.
    expect(statuses((await send({}, people(), { executionId: '201' })).rows)).toEqual(['skipped', ...phones.slice(1).map(() => 'queued')]);
  });

  it('writes to all contacts with tags, with their own names, and leaves others out', async () => {
    const tagged = state().contacts.filter(({ tags }) => tags.includes('Call back'));
    tagged[0]!.tags = ['Call back', 'Sem interesse'];
    tagged[1]!.blockedAt = 1;
    tagged[2]!.name = null;
    const { error, rows, first } = await bench.run('campaign', 'send', campaign({ recipients: 'tags', tags: ['Call back'], leaveOutTags: ['Sem interesse'], templateValues: mapped({ 1: '{first name}' }), optIn: true }));
    expect(error).toBeUndefined();
    expect(rows).toHaveLength(tagged.length);
    expect(rows[0]).toMatchObject({ status: 'skipped', reason: "Has the tag 'Sem interesse'" });
    expect(rows[1]).toMatchObject({ status: 'skipped', reason: 'Is blocked in Callbell' });
    expect(rows[2]).toMatchObject({ status: 'notSent', reason: 'A variable of the template has no value' });
    expect(rows[3]).toMatchObject({ status: 'queued', name: tagged[3]!.name, text: `Olá ${tagged[3]!.name!.split(' ')[0]}, bem-vindo!` });
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
    expect((await send({ templateValues: mapped({}) })).error?.message).toMatch(/^'Template Variables' lacks Text \{\{1\}\}/);
    expect((await send({}, people(), { credential: { callbellApi: { token: 'wrongTokenOfSomeone' } } })).error?.message).toMatch(/did not accept the token/);
    expect(sends()).toEqual([]);
  });
});

describe('campaign: send, lists and rules', () => {
  it.each([
    ['a tag that nobody has', { leaveOutTags: ['Opted owt'] }, people(), /'Leave Out Tags' has 'Opted owt', a tag that nobody has in Callbell \[item 0\]/],
    ['a list with an entry that is no phone', { safety: { skip: '["+5585988887701", "Maria"]' } }, people(), /'Already Written To' has an entry that cannot be read as a phone, .*entry 2, 'Maria'/],
    ['a long list of other people', { safety: { skip: JSON.stringify(Array.from({ length: 12 }, (_, index) => `+55 11 97777-00${10 + index}`)) } }, people(), /'Already Written To' names 12 people, and none of them is a recipient/],
    ['rules that differ', { dryRun: '={{ $json.dry }}' }, [{ ...people()[0]!, dry: false }, { ...people()[1]!, dry: true }], /'Dry Run' is not the same for all items of the campaign 'Black Friday' \[item 1\]/],
    ['double braces', { templateValues: mapped({ 1: '{{name}}' }) }, people(), /'Template Variables' has double braces: \{\{name\}\}/],
    ['a placeholder that nobody has', { recipients: 'tags', tags: ['Call back'], templateValues: mapped({ 1: '{nome}' }), optIn: true }, people().slice(0, 1), /'Template Variables' has \{nome\}, which no contact has/],
  ])('refuses %s before the first message', async (_, fields, items, message) => {
    const { error } = await send(fields as never, items);
    expect(error?.message).toMatch(message);
    expect(sends()).toEqual([]);
    // The campaign is free at once.
    expect(statuses((await send()).rows)).toEqual(phones.map(() => 'queued'));
  });

  it('finds tags in any spelling, and looks at each contact right before its message', async () => {
    const [blocked, leftOut] = state().contacts.filter(({ source, phoneNumber }) => source === 'whatsapp' && phoneNumber);
    leftOut!.tags = ['Sem interesse'];
    const items = people([blocked!, leftOut!].map(({ phoneNumber }) => `+${phoneNumber!.replace(/\D/g, '')}`));
    fastClock.isOn = false;
    const campaignRun = send({ leaveOutTags: ['SEM INTERESSE'], pacing: { perMinute: 60 } }, [people()[0]!, ...items]);
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    blocked!.blockedAt = 1;
    fastClock.isOn = true;
    const { rows } = await campaignRun;
    expect(rows.map(({ status, reason }) => [status, reason])).toEqual([['queued', null], ['skipped', 'Is blocked in Callbell'], ['skipped', "Has the tag 'Sem interesse'"]]);
  });

  it('takes any name for a campaign', async () => {
    for (const campaignName of ['constructor', '__proto__', 'toString']) {
      const values = { campaignName, templateValues: mapped({ 1: campaignName }) };
      const first = await send(values, people().slice(0, 1), { executionId: `a${campaignName}`, mode: 'trigger' });
      expect(statuses(first.rows)).toEqual(['queued']);
      expect(statuses((await send({ ...values, templateValues: mapped({ 1: 'other' }) }, people().slice(0, 1), { executionId: `b${campaignName}`, mode: 'trigger' })).rows)).toEqual(['skipped']);
    }
  });
});

describe('campaign: send, once', () => {
  const safety = (more: INodeParameters = {}) => ({ claimField: 'Campaigns', ...more });
  const withField = () => state().customFields.push({ label: 'Campaigns', type: 'text' });
  const claims = () => state().contacts.map(({ customFields }) => customFields.Campaigns).filter(Boolean);

  it('claims each person in a field, and knows them again whatever n8n remembers', async () => {
    withField();
    const { error, rows } = await send({ safety: safety() });
    expect(error).toBeUndefined();
    expect(statuses(rows)).toEqual(phones.map(() => 'queued'));
    expect(claims()).toEqual(phones.map(() => expect.stringMatching(/^[a-z0-9]{10}=sent$/)));
    const again = await send({ safety: safety(), templateValues: mapped({ 1: 'another text' }) });
    expect(again.rows.map(({ status, reason }) => [status, reason])).toEqual(phones.map(() => ['skipped', 'Was written to in an earlier run of this campaign']));
    const next = await send({ campaignName: 'Next', safety: safety() });
    expect(statuses(next.rows)).toEqual(phones.map(() => 'queued'));
    expect(state().sent.size).toBe(10);
  });

  it('takes over what a dead run has left, by what the messages say', async () => {
    withField();
    await send({ safety: safety(), dryRun: true });
    const first = await send({ safety: safety() }, people().slice(0, 2));
    expect(statuses(first.rows)).toEqual(['queued', 'queued']);
    // As a run leaves them that died: after sending, before sending, and before sending while an agent wrote.
    const contact = (phone: string) => state().contacts.find(({ phoneNumber }) => phoneNumber === phone)!;
    const key = String(contact('5585988887701').customFields.Campaigns).split('=')[0]!;
    const claim = `${key}=claimed_dead.1_${Math.floor(Date.now() / 1000).toString(36)}`;
    contact('5585988887701').customFields.Campaigns = claim;
    await bench.run('message', 'send', { phone: '+55 85 98888-7704', messageType: 'text', channelId: byId(state().channels[0]!.uuid), text: 'From an agent' }, { skipSchema: true });
    for (const phone of ['5585988887704']) contact(phone).customFields.Campaigns = claim;
    const second = await send({ safety: safety() });
    expect(second.rows.map(({ status, reason }) => [status, reason])).toEqual([
      ['skipped', 'Was written to in an earlier run of this campaign'],
      ['skipped', 'Was written to in an earlier run of this campaign'],
      ['queued', null],
      ['unsure', 'An earlier run may have written to this person, and Callbell does not tell. It is not sent again.'],
      ['queued', null],
    ]);
  });

  it('says when the account has no such field', async () => {
    expect((await send({ safety: safety() })).error?.message).toBe("'Claim Field' is 'Campaigns', which is no custom field of the type text in Callbell");
    expect(sends()).toEqual([]);
  });

  it('sends later what the service held back, once', async () => {
    withField();
    bench.sandbox.inject({ kind: 'status', status: 429, vendor: 'callbell', operationId: 'sendMessage', times: 1, headers: { 'retry-after': '4' } } as never);
    const { rows } = await send({ safety: safety() });
    expect(statuses(rows)).toEqual(phones.map(() => 'queued'));
    expect(state().sent.size).toBe(5);
  });
});

describe('campaign: getResults', () => {
  it('counts what became of the messages, with the reasons', async () => {
    state().unreachable.set('5585988887701', 'Not on WhatsApp');
    const { rows } = await send();
    bench.sandbox.clock.advance(2000);
    const ids = rows.map(({ messageId }) => messageId) as string[];
    const list = { messagesOf: 'list', messages: `={{ ${JSON.stringify([...ids, 'unknown'])} }}` };
    const { error, rows: results } = await bench.run('campaign', 'getResults', list);
    expect(error).toBeUndefined();
    expect(results).toEqual([{ campaign: null, messages: 6, sent: 4, delivered: 4, read: 0, failed: 1, waiting: 0, other: 1, unsure: 0, answered: null, reasons: [{ reason: 'Not on WhatsApp', times: 1 }] }]);
    const each = await bench.run('campaign', 'getResults', { ...list, each: true }, { skipSchema: true });
    expect(statuses(each.rows)).toEqual(['failed', 'delivered', 'delivered', 'delivered', 'delivered', 'unknown']);
    expect(each.rows[0]).toMatchObject({ messageId: ids[0], reason: 'Not on WhatsApp', phone: '+5585988887701' });
    expect(Object.keys(results[0]!).sort()).toEqual([...resultKeys].sort());
    expect(Object.keys(each.rows[0]!)).toEqual(resultRowKeys);
    const { first } = await bench.run('campaign', 'getResults', { ...list, report: true }, { skipSchema: true });
    expect(first[0]!.binary?.report?.mimeType).toBe('text/html');
  });

  it('says that a campaign is not known', async () => {
    expect((await bench.run('campaign', 'getResults', { campaignName: 'Nothing' })).error?.message).toBe("'Campaign Name' 'Nothing' is not known to this workflow [item 0]");
    expect((await bench.run('campaign', 'getResults', { messagesOf: 'list', messages: '={{ [] }}' })).error?.message).toMatch(/Messages/);
  });
});
