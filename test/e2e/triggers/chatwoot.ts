import { createHmac } from 'node:crypto';

import type { Delivery } from '../../sandbox';
import { eventually, post, type LifeCycle, type Stage, type TriggerWorkflow } from './stage';

/** Signs as Chatwoot does: the time in seconds and the body. */
function signed(body: string, secret: string, at = Date.now()): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  return { 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-signature': `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}` };
}

/** Chatwoot as the tests see it. */
function chatwootOf(stage: () => Stage) {
  const sandbox = () => stage().sandbox;
  const webhooks = () => [...sandbox().chatwoot.state.webhooks.values()];

  async function chatwoot<T>(path: string, body: object): Promise<T> {
    const { url, tokens } = sandbox().chatwoot;
    const answer = await fetch(`${url}/api/v1/accounts/1${path}`, {
      method: 'POST', headers: { api_access_token: tokens.administrator, 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    return (await answer.json()) as T;
  }

  let conversation: number;
  /** A customer writes; Chatwoot sends the event. */
  async function write(content: string): Promise<Delivery> {
    conversation ??= (await chatwoot<{ id: number }>('/conversations', { contact_id: 1, inbox_id: 2 })).id;
    await chatwoot(`/conversations/${conversation}/messages`, { content, message_type: 'incoming' });
    await sandbox().settled();
    return sandbox().deliveries.filter(({ vendor }) => vendor === 'chatwoot').at(-1)!;
  }

  const contents = async (workflow: TriggerWorkflow, count: number) => (await workflow.given(count)).map(([item]) => item?.content);

  return { sandbox, webhooks, chatwoot, write, contents };
}

export function chatwootLifeCycle(stage: () => Stage): LifeCycle {
  const { webhooks, write, contents } = chatwootOf(stage);
  let workflow: TriggerWorkflow;
  let registered: ReturnType<typeof webhooks>;
  let first: Delivery;
  let twin: string;
  const again = async (body: string) => await post(registered[0]!.url, body, signed(body, registered[0]!.secret));

  return {
    name: 'Chatwoot Trigger',

    async activate() {
      const { n8n } = stage();
      workflow = await stage().workflow('chatwootTrigger', { events: ['message_created'] }, await stage().credential('chatwootAccessTokenApi'));
      await workflow.activate();
      registered = webhooks();
      expect(registered).toEqual([expect.objectContaining({ accountId: 1, url: `${n8n.url}${workflow.path}`, subscriptions: ['message_created'], secret: expect.stringMatching(/^\w{16,}$/) })]);
      const { url, secret } = registered[0]!;

      first = await write('Bom dia');
      expect(first).toMatchObject({ url, event: 'message_created', status: 200 });
      expect(await contents(workflow, 1)).toEqual(['Bom dia']);

      // What Chatwoot did not sign, or somebody has kept, is refused.
      const forged = first.body.replace('Bom dia', 'Apague tudo');
      for (const [body, headers] of [
        [forged, {}],
        [forged, first.headers],
        [forged, signed(forged, 'another secret')],
        [forged, { ...signed(forged, secret), 'x-chatwoot-timestamp': '' }],
        [first.body, signed(first.body, secret, Date.now() - 600_000)],
      ] as Array<[string, Record<string, string>]>) {
        expect((await post(url, body, headers)).status).toBe(401);
      }
      // Sent again, and twice at the same moment: each message runs once.
      expect((await again(first.body)).status).toBe(200);
      twin = JSON.stringify({ ...(JSON.parse(first.body) as object), id: 990_001, content: 'Duas vezes' });
      const answers = await Promise.all([1, 2, 3].map(async () => await again(twin)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(await contents(workflow, 2)).toEqual(['Bom dia', 'Duas vezes']);
    },

    async afterRestart() {
      expect(webhooks()).toEqual(registered);
      expect((await again(first.body)).status).toBe(200);
      await write('Depois de reiniciar');
      expect(await contents(workflow, 3)).toEqual(['Bom dia', 'Duas vezes', 'Depois de reiniciar']);
    },

    async afterCrash() {
      expect(webhooks()).toEqual(registered);
      expect((await again(twin)).status).toBe(200);
      await write('Depois da queda');
      expect(await contents(workflow, 4)).toEqual(['Bom dia', 'Duas vezes', 'Depois de reiniciar', 'Depois da queda']);
    },

    async deactivate() {
      await workflow.deactivate();
      expect(webhooks()).toEqual([]);
      expect((await again(first.body)).status).toBe(404);
    },
  };
}

/** Further tests of the Chatwoot Trigger. */
export function chatwootTests(stage: () => Stage): void {
  const { sandbox, webhooks, chatwoot, write, contents } = chatwootOf(stage);

  beforeEach(() => sandbox().chatwoot.state.webhooks.clear());

  test('adopts what it could not remove, follows other events, and registers once when the answer is lost', async () => {
    const workflow = await stage().workflow('chatwootTrigger', { events: ['message_created'] }, await stage().credential('chatwootAccessTokenApi'));
    // The webhook is made, but its answer does not arrive: n8n tidies up and tries again.
    sandbox().inject({ kind: 'reset-after-handling', vendor: 'chatwoot', operationId: 'createWebhook', times: 1 });
    await workflow.activate();
    expect(webhooks()).toHaveLength(1);
    const { id, url } = webhooks()[0]!;

    sandbox().inject({ kind: 'status', vendor: 'chatwoot', operationId: 'deleteWebhook', status: 500 });
    await workflow.deactivate();
    sandbox().clearFaults();
    expect(webhooks().map((webhook) => webhook.id)).toEqual([id]);
    expect((await write('Ninguém ouve')).status).toBe(404);

    await workflow.activate();
    expect(webhooks()).toMatchObject([{ id, url }]);
    await write('Adotado');
    expect(await contents(workflow, 1)).toEqual(['Adotado']);

    await workflow.change({ events: ['contact_created', 'message_created'] });
    expect(webhooks()).toMatchObject([{ url, subscriptions: ['contact_created', 'message_created'] }]);
    await chatwoot('/contacts', { name: 'Rui Castro' });
    await sandbox().settled();
    expect((await workflow.given(2))[1]).toEqual([expect.objectContaining({ event: 'contact_created', name: 'Rui Castro' })]);
    await workflow.deactivate();
    expect(webhooks()).toEqual([]);
  });

  test('listens for a test beside the active workflow, and leaves that as it was', async () => {
    const workflow = await stage().workflow('chatwootTrigger', { events: ['message_created'] }, await stage().credential('chatwootAccessTokenApi'));
    await workflow.activate();
    const registered = webhooks();
    await workflow.listen();
    expect(webhooks()).toEqual([...registered, expect.objectContaining({ url: expect.stringContaining('/webhook-test/') })]);
    await workflow.stopListening();
    await eventually(() => expect(webhooks()).toEqual(registered));

    await workflow.listen();
    // The event goes to both: the test ends with it, the active workflow runs.
    await write('Teste');
    expect((await workflow.ended(2)).map(({ mode }) => mode).sort()).toEqual(['manual', 'webhook']);
    await eventually(() => expect(webhooks()).toEqual(registered));
    await workflow.deactivate();
    expect(webhooks()).toEqual([]);
  });

  test('without the rights of an administrator: says so, and works by hand', async () => {
    const agent = await stage().credential('chatwootAccessTokenApi', { accessToken: sandbox().chatwoot.tokens.agent });
    const automatic = await stage().workflow('chatwootTrigger', { events: ['message_created'] }, agent);
    // n8n tries for a while.
    const refused = expect(automatic.activate()).rejects.toThrow('Only administrators may register webhooks in Chatwoot');

    // An administrator has entered the address in Chatwoot, and Chatwoot has shown the secret.
    const secret = 'whsec-shown-by-chatwoot-1';
    const withSecret = await stage().credential('chatwootAccessTokenApi', { accessToken: sandbox().chatwoot.tokens.agent, webhookSecret: secret });
    const byHand = await stage().workflow('chatwootTrigger', { events: ['message_created'], registration: 'manual' }, withSecret);
    const entered = { id: 71, accountId: 1, inboxId: null, url: `${stage().n8n.url}${byHand.path}`, name: null, subscriptions: ['message_created'], secret };
    sandbox().chatwoot.state.webhooks.set(71, entered);
    await byHand.activate();
    expect((await write('À mão')).status).toBe(200);
    expect(await contents(byHand, 1)).toEqual(['À mão']);
    await byHand.deactivate();
    expect(webhooks()).toEqual([entered]);
    await refused;
    await automatic.deactivate();
    expect(webhooks()).toEqual([entered]);
  });
}
