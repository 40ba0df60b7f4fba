import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { onceKey } from '../../../nodes/shared/message/once';
import { fastClock } from '../../harness/fastClock';
import { insert as insertContact } from '../../sandbox/chatwoot/contacts';
import { byId, useNode } from '../support';
import { mapped } from './support';

jest.mock('../../../nodes/shared/http/pause', () => jest.requireActual<object>('../../harness/fastClock'));

const bench = useNode('Chatwoot', Chatwoot);
const state = () => bench.sandbox.chatwoot.state;
const inbox = () => [...state().inboxes.values()].find(({ channelType }) => channelType === 'Channel::Whatsapp')!;
const safety = (more: INodeParameters = {}) => more;
const statuses = (rows: IDataObject[]) => rows.map(({ status, reason }) => [status, reason]);
const ours = () => [...state().messages.values()].filter(({ contentAttributes }) => contentAttributes.n8n_once);

async function send(more: INodeParameters, items: object[], options: object = {}) {
  (inbox().channel.message_templates as IDataObject[]).push({ name: 'pedido', language: 'pt_BR', status: 'APPROVED', category: 'UTILITY', components: [{ type: 'BODY', text: 'Olá {{1}}' }] });
  return await bench.run('campaign', 'send', {
    campaignName: 'Novembro', dryRun: false, inboxId: byId(String(inbox().id)), phone: '={{ $json.phone }}', optIn: true, pacing: { perMinute: 0 },
    template: byId('pedido|pt_BR'), templateVariables: mapped({ body_1: 'Ana' }), safety: safety(), ...more,
  }, { items: items as never, skipSchema: true, ...options });
}

/** Contacts with phones, the first ones of the account. */
const contacts = (count: number) => [...state().contacts.values()].filter(({ accountId, phoneNumber, blocked }) => accountId === 1 && phoneNumber && !blocked).slice(0, count);

beforeEach(() => { fastClock.onJump = (milliseconds) => bench.sandbox.clock.advance(milliseconds); });

