import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Delivery } from '../../sandbox';
import { messageEvent, receive } from '../../sandbox/callbell/messages';
import { notify, probe, signature } from '../../sandbox/callbell/webhooks';
import { itemsOf } from '../client';
import { eventually, post, type LifeCycle, type Stage, type TriggerWorkflow } from './stage';

/** Callbell as the tests see it. */
function callbellOf(stage: () => Stage) {
  const sandbox = () => stage().sandbox;
  const state = () => sandbox().callbell.state;

  /** A customer writes; Callbell sends the event to whoever has the webhook. */
  async function write(text: string, attachments: string[] = []): Promise<Delivery> {
    const { clock } = sandbox();
    const contact = state().contacts.find(({ source }) => source === 'whatsapp')!;
    const payload = messageEvent(state(), contact, receive(state(), contact, text, clock.now()), attachments);
    notify({ state: state(), clock, deliver: async (delivery) => await sandbox().deliver('callbell', delivery) }, 'message_created', payload);
    await sandbox().settled();
    return sandbox().deliveries.filter(({ vendor }) => vendor === 'callbell').at(-1)!;
  }

  const texts = async (workflow: TriggerWorkflow, count: number) => (await workflow.given(count)).map(([item]) => item?.text);

  return { sandbox, state, write, texts };
}

/** Another program that answers webhooks and keeps files. */
class OtherProgram {
  private readonly server: Server;
  readonly file = Buffer.from('%PDF-1.4 comprovante');

