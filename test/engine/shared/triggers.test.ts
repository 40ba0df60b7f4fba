/** The triggers with events and answers in which anything may stand anywhere: they start the workflow or not, and never break. */
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CallbellTrigger } from '../../../nodes/Callbell/CallbellTrigger.node';
import { ChatwootTrigger } from '../../../nodes/Chatwoot/ChatwootTrigger.node';
import { KinboxTrigger } from '../../../nodes/Kinbox/KinboxTrigger.node';
import { KinboxWebhookTrigger } from '../../../nodes/Kinbox/KinboxWebhookTrigger.node';
import { pollingEvents } from '../../../nodes/Kinbox/trigger/events';
import { HttpClient } from '../../../nodes/shared/http/httpClient';
import { readText } from '../../../nodes/shared/http/readAnswer';
import { poll, webhookCall, type AnyNodeType } from '../../harness/engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { credentials, credentialValues, secretsOf } from '../support';
import { asJson, changed, seedOf, variant, waysOf } from './anything';

// Kinbox's published limits would make the polls take minutes; the limiter has tests of its own.
jest.mock('../../../nodes/shared/http/rateLimit', () => {
  const actual = jest.requireActual<typeof import('../../../nodes/shared/http/rateLimit')>('../../../nodes/shared/http/rateLimit');
  return { ...actual, sharedRateLimiter: () => new actual.RateLimiter() };
});

const seed = seedOf('triggers');
/** Cases for each kind of event. */
const cases = Number(process.env.FUZZ_CASES ?? 16) * 10;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const person = { id: 9, name: 'Ana', email: 'ana@example.com', phone_number: '+5511999990000', identifier: null, custom_attributes: { cpf: '1' }, additional_attributes: { city: 'Sobral' } };
const conversation = { id: 12, inbox_id: 2, status: 'open', channel: 'Channel::Api', can_reply: true, labels: ['vip'], custom_attributes: {}, additional_attributes: {}, meta: { sender: { ...person, type: 'contact' }, assignee: { id: 2, name: 'Caio' }, team: { id: 1, name: 'Vendas' } }, messages: [{ id: 1001, status: 'delivered', content: 'Olá' }] };
const member = { uuid: 'c1', name: 'Ana', source: 'whatsapp', phoneNumber: '+351 910 000 111', customFields: { CPF: '1' }, tags: ['VIP'], assignedUser: 'rui@example.com', closedAt: null };

const events: Array<[string, AnyNodeType, INodeParameters, object]> = [
  ['Chatwoot: message', ChatwootTrigger, { events: ['message_created', 'message_updated'] }, { event: 'message_created', id: 1001, account: { id: 1, name: 'Loja' }, content: 'Olá', content_type: 'text', content_attributes: { in_reply_to: 7, email: { subject: 'Pedido' } }, message_type: 'incoming', private: false, sender: person, inbox: { id: 2, name: 'Loja' }, created_at: '2026-05-11T10:00:00.000Z', attachments: [{ file_type: 'audio', data_url: 'https://x.example/voz.ogg', file_size: 900 }], conversation }],
  ['Chatwoot: conversation', ChatwootTrigger, { events: ['conversation_updated', 'conversation_status_changed'] }, { event: 'conversation_updated', account: { id: 1 }, ...conversation, changed_attributes: [{ status: { previous_value: 'open', current_value: 'resolved' } }, { label_list: { previous_value: [], current_value: ['vip'] } }] }],
  ['Chatwoot: contact', ChatwootTrigger, { events: ['contact_updated'] }, { event: 'contact_updated', account: { id: 1 }, ...person, changed_attributes: [{ name: { previous_value: 'A', current_value: 'Ana' } }] }],
  ['Callbell: message', CallbellTrigger, { events: ['message_created'] }, { event: 'message_created', payload: { uuid: 'm1', to: '351910000111', from: 'whatsapp', text: 'Olá', attachments: [], status: 'received', createdAt: '2026-05-11T10:00:00Z', channel: { uuid: 'ch1' }, contact: member } }],
  ['Callbell: status of a message', CallbellTrigger, { events: ['message_status_updated'] }, { event: 'message_status_updated', payload: { uuid: 'm1', status: 'failed', metadata: { order: '1' }, contact: member, messageStatusPayload: { id: 'wamid.1', destination: '351910000111', payload: { reason: 'Not on WhatsApp' }, messaging: { value: { statuses: [{ id: 'wamid.1', errors: [{ code: 131026, error_data: { details: 'x' } }] }] } } } } }],
  ['Callbell: contact', CallbellTrigger, { events: ['contact_created', 'contact_updated'] }, { event: 'contact_created', payload: member }],
  ['Callbell: step of a bot', CallbellTrigger, { calledBy: 'bot' }, { phone: '+5511999990000', fields: { a: ['b'] } }],
  ['Kinbox: webhook of the settings screen', KinboxWebhookTrigger, { source: 'settings' }, { event: 'message', data: { id: 1, conversationId: 2, content: 'Olá', sender: 'contact', createdAt: '2026-05-11T10:00:00Z', contact: { id: 3, name: 'Ana', phone: '5511999990000', tags: [{ id: 1, name: 'VIP' }], customFields: [{ name: 'CPF', value: '1' }] }, session: { id: 4, status: 'open' } } }],
  ['Kinbox: custom channel', KinboxWebhookTrigger, { source: 'customChannel' }, { id: 'm1', to: '5511999990000', text: 'Olá', media: [{ url: 'https://x.example/a.png', type: 'image' }], operator: { id: 1, name: 'Rui' } }],
  ['Kinbox: scenario', KinboxWebhookTrigger, { source: 'scenario' }, { telefone: '5511999990000', campos: { a: ['b'] } }],
];

