import { channels } from './groups/channels';
import { contacts } from './groups/contacts';
import { conversations, messages, notifications, publicInbox } from './groups/conversations';
import { credential, editor, trigger } from './groups/editor';
import { helpCenter, reports } from './groups/knowledge';
import { rules } from './groups/rules';
import { settings } from './groups/settings';
import { operations } from './operations';
import { Session } from './session';

let session: Session;
let receiver: Awaited<ReturnType<typeof trigger>> | undefined;
beforeAll(async () => {
  session = await Session.open();
});
afterAll(async () => {
  receiver?.close();
  await session?.close();
});

/** What fails is written down, see report.ts; a test fails here when the scenario itself cannot go on. */
describe('a Chatwoot server', () => {
  it('credential', async () => await credential(session));
  it('trigger: registration', async () => { receiver = await trigger(session); });
  it('settings', async () => await settings(session));
  it('channels', async () => await channels(session));
  it('contacts', async () => await contacts(session));
  it('conversations', async () => await conversations(session));
  it('messages', async () => await messages(session));
  it('public inbox, satisfaction', async () => await publicInbox(session));
  it('automation rules, macros, campaigns', async () => await rules(session));
  it('help center', async () => await helpCenter(session));
  it('reports, search', async () => await reports(session));
  it('lists of the editor', async () => await editor(session));
  it('notifications', async () => await notifications(session));
  it('deletes', async () => await session.end());
  it('trigger: deliveries', async () => await receiver?.finish());

  it('has tried every operation', () => {
    const tried = new Set(session.calls.filter(({ kind, status, variant }) => kind === 'operation' && status !== 'held' && variant !== 'agent' && variant !== 'wrong token').map(({ name }) => name));
    expect([...operations.keys()].filter((key) => !tried.has(key))).toEqual([]);
  });
});
