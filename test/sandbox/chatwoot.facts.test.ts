import { callers, type Caller } from './client';
import { startSandbox, type Sandbox } from './index';

let sandbox: Sandbox;
let admin: Caller;
beforeAll(async () => { sandbox = await startSandbox(); });
afterAll(async () => { await sandbox.close(); });
beforeEach(() => {
  sandbox.reset();
  ({ chatwoot: admin } = callers(sandbox));
});
afterEach(() => { expect(sandbox.violations).toEqual([]); });

const inboxId = (kind: string, medium?: string): number => [...sandbox.chatwoot.state.inboxes.values()].find((one) => one.accountId === 1 && one.channelType === kind && (medium === undefined || one.channel.medium === medium))!.id;
const day = 86_400_000;

describe('what a Chatwoot 4.15.1 was seen to do', () => {
  it('takes campaigns of any day and audience; its scheduler never takes those older than three days, and one of WhatsApp through Twilio breaks its run', async () => {
    const make = async (title: string, inbox: number, at: number) => (await admin('post', '/campaigns', { body: { title, message: 'Oi', inbox_id: inbox, scheduled_at: new Date(sandbox.clock.now() + at).toISOString(), audience: [{ type: 'Label', id: 999 }] } })).data;
    const sms = inboxId('Channel::Sms');
    const made = [await make('old', sms, -10 * day), await make('yesterday', sms, -day), await make('soon', sms, 60_000), await make('later', sms, 30 * day), await make('twilio', inboxId('Channel::TwilioSms', 'whatsapp'), -day)];
    expect(made.map(({ campaign_status: status }) => status)).toEqual(['active', 'active', 'active', 'active', 'active']);
    sandbox.clock.advance(12 * 60_000);
    expect((await admin('get', '/campaigns')).data.map((one: Record<string, unknown>) => [one.title, one.campaign_status])).toEqual([
      ['old', 'active'], ['yesterday', 'completed'], ['soon', 'completed'], ['later', 'active'], ['twilio', 'processing'],
    ]);
  });

  it('leaves out a reply to a message that the conversation does not have', async () => {
    const { data: conversation } = await admin('post', '/conversations', { body: { inbox_id: inboxId('Channel::Api'), contact_id: 1 } });
    const { data } = await admin('post', `/conversations/${String(conversation.id)}/messages`, { body: { content: 'Sim', content_attributes: { in_reply_to: 999 } } });
    expect(data.content_attributes).toMatchObject({ in_reply_to: null, in_reply_to_external_id: null });
  });

  it('takes no notice of what a fault says, and answers with success', async () => {
    sandbox.inject({ kind: 'ignore', vendor: 'chatwoot', operationId: 'updateTeam', keys: ['description'], times: 1 });
    expect((await admin('patch', '/teams/1', { body: { name: 'comercial', description: 'x' } })).data).toMatchObject({ name: 'comercial', description: expect.not.stringMatching('^x$') });
    expect((await admin('patch', '/teams/1', { body: { description: 'x' } })).data).toMatchObject({ description: 'x' });
  });
});