describe('triggers: anything anywhere', () => {
  it.each(events)('%s', async (_title, type, parameters, event) => {
    let started = 0;
    const hand = async (body: unknown) => {
      const text = JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))?.replace('"deep"', `${'[{"a":'.repeat(1500)}1${'}]'.repeat(1500)}`) ?? 'null';
      const result = await webhookCall(type, {
        credentials, credentialValues: credentialValues(sandbox), instanceUrl: 'https://n8n.example.com', staticData: {},
        parameters: { ...(type === ChatwootTrigger ? { registration: 'manual', acceptUnsigned: true } : {}), ...parameters },
        rawBody: text, headers: { 'content-type': 'application/json' },
      });
      expect(result.error).toBeUndefined();
      expect(result.response.statusCode ?? 200).toBeLessThan(500);
      if (result.started) started += 1;
      const seen = JSON.stringify([result.json, result.logs, result.staticData] satisfies [IDataObject[], ...unknown[]]);
      for (const secret of secretsOf(sandbox)) expect(seen).not.toContain(secret);
      expect(({} as IDataObject).polluted).toBeUndefined();
    };
    await hand(event);
    expect(started).toBe(1);
    for (const way of waysOf(event).filter(({ length }) => length < 3)) await hand(changed(event, way, 'deep'));
    await fc.assert(fc.asyncProperty(variant(event), hand), { seed, numRuns: cases });
    expect(sandbox.violations).toEqual([]);
  });
});

describe('polls: anything anywhere in the answers', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each(Object.keys(pollingEvents))('%s', async (event) => {
    const exchange = HttpClient.prototype.exchange;
    let count = 0;
    jest.spyOn(HttpClient.prototype, 'exchange').mockImplementation(async function (this: HttpClient, call) {
      const answer = await exchange.call(this, call);
      if (typeof answer.body !== 'object' || answer.body === null) return answer;
      const [other] = fc.sample(variant(answer.body), { numRuns: 1, seed: seed + (count += 1) });
      try {
        const body = readText(Buffer.from(JSON.stringify(asJson(other))));
        // What is no data at all is refused before anybody sees it.
        return body !== null && typeof body === 'object' ? { ...answer, body } : answer;
      } catch {
        return answer;
      }
    });
    for (let run = 0; run < cases / 10; run += 1) {
      const staticData = { [event]: { since: Date.now() - 30 * 24 * 3_600_000, seen: {} } };
      const error = await poll(KinboxTrigger, { credentials, credentialValues: credentialValues(sandbox), parameters: { events: [event] }, mode: run % 2 ? 'manual' : 'trigger', staticData }).then(() => undefined, (thrown: Error) => thrown);
      expect(error === undefined ? '' : error.name).toMatch(/^(|NodeApiError|NodeOperationError)$/);
    }
  });
});
