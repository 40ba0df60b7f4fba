import type { INodeParameters } from 'n8n-workflow';

import type { Delivery } from '../../sandbox';
import { addContact } from '../../sandbox/kinbox/contacts';
import { addSession, v1Session } from '../../sandbox/kinbox/sessions';
import { announce, signature } from '../../sandbox/kinbox/webhooks';
import { eventually, pause, post, type LifeCycle, type Stage, type TriggerWorkflow } from './stage';

/** n8n refuses one schedule of less than a minute; several make every fifth second. */
const everyFiveSeconds = { item: Array.from({ length: 12 }, (_, index) => ({ mode: 'custom', cronExpression: `${index * 5} * * * * *` })) };

/** The one that polls. */
export function kinboxLifeCycle(stage: () => Stage): LifeCycle {
  const sandbox = () => stage().sandbox;
  const create = (name: string) => addContact(sandbox().kinbox.state, { name, email: `${name.toLowerCase()}@example.com` }, sandbox().clock.now());
  const polls = () => stage().asked('kinbox').filter((operation) => operation === 'v3ListContacts').length;
  /** Waits until Kinbox was asked that often again. */
  async function polled(times: number): Promise<void> {
    const target = polls() + times;
    for (const deadline = Date.now() + 20_000; polls() < target; await pause(100)) {
      if (Date.now() > deadline) throw new Error(`${polls()} polls, but ${target} were expected`);
    }
  }
  const names = async (workflow: TriggerWorkflow, count: number) => (await workflow.given(count)).map((items) => items.map(({ name }) => name));
  let workflow: TriggerWorkflow;
  let away = 0;

  return {
    name: 'Kinbox Trigger',

    async activate() {
      create('Antes');
      workflow = await stage().workflow('kinboxTrigger', { events: ['newContact'], pollTimes: everyFiveSeconds }, await stage().credential('kinboxApi'));
      await workflow.activate();
      await polled(1);
      // Nothing has come yet: n8n has stored the first poll only.
      expect(await workflow.runs()).toBe(0);
    },

    async whileAway() {
      away += 1;
      create(`Ausente ${away}`);
      create(`Também ${away}`);
    },

    async afterRestart() {
      expect(await names(workflow, 1)).toEqual([['Ausente 1', 'Também 1']]);
      create('Ana');
      await polled(2);
      expect(await names(workflow, 2)).toEqual([['Ausente 1', 'Também 1'], ['Ana']]);
    },

    async afterCrash() {
      expect(await names(workflow, 3)).toEqual([['Ausente 1', 'Também 1'], ['Ana'], ['Ausente 2', 'Também 2']]);
      await polled(1);
      expect(await workflow.runs()).toBe(3);
    },

    async deactivate() {
      await workflow.deactivate();
      const asked = polls();
      await pause(6000);
      expect(polls()).toBe(asked);
    },
  };
}

/** Kinbox's webhooks as the tests see them. */
function kinboxWebhooksOf(stage: () => Stage) {
  const sandbox = () => stage().sandbox;
  const webhooks = () => [...sandbox().kinbox.state.records.webhooks.values()];

  /** A conversation begins; Kinbox tells those who have subscribed. */
  async function begin(): Promise<{ id: string; delivery: Delivery }> {
    const { state } = sandbox().kinbox;
    const session = addSession(state, { contactId: [...state.contacts.keys()][0]! }, sandbox().clock.now());
    announce({ state, deliver: async (delivery) => await sandbox().deliver('kinbox', delivery) }, 'session:new', v1Session(state, session));
    await sandbox().settled();
    return { id: session.id, delivery: sandbox().deliveries.filter(({ vendor }) => vendor === 'kinbox').at(-1)! };
  }

  return { sandbox, webhooks, begin };
}

