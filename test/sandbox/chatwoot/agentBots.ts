import type { Call, Handlers } from '../types';
import { fullBot } from './agents';
import { notFound } from './errors';
import type { ChatwootAgentBot, ChatwootState } from './state';

type BotCall = Call<ChatwootState>;

/** A bot of the account; those of the system are not there for changes. */
function ownBot({ state, params }: BotCall): ChatwootAgentBot {
  const bot = state.agentBots.get(params.agent_bot_id);
  return bot && bot.accountId === params.account_id ? bot : notFound();
}

function giveToken({ state }: BotCall, bot: ChatwootAgentBot): void {
  state.tokens.delete(bot.accessToken);
  bot.accessToken = state.ids.hex32('botToken');
  state.tokens.set(bot.accessToken, { name: 'bot', kind: 'bot', ownerId: bot.id });
}

/** Writes what was sent; a file becomes the picture at once, an address a little later. */
function assign({ body, files, background, url }: BotCall, bot: ChatwootAgentBot): void {
  if (body.name !== undefined) bot.name = body.name;
  if (body.description !== undefined) bot.description = body.description;
  if (body.outgoing_url !== undefined) bot.outgoingUrl = body.outgoing_url;
  if (body.bot_config !== undefined) bot.botConfig = body.bot_config;
  const stored = (name: string): string => `${url}/rails/active_storage/representations/redirect/${bot.id}/${encodeURIComponent(name)}`;
  const file = files.find((one) => one.field === 'avatar');
  if (file) bot.thumbnail = stored(file.filename);
  else if (body.avatar_url) background(() => { bot.thumbnail = stored(String(body.avatar_url).split('/').at(-1)!); });
}

/** Bots of the account; administrators only, which the contract says. */
export const agentBots: Handlers<ChatwootState> = {
  createAgentBot: (call) => {
    const { state, params } = call;
    const bot: ChatwootAgentBot = { id: 0, accountId: params.account_id, name: '', description: null, outgoingUrl: null, botConfig: {}, accessToken: '', secret: state.ids.hex32('botSecret') };
    // The first bot is in the seed.
    bot.id = state.ids.number('agentBot', 2);
    assign(call, bot);
    giveToken(call, bot);
    state.agentBots.set(bot.id, bot);
    return { status: 200, body: fullBot(bot, call) };
  },
  updateAgentBot: (call) => {
    const bot = ownBot(call);
    assign(call, bot);
    return { status: 200, body: fullBot(bot, call) };
  },
  deleteAgentBot: (call) => {
    const bot = ownBot(call);
    call.state.agentBots.delete(bot.id);
    call.state.tokens.delete(bot.accessToken);
    for (const inbox of call.state.inboxes.values()) if (inbox.agentBotId === bot.id) inbox.agentBotId = null;
    return { status: 200 };
  },
  deleteAgentBotAvatar: (call) => {
    const bot = ownBot(call);
    bot.thumbnail = '';
    return { status: 200, body: fullBot(bot, call) };
  },
  resetAgentBotToken: (call) => {
    const bot = ownBot(call);
    giveToken(call, bot);
    return { status: 200, body: fullBot(bot, call) };
  },
  resetAgentBotSecret: (call) => {
    const bot = ownBot(call);
    bot.secret = call.state.ids.hex32('botSecret');
    return { status: 200, body: fullBot(bot, call) };
  },
};
