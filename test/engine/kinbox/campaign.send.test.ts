import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { addContact } from '../../sandbox/kinbox/contacts';
import { addSession } from '../../sandbox/kinbox/sessions';
import { fastClock } from '../../harness/fastClock';
import { byId, useNode } from '../support';
import { apiToken } from './tokens';

jest.mock('../../../nodes/shared/http/pause', () => jest.requireActual<object>('../../harness/fastClock'));

const bench = useNode('Kinbox', Kinbox);
const state = () => bench.sandbox.kinbox.state;
const queue = () => [...state().records.queue.values()];
const statuses = (rows: IDataObject[]) => rows.map(({ status, reason }) => [status, reason]);
const people = ['+55 85 98888-7701', '+55 85 98888-7702'].map((phone) => ({ phone }));
const send = async (more: INodeParameters = {}, items: object[] = people, options: object = apiToken(bench)) => await bench.run('campaign', 'send', {
  campaignName: 'Novembro', dryRun: false, channelId: byId('103'), phone: '={{ $json.phone }}', optIn: true, pacing: { perMinute: 0 },
  templateId: byId('902110002'), templateVariables: { mappingMode: 'defineBelow', value: { body_1: '1042' } } as never, ...more,
}, { items: items as never, skipSchema: true, ...options });

beforeEach(() => { fastClock.onJump = (milliseconds) => bench.sandbox.clock.advance(milliseconds); });

describe('campaign: send', () => {
  it('sends each person a template under a key that Kinbox takes once', async () => {
    const { error, rows } = await send({ additionalFields: { hidden: true, groupId: byId('11') } }, people, { ...apiToken(bench), skipSchema: false });
    expect(error).toBeUndefined();
    expect(statuses(rows)).toEqual([['queued', null], ['queued', null]]);
    expect(rows[0]).toMatchObject({ text: 'Seu pedido 1042 saiu para entrega.', messageId: expect.stringMatching(/^\d+$/) });
    expect(queue().map(({ body }) => body)).toEqual(['5585988887701', '5585988887702'].map((to) => ({
      channelId: 103, to, hidden: true, template: { id: '902110002', name: 'pedido_enviado', language: 'pt_BR', bodyFields: ['1042'] }, externalId: expect.stringMatching(/^n8n-[a-z0-9]{10}-\d+$/), callOptions: { setGroupId: 11 },
    })));
    // Whatever n8n remembers, and in the other spelling of the phone, too.
    expect(statuses((await send({}, [{ phone: '+55 85 8888-7701' }])).rows)).toEqual([['skipped', 'Was written to in an earlier run of this campaign']]);
    expect(statuses((await send({ campaignName: 'Dezembro' })).rows)).toEqual([['queued', null], ['queued', null]]);
    expect(queue()).toHaveLength(4);
  });

  it('sends again under the key when an answer was lost: Kinbox tells whether it has the message', async () => {
    bench.sandbox.inject({ kind: 'reset-after-handling', vendor: 'kinbox', operationId: 'sendMessage', times: 1 });
    const { rows } = await send();
    expect(statuses(rows)).toEqual([['queued', 'The answer was lost; Kinbox has the message'], ['queued', null]]);
    bench.sandbox.inject({ kind: 'reset', vendor: 'kinbox', operationId: 'sendMessage', times: 1 });
    expect(statuses((await send({ campaignName: 'Lost before' })).rows)).toEqual([['queued', null], ['queued', null]]);
    expect(queue()).toHaveLength(4);
  });

  it('leaves out people whose conversations have a tag, and writes to those with another', async () => {
    const at = bench.sandbox.clock.now();
    const [wanted, out] = [...state().tags.values()];
    const add = (phone: string, tagIds: number[]) => { addSession(state(), { contactId: addContact(state(), { phone, name: `Person ${phone}` }, at).id, channelId: 103 }, at).tagIds = tagIds; };
    for (const session of state().records.sessions.values()) session.tagIds = [];
    add('5585966660001', [wanted!.id]);
    add('5585966660002', [wanted!.id, out!.id]);
    const { error, rows } = await send({ recipients: 'tags', tags: [wanted!.name.toUpperCase()], leaveOutTags: [out!.name] }, [{}]);
    expect(error).toBeUndefined();
    expect(new Map(rows.map(({ phone, status, reason }) => [phone, [status, reason]]))).toEqual(new Map([
      ['+5585966660001', ['queued', null]], ['+5585966660002', ['skipped', `Has the tag '${out!.name}'`]],
    ]));
  });

  it('waits for what became of the messages, when told', async () => {
    const { rows } = await send({ safety: { waitForDelivery: 30 } }, people.slice(0, 1));
    expect(rows[0]).toMatchObject({ status: expect.stringMatching(/^(?:sent|delivered)$/), reason: null });
    expect((await send({ campaignName: 'Later' }, people.slice(0, 1))).rows[0]).toMatchObject({ status: 'queued' });
    const { rows: [failed] } = await send({ safety: { waitForDelivery: 30 } }, [{ phone: '+55 85 98888-0000' }]);
    expect(failed).toMatchObject({ status: 'failed', reason: expect.stringMatching(/the number has no WhatsApp/) });
  });

  it('needs the API token, before anything is sent', async () => {
    expect((await send({}, people, {})).error?.message).toMatch(/Sending messages needs the API Token/);
    expect(queue()).toEqual([]);
  });
});