describe('campaign: send', () => {
  it('writes to the contacts with a label in their own names, not to those who are blocked or have opted out, and marks them', async () => {
    const [ana, blocked, out] = contacts(3);
    for (const { id } of [ana!, blocked!, out!]) state().contacts.change(id, (one) => { one.labels = ['newsletter']; });
    for (const contact of state().contacts.values()) if (![ana!.id, blocked!.id, out!.id].includes(contact.id)) state().contacts.change(contact.id, (one) => { one.labels = []; });
    state().contacts.change(blocked!.id, (one) => { one.blocked = true; });
    state().contacts.change(out!.id, (one) => { one.labels = ['newsletter', 'troca']; });
    const { error, rows } = await send({ recipients: 'tags', tags: ['Newsletter'], leaveOutTags: ['Troca'], templateVariables: mapped({ body_1: '{first name}' }), safety: safety({ markTag: 'VIP' }) }, [{}]);
    expect(error).toBeUndefined();
    expect(new Map(rows.map(({ phone, status, reason }) => [phone, [status, reason]]))).toEqual(new Map([
      [ana!.phoneNumber, ['queued', null]], [blocked!.phoneNumber, ['skipped', 'Is blocked in Chatwoot']], [out!.phoneNumber, ['skipped', "Has the tag 'troca'"]],
    ]));
    expect(ours().map(({ content }) => content)).toEqual([`Olá ${ana!.name!.split(' ')[0]}`]);
    expect(state().contacts.get(ana!.id)!.labels).toEqual(['newsletter', 'vip']);
  });

  it('makes contact and conversation of a new person, goes on in the conversation of a known one, and marks message and contact', async () => {
    const first = await send({}, [{ phone: '+55 85 96666-0001' }], { skipSchema: false });
    expect(statuses(first.rows)).toEqual([['queued', null]]);
    const contact = [...state().contacts.values()].find(({ phoneNumber }) => phoneNumber === '+5585966660001')!;
    expect(Object.entries(contact.customAttributes)).toEqual([[expect.stringMatching(/^n8n_campaign_[a-z0-9]{10}$/), 'sent']]);
    // Shown nowhere, so that no other contact gets it.
    const shown = await bench.run('contact', 'get', { contactId: byId(String(contact.id)) }, { skipSchema: true });
    expect(shown.rows[0]!.customFields).toEqual({});
    const second = await send({ campaignName: 'Dezembro' }, [{ phone: '+55 85 96666-0001' }]);
    expect(statuses(second.rows)).toEqual([['queued', null]]);
    expect(new Set(ours().map(({ conversationId }) => conversationId)).size).toBe(1);
    expect(statuses((await send({}, [{ phone: '+55 85 96666-0001' }])).rows)).toEqual([['skipped', 'Was written to in an earlier run of this campaign']]);
  });

  it('takes over from a run that died: after sending it finds the message, before sending it sends', async () => {
    await send({}, [{ phone: '+55 85 96666-0001' }]);
    const contact = [...state().contacts.values()].find(({ phoneNumber }) => phoneNumber === '+5585966660001')!;
    const [attribute] = Object.keys(contact.customAttributes);
    const other = contacts(1)[0]!;
    for (const { id } of [contact, other]) state().contacts.change(id, (one) => { one.customAttributes = { [attribute!]: 'claimed dead.1' }; });
    const { rows } = await send({}, [{ phone: '+55 85 96666-0001' }, { phone: other.phoneNumber }]);
    expect(statuses(rows)).toEqual([['skipped', 'Was written to in an earlier run of this campaign'], ['queued', null]]);
    expect(ours()).toHaveLength(2);
  });

  it('looks for many people in one request, and reads each again right before its message', async () => {
    const people = Array.from({ length: 14 }, (_, at) => ({ phone: `+55 85 96666-00${10 + at}` }));
    const filters = () => bench.sandbox.requests.filter(({ operationId }) => operationId === 'filterContacts').length;
    const first = await send({}, people);
    expect(statuses(first.rows)).toEqual(people.map(() => ['queued', null]));
    expect(ours()).toHaveLength(14);
    const firstFilters = filters();
    expect(firstFilters).toBeGreaterThanOrEqual(14);
    expect(firstFilters).toBeLessThanOrEqual(14 + 7);
    const again = await send({}, people);
    expect(statuses(again.rows)).toEqual(people.map(() => ['skipped', 'Was written to in an earlier run of this campaign']));
    expect(filters() - firstFilters).toBeLessThanOrEqual(4);
  });

  it('finds by its mark a message whose answer was lost', async () => {
    bench.sandbox.inject({ kind: 'reset-after-handling', vendor: 'chatwoot', operationId: 'createMessage', times: 1 });
    const { rows } = await send({}, [{ phone: '+55 85 96666-0001' }, { phone: '+55 85 96666-0002' }]);
    expect(statuses(rows)).toEqual([['queued', 'The answer was lost; Chatwoot has the message'], ['queued', null]]);
    expect(ours()).toHaveLength(2);
  });

  it('merges two contacts that two runs have made at the same moment, since Chatwoot takes no change of either, and writes once', async () => {
    await send({ dryRun: true }, [{ phone: '+55 85 96666-0001' }]);
    const key = `n8n_campaign_${onceKey('Novembro')}`;
    const [older, younger] = ['dead.1', 'dead.2'].map((run) => insertContact(state(), 1, { phone_number: '+5585966660001', custom_attributes: { [key]: `claimed ${run}` } }, bench.sandbox.clock.now()));
    const { rows } = await send({}, [{ phone: '+55 85 96666-0001' }, { phone: '+55 85 96666-0002' }]);
    expect(statuses(rows)).toEqual([['queued', null], ['queued', null]]);
    expect(state().contacts.get(older!.id)?.customAttributes).toEqual({ [key]: 'sent' });
    expect(state().contacts.get(younger!.id)).toBeUndefined();
    expect(ours()).toHaveLength(2);
  });

  it('names two contacts of one phone that people have made, and goes on with the others', async () => {
    const made = ['Ana', 'Ana S.'].map((name) => insertContact(state(), 1, { phone_number: '+5585966660001', name, email: `${name.length}@example.com` }, bench.sandbox.clock.now()));
    const { rows } = await send({}, [{ phone: '+55 85 96666-0001' }, { phone: '+55 85 96666-0002' }]);
    expect(statuses(rows)).toEqual([
      ['failed', `contact ${made[0]!.id} (Ana) and contact ${made[1]!.id} (Ana S.) have the same phone, and Chatwoot takes no change of either; merge them`], ['queued', null],
    ]);
  });

  it('goes on with the others when the conversation of one person cannot be opened', async () => {
    bench.sandbox.inject({ kind: 'status', status: 422, vendor: 'chatwoot', operationId: 'createConversation', times: 1, body: { error: 'Source is invalid' } });
    const { rows } = await send({}, [{ phone: '+55 85 96666-0001' }, { phone: '+55 85 96666-0002' }]);
    expect(rows.map(({ status }) => status)).toEqual(['failed', 'queued']);
    expect(String(rows[0]!.reason)).toContain('Source is invalid');
    // Free again at once: the next run reaches the person.
    expect(statuses((await send({}, [{ phone: '+55 85 96666-0001' }])).rows)).toEqual([['queued', null]]);
  });

  it.each([
    ['a label that the account does not have', { leaveOutTags: ['opt-out'] }, /'Leave Out Tags' has 'opt-out', a tag that nobody has in Chatwoot/],
    ['a label to mark with that the account does not have', { safety: safety({ markTag: 'sent' }) }, /'Mark With Tag' has 'sent', a tag that nobody has in Chatwoot/],
    ['a template that the inbox does not have', { template: byId('nope') }, /The inbox has no approved template 'nope'/],
  ])('refuses %s before anything is sent', async (_, fields, message) => {
    expect((await send(fields as never, [{ phone: '+55 85 96666-0001' }])).error?.message).toMatch(message);
    expect(ours()).toEqual([]);
  });

  it('waits for what became of the messages, when told, with the reason in plain words', async () => {
    const rows = (await send({ safety: safety({ waitForDelivery: 30 }) }, [{ phone: '+55 85 96666-0001' }])).rows;
    expect(statuses(rows)).toEqual([['sent', null]]);
    // The template is changed at WhatsApp after it was looked up.
    const templates = inbox().channel.message_templates as IDataObject[];
    const changed = [{ name: 'pedido', language: 'pt_BR', status: 'APPROVED', components: [{ type: 'BODY', text: 'Olá {{1}}, pedido {{2}}' }] }];
    Object.defineProperty(inbox().channel, 'message_templates', { get: () => (ours().length > 1 ? changed : templates), enumerable: true });
    const failed = (await send({ campaignName: 'Dezembro', safety: safety({ waitForDelivery: 30 }) }, [{ phone: '+55 85 96666-0002' }])).rows;
    expect(statuses(failed)).toEqual([['failed', expect.stringMatching(/^The number of values does not fit the template.*132000/)]]);
  });
});