/** The one with a webhook, subscribed by the API. */
export function kinboxWebhookLifeCycle(stage: () => Stage): LifeCycle {
  const { sandbox, webhooks, begin } = kinboxWebhooksOf(stage);
  let workflow: TriggerWorkflow;
  let registered: ReturnType<typeof webhooks>;
  let url: string;
  let firstBody: string;
  const begun: string[] = [];
  const ids = async (count: number) => (await workflow.given(count)).map(([item]) => item?.id);

  return {
    name: 'Kinbox Webhook Trigger',

    async activate() {
      const { n8n } = stage();
      workflow = await stage().workflow('kinboxWebhookTrigger', { source: 'subscription', events: ['session:new'] }, await stage().credential('kinboxApi'));
      // The webhook is made, but its answer does not arrive: n8n tidies up and tries again.
      sandbox().inject({ kind: 'reset-after-handling', vendor: 'kinbox', operationId: 'v3CreateWebhook', times: 1 });
      await workflow.activate();
      expect(webhooks().map(({ fields }) => fields)).toEqual([
        { url: expect.stringMatching(new RegExp(`^${n8n.url}${workflow.path}\\?key=[0-9a-f]{48}$`)), secret: expect.any(String), events: ['session:new'] },
      ]);
      registered = structuredClone(webhooks());
      url = String(registered[0]!.fields.url);

      const first = await begin();
      firstBody = first.delivery.body;
      expect(first.delivery).toMatchObject({ url, status: 200 });
      begun.push(first.id, 'twin');
      expect(await ids(1)).toEqual([first.id]);
      for (const address of [url.split('?')[0]!, `${url}0`, url.replace(/.$/, (last) => (last === '0' ? '1' : '0'))]) {
        expect((await post(address, '{"id":"forged"}')).status).toBe(401);
      }
      expect((await post(url, firstBody)).status).toBe(200);
      await Promise.all([1, 2, 3].map(async () => expect((await post(url, '{"id":"twin"}')).status).toBe(200)));
      expect(await ids(2)).toEqual(begun);

      await workflow.listen();
      expect(webhooks()).toEqual([...registered, expect.objectContaining({ fields: expect.objectContaining({ url: expect.stringContaining('/webhook-test/') }) })]);
      await workflow.stopListening();
      await eventually(() => expect(webhooks()).toEqual(registered));
    },

    async afterRestart() {
      expect(webhooks()).toEqual(registered);
      expect((await post(url, firstBody)).status).toBe(200);
      begun.push((await begin()).id);
      expect(await ids(3)).toEqual(begun);
    },

    async afterCrash() {
      expect(webhooks()).toEqual(registered);
      expect((await post(url, '{"id":"twin"}')).status).toBe(200);
      begun.push((await begin()).id);
      expect(await ids(4)).toEqual(begun);
    },

    async deactivate() {
      await workflow.deactivate();
      expect(webhooks()).toEqual([]);
      expect((await post(url, firstBody)).status).toBe(404);
    },
  };
}

/** Tests of the Kinbox Webhook Trigger where a person enters its address in Kinbox. */
export function kinboxWebhookTests(stage: () => Stage): void {
  const apiSecret = 'workspace-api-secret-71';

  /** Publishes a trigger that Kinbox is told of by a person. */
  async function published(parameters: INodeParameters): Promise<{ workflow: TriggerWorkflow; url: string }> {
    const asked = stage().sandbox.requests.length;
    const workflow = await stage().workflow('kinboxWebhookTrigger', parameters, await stage().credential('kinboxApi', { apiSecret }));
    await workflow.activate();
    expect(stage().asked('kinbox', asked)).toEqual([]);
    return { workflow, url: `${stage().n8n.url}${workflow.path}` };
  }

  const signed = (body: string, secret = apiSecret) => ({ 'x-hub-signature': signature(secret, body) });

  test.each([
    ['settings screen', { source: 'settings' }, { event: 'message', text: 'Olá' }, { event: 'message', text: 'Olá' }],
    [
      'custom channel', { source: 'customChannel' }, { recipient: '5585988887777', content: 'Olá', operator: { email: 'agente@example.com' } },
      { event: 'agentMessage', phone: '+5585988887777', text: 'Olá', operatorEmail: 'agente@example.com' },
    ],
  ])('%s: takes what is signed with the API Secret, once and in time', async (_mode, parameters, sent, expected) => {
    const { workflow, url } = await published(parameters);
    const at = (timestamp: number) => JSON.stringify({ ...sent, timestamp });
    const body = at(Date.now());
    const old = at(Date.now() - 600_000);
    for (const [text, headers] of [[body, {}], [body, signed(body, 'other')], [`${body} `, signed(body)], [old, signed(old)]] as Array<[string, Record<string, string>]>) {
      expect((await post(url, text, headers)).status).toBe(401);
    }
    await Promise.all([1, 2].map(async () => expect((await post(url, body, signed(body))).status).toBe(200)));
    expect((await post(url, body, signed(body))).status).toBe(200);
    const next = at(Date.now() + 1);
    expect((await post(url, next, signed(next))).status).toBe(200);
    expect(await workflow.given(2)).toEqual([[expect.objectContaining(expected)], [expect.objectContaining(expected)]]);
    await workflow.deactivate();
    expect((await post(url, next, signed(next))).status).toBe(404);
  });

  test('scenario or bot: takes every call with the API Secret, also the same again', async () => {
    const { workflow, url } = await published({ source: 'scenario', checkHeader: true });
    for (const headers of [{}, { 'x-api-token': 'other' }] as Array<Record<string, string>>) expect((await post(url, '{"name":"Ana"}', headers)).status).toBe(401);
    for (const count of [1, 2]) {
      expect((await post(url, '{"name":"Ana"}', { 'x-api-token': apiSecret })).status).toBe(200);
      expect(await workflow.given(count)).toEqual(Array(count).fill([{ name: 'Ana' }]));
    }
    await workflow.deactivate();
  });
}
