import { addInbox, type ChatwootState } from '../sandbox/chatwoot/state';
import { startSandbox } from '../sandbox';

/** The server that the scenario runs against. */
export interface LiveServer {
  url: string;
  account: string;
  tokens: Record<string, string>;
  /** How long its background jobs are waited for, in milliseconds. */
  settleMs: number;
  close(): Promise<void>;
}

/** The server that the caller names (REAL_URL …), or with REAL_SANDBOX=1 the sandbox in the state of a new server. */
export async function openServer(): Promise<LiveServer> {
  const { REAL_URL, REAL_ADMIN_TOKEN, REAL_AGENT_TOKEN, REAL_BOT_TOKEN, REAL_ACCOUNT = '1', REAL_SETTLE_MS, REAL_SANDBOX } = process.env;
  if (REAL_SANDBOX === '1') {
    const sandbox = await startSandbox({ keepRequests: 0 });
    leaveWhatSeedMakes(sandbox.chatwoot.state);
    const { administrator, agent } = sandbox.chatwoot.tokens;
    return { url: sandbox.chatwoot.url, account: '1', tokens: { admin: administrator, agent }, settleMs: Number(REAL_SETTLE_MS ?? 200), close: async () => await sandbox.close() };
  }
  if (!REAL_URL || !REAL_ADMIN_TOKEN || !REAL_AGENT_TOKEN) throw new Error('Set REAL_URL, REAL_ADMIN_TOKEN and REAL_AGENT_TOKEN, or run it with --sandbox (test/live/README.md)');
  return {
    url: REAL_URL, account: REAL_ACCOUNT, tokens: { admin: REAL_ADMIN_TOKEN, agent: REAL_AGENT_TOKEN, ...(REAL_BOT_TOKEN ? { bot: REAL_BOT_TOKEN } : {}) },
    settleMs: Number(REAL_SETTLE_MS ?? 1500), close: async () => await Promise.resolve(),
  };
}

/** Leaves of the sandbox what a server has after seed.rb: one account with two people and a WhatsApp inbox. */
function leaveWhatSeedMakes(state: ChatwootState): void {
  const { accounts, users, inboxes, inboxMembers, contacts, contactInboxes, labels, teams, attributeDefinitions, agentBots, automationRules, cannedResponses, customFilters, integrationHooks, macros, portals, categories, articles } = state;
  // As the server of test/recorded: it has no internet, may reach the receiver of its webhooks, and its jobs of low priority are late.
  Object.assign(state, { edition: 'community', network: { internet: false, privateNetwork: true }, jobDelay: 1500 });
  const whatsapp = [...inboxes.values()].find(({ channelType }) => channelType === 'Channel::Whatsapp')!;
  for (const map of [inboxes, inboxMembers, contacts, contactInboxes, labels, teams, attributeDefinitions, agentBots, automationRules, cannedResponses, customFilters, integrationHooks, macros, portals, categories, articles]) map.clear();
  for (const id of accounts.keys()) if (id !== 1) accounts.delete(id);
  for (const id of users.keys()) if (id > 2) users.delete(id);
  state.accountUsers = state.accountUsers.filter(({ accountId, userId }) => accountId === 1 && userId <= 2);
  Object.assign(accounts.get(1)!, { name: 'Teste', locale: 'en', supportEmail: null });
  const { id: _id, channelId: _channelId, createdAt, updatedAt: _updatedAt, ...seed } = whatsapp;
  const [template] = seed.channel.message_templates as object[];
  addInbox(state, { ...seed, lockToSingleConversation: false, channel: { ...seed.channel, message_templates: [template as Record<string, string>] } }, createdAt);
}