  constructor() {
    this.server = createServer((request, response) => {
      request.resume();
      if (request.method === 'GET') response.writeHead(200, { 'content-type': 'application/pdf' }).end(this.file);
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
  }

  async stop(): Promise<void> {
    await new Promise((done) => this.server.close(done));
  }
}

export function callbellLifeCycle(stage: () => Stage): LifeCycle {
  const { sandbox, state, write, texts } = callbellOf(stage);
  let workflow: TriggerWorkflow;
  let url: string;
  let first: Delivery;
  let twin: string;
  let asked: number;

  return {
    name: 'Callbell Trigger',

    async activate() {
      const { n8n } = stage();
      workflow = await stage().workflow('callbellTrigger', { events: ['message_created'], download: true, privateFiles: true, ifTaken: 'takeOver' }, await stage().credential('callbellApi'));
      await workflow.activate();
      url = `${n8n.url}${workflow.path}`;
      expect(state().webhook).toMatchObject({ url, subscriptions: ['message_created'], enabled: true });

      const store = new OtherProgram();
      await store.start();
      first = await write('Segue o comprovante', [`${store.url}/comprovante.pdf?expires=600`]);
      expect(first).toMatchObject({ status: 200, responseBody: expect.stringContaining('"receiver"') });
      const [execution] = await workflow.ended(1);
      await store.stop();
      const [item] = itemsOf(execution!, 'Trigger');
      expect(item?.json).toMatchObject({ type: 'document', text: 'Segue o comprovante' });
      expect(item?.binary?.attachment_0).toMatchObject({ fileName: 'comprovante.pdf', mimeType: 'application/pdf' });
      expect(await n8n.client.binary(item!.binary!.attachment_0!)).toEqual(store.file);

      // Callbell looks whether somebody is there, with GET and with nothing in the body.
      await probe(state(), sandbox().clock.now());
      expect(state().webhook).toMatchObject({ url, enabled: true });
      expect(state().webhook?.silentSince).toBeUndefined();
      // Sent again, and twice at the same moment: each message runs once.
      expect((await post(url, first.body)).status).toBe(200);
      twin = first.body.replace('Segue o comprovante', 'Duas vezes').replaceAll(/"uuid":"wamid\.[^"]+"/g, '"uuid":"wamid.twin"');
      await Promise.all([1, 2, 3].map(async () => expect((await post(url, twin)).status).toBe(200)));
      await write('Terceira');
      expect(await texts(workflow, 3)).toEqual(['Segue o comprovante', 'Duas vezes', 'Terceira']);
      asked = sandbox().requests.length;
    },

    async whileAway() {
      // Callbell tries in vain; a failed delivery changes nothing about who has the webhook.
      expect((await write('Ninguém ouve')).status).toBeUndefined();
    },

    async afterRestart() {
      expect((await post(url, first.body)).status).toBe(200);
      await write('Depois de reiniciar');
      expect((await texts(workflow, 4)).at(-1)).toBe('Depois de reiniciar');
    },

    async afterCrash() {
      expect((await post(url, twin)).status).toBe(200);
      await write('Depois da queda');
      expect((await texts(workflow, 5)).slice(-2)).toEqual(['Depois de reiniciar', 'Depois da queda']);
      expect(state().webhook).toMatchObject({ url, subscriptions: ['message_created'] });
      expect(stage().asked('callbell', asked)).not.toContain('unsubscribeWebhook');
    },

    async deactivate() {
      await workflow.deactivate();
      expect(state().webhook).toBeNull();
      expect((await post(url, first.body)).status).toBe(404);
    },
  };
}

/** Further tests of the Callbell Trigger. */
export function callbellTests(stage: () => Stage): void {
  const { sandbox, state, write, texts } = callbellOf(stage);
  const other = new OtherProgram();
  beforeAll(async () => await other.start());
  afterAll(async () => await other.stop());

  /** Another program sets the account's webhook, as anybody with the token can. */
  async function takeOver(): Promise<void> {
    const answer = await post(`${sandbox().callbell.url}/webhooks/subscribe`, JSON.stringify({ url: other.url, subscriptions: ['message_created'] }), {
      authorization: `Bearer ${sandbox().callbell.token}`,
    });
    expect(answer.status).toBe(200);
  }

  beforeEach(() => {
    state().webhook = null;
    state().webhookEvents.length = 0;
    state().webhookSecret = null;
  });

  test('checks the signature when a secret is given', async () => {
    const secret = 'callbell-signing-secret-1';
    const workflow = await stage().workflow('callbellTrigger', { events: ['message_created'], ifTaken: 'takeOver' }, await stage().credential('callbellApi', { signingSecret: secret }));
    await workflow.activate();
    state().webhookSecret = secret;
    const signed = await write('Assinado');
    expect(signed.status).toBe(200);
    const forged = signed.body.replace('Assinado', 'Falso').replaceAll('wamid.', 'wamid.false');
    const now = sandbox().clock.now();
    for (const headers of [
      {},
      { 'x-callbell-signature': signed.headers!['x-callbell-signature']! },
      { 'x-callbell-signature': signature('another secret', forged, now) },
      { 'x-callbell-signature': signature(secret, forged, now - 600_000) },
    ] as Array<Record<string, string>>) {
      expect((await post(`${stage().n8n.url}${workflow.path}`, forged, headers)).status).toBe(401);
    }
    await write('De novo');
    expect(await texts(workflow, 2)).toEqual(['Assinado', 'De novo']);
    await workflow.deactivate();
    expect(state().webhook).toBeNull();
  });

  test('warns when another program has taken the webhook over, leaves it there, and takes it back only when told', async () => {
    const { n8n } = stage();
    const credential = await stage().credential('callbellApi');
    const workflow = await stage().workflow('callbellTrigger', { events: ['message_created'], ifTaken: 'takeOver' }, credential);
    await workflow.activate();
    await workflow.change({ ifTaken: 'stop' });
    await write('Ainda aqui');
    await takeOver();
    expect((await write('Já não chega')).responseBody).toBe('{"ok":true}');
    await workflow.deactivate();
    expect(state().webhook?.url).toBe(other.url);
    expect(n8n.log()).toContain('the webhook of the account was left as it is, because somebody else answers it now');

    await expect(workflow.activate()).rejects.toThrow('Another webhook is in use in this Callbell account');
    expect(state().webhook?.url).toBe(other.url);
    await workflow.deactivate();
    expect(state().webhook?.url).toBe(other.url);

    await workflow.change({ ifTaken: 'takeOver' });
    expect(state().webhook?.url).toBe(`${n8n.url}${workflow.path}`);
    await write('De volta');
    expect(await texts(workflow, 2)).toEqual(['Ainda aqui', 'De volta']);
    await workflow.deactivate();
    expect(state().webhook).toBeNull();
  });

  test('a test takes the webhook only when told, and the active workflow gets it back', async () => {
    const credential = await stage().credential('callbellApi');
    const workflow = await stage().workflow('callbellTrigger', { events: ['message_created'], ifTaken: 'takeOver' }, credential);
    await workflow.activate();
    const url = `${stage().n8n.url}${workflow.path}`;
    await expect(workflow.listen()).rejects.toThrow('Listening for a test event would take the one webhook');
    expect(state().webhook).toMatchObject({ url, enabled: true });

    await workflow.change({ testTakesOver: true });
    await workflow.listen();
    expect(state().webhook?.url).toContain('/webhook-test/');
    await workflow.stopListening();
    await eventually(() => expect(state().webhook).toMatchObject({ url, subscriptions: ['message_created'] }));
    await write('Em produção');
    expect(await texts(workflow, 1)).toEqual(['Em produção']);
    await workflow.deactivate();
    expect(state().webhook).toBeNull();
  });

  test('does not remove the webhook of others when it could not set its own', async () => {
    // Nothing was sent for a while, so the log does not tell that somebody has the webhook.
    await takeOver();
    const workflow = await stage().workflow('callbellTrigger', { events: ['message_created'], ifTaken: 'takeOver' }, await stage().credential('callbellApi'));
    const asked = sandbox().requests.length;
    // n8n tidies up, and tries again.
    sandbox().inject({ kind: 'status', vendor: 'callbell', operationId: 'subscribeWebhook', status: 422, times: 1 });
    await workflow.activate();
    expect(stage().asked('callbell', asked).filter((operation) => operation !== 'listWebhookEvents')).toEqual(['subscribeWebhook', 'subscribeWebhook']);
    await workflow.deactivate();
    expect(state().webhook).toBeNull();
  });
}
