import { Refusal } from '../types';
import type { Call, Handlers, JsonObject } from '../types';
import { crash, invalid, notFound, refuse } from './errors';
import { findInbox } from './inboxes';
import type { ChatwootAccountUser, ChatwootAgentBot, ChatwootState, ChatwootTeam, ChatwootUser } from './state';

type AgentCall = Call<ChatwootState>;

/** A person as the answers show it (`Agent`). */
export function renderAgent(state: ChatwootState, accountId: number, userId: number): JsonObject {
  const user = state.users.get(userId) ?? crash();
  const member = membership(state, accountId, userId);
  return {
    id: user.id, account_id: accountId, availability_status: member?.availability ?? null, auto_offline: member?.autoOffline ?? null, confirmed: user.confirmed, email: user.email,
    provider: 'email', available_name: user.displayName ?? user.name, ...(Object.keys(user.customAttributes).length > 0 ? { custom_attributes: user.customAttributes } : {}), name: user.name, role: member?.role ?? null, thumbnail: '',
    ...(member?.customRoleId === undefined ? {} : { custom_role_id: member.customRoleId }),
  };
}

export function membership(state: ChatwootState, accountId: number, userId: number): ChatwootAccountUser | undefined {
  return state.accountUsers.find((one) => one.accountId === accountId && one.userId === userId);
}

/** A person as sender of messages (`UserPush`). */
export function pushUser(state: ChatwootState, accountId: number, userId: number): JsonObject {
  const user = state.users.get(userId)!;
  return {
    id: user.id, name: user.name, available_name: user.displayName ?? user.name, avatar_url: '', type: 'user',
    availability_status: membership(state, accountId, userId)?.availability ?? null, thumbnail: '',
  };
}

export function renderTeam(team: ChatwootTeam, callerId: number): JsonObject {
  return { id: team.id, name: team.name, description: team.description, allow_auto_assign: team.allowAutoAssign, account_id: team.accountId, is_member: team.memberIds.includes(callerId) };
}

/** The plain row, as assignments answer it. */
export function teamRow(team: ChatwootTeam): JsonObject {
  const { id, name, description, accountId } = team;
  return { id, name, description, allow_auto_assign: team.allowAutoAssign, account_id: accountId, created_at: new Date(team.createdAt).toISOString(), updated_at: new Date(team.updatedAt).toISOString() };
}

export function slimBot(bot: ChatwootAgentBot): JsonObject {
  return { id: bot.id, name: bot.name, description: bot.description, thumbnail: bot.thumbnail ?? '', ...(bot.accountId === null ? {} : { outgoing_url: bot.outgoingUrl }), bot_type: 'webhook' };
}

/** The row of the token, which the bot of an inbox is answered with. */
function tokenRow(bot: ChatwootAgentBot): JsonObject {
  const at = new Date(Date.UTC(2024, 0, 2)).toISOString();
  return { id: bot.id, owner_type: 'AgentBot', owner_id: bot.id, token: bot.accessToken, created_at: at, updated_at: at };
}

export function fullBot(bot: ChatwootAgentBot, call: AgentCall): JsonObject {
  const { identity, params } = call;
  const own = bot.accountId === params.account_id;
  return {
    ...slimBot(bot), bot_config: bot.botConfig, account_id: bot.accountId, system_bot: bot.accountId === null,
    ...(own ? { access_token: call.operationId === 'getInboxAgentBot' ? tokenRow(bot) : bot.accessToken } : {}), ...(own && identity.role === 'administrator' ? { secret: bot.secret } : {}),
  };
}

const members = (state: ChatwootState, accountId: number): ChatwootAccountUser[] => state.accountUsers
  .filter((one) => one.accountId === accountId)
  .sort((a, b) => state.users.get(a.userId)!.name.localeCompare(state.users.get(b.userId)!.name));

const ROLES = ['agent', 'administrator'];
const AVAILABILITIES = ['online', 'offline', 'busy'];

function assignMember(member: ChatwootAccountUser, user: ChatwootUser, body: any): void {
  if (body.role != null && !ROLES.includes(body.role)) crash();
  if (body.availability != null && !AVAILABILITIES.includes(body.availability)) crash();
  if (body.name != null) user.name = body.name;
  if (body.role != null) member.role = body.role;
  if (body.availability != null) member.availability = body.availability;
  if (body.auto_offline != null) member.autoOffline = body.auto_offline;
}

function findMember({ state, params }: AgentCall): ChatwootAccountUser {
  return membership(state, params.account_id, params.agent_id) ?? notFound();
}

function findTeam({ state, params }: AgentCall): ChatwootTeam {
  const team = state.teams.get(params.team_id);
  return team && team.accountId === params.account_id ? team : notFound();
}

function findBot({ state, params }: AgentCall): ChatwootAgentBot {
  const bot = state.agentBots.get(params.agent_bot_id);
  return bot && (bot.accountId === null || bot.accountId === params.account_id) ? bot : notFound();
}

function teamName({ state, params }: AgentCall, value: string, self?: ChatwootTeam): string {
  const name = value.toLowerCase();
  if ([...state.teams.values()].some((one) => one !== self && one.accountId === params.account_id && one.name === name)) invalid([['name', 'Name has already been taken']]);
  return name;
}

/** People named in `user_ids`; a stranger is a 401, a missing list a 500. */
function userIds({ state, params, body }: AgentCall): number[] {
  if (!Array.isArray(body.user_ids)) crash();
  const ids = body.user_ids as number[];
  if (ids.some((id) => !membership(state, params.account_id, id))) refuse(401, 'Invalid User IDs');
  return ids;
}

/** Adds a membership, and the user when the address is new; returns the user's id. */
function invite({ state, params }: AgentCall, body: any): number {
  let user = [...state.users.values()].find((one) => one.email === String(body.email).toLowerCase());
  if (user && membership(state, params.account_id, user.id)) invalid([['user_id', 'User has already been taken']]);
  const member: ChatwootAccountUser = { accountId: params.account_id, userId: 0, role: 'agent', availability: 'online', autoOffline: true };
  user ??= { id: 0, name: String(body.email).split('@')[0]!, displayName: null, email: String(body.email).toLowerCase(), confirmed: false, messageSignature: null, uiSettings: {}, customAttributes: {} };
  assignMember(member, user, body);
  if (user.id === 0) user.id = state.ids.number('user', 10);
  member.userId = user.id;
  state.users.set(user.id, user);
  state.accountUsers.push(member);
  return user.id;
}

export const agents: Handlers<ChatwootState> = {
  listAgents: ({ state, params }) => ({ status: 200, body: members(state, params.account_id).map((one) => renderAgent(state, params.account_id, one.userId)) }),
  createAgent: (call) => ({ status: 200, body: renderAgent(call.state, call.params.account_id, invite(call, call.body)) }),
  // Addresses that fail are skipped.
  createAgents: (call) => {
    for (const email of call.body.emails as string[]) {
      try {
        invite(call, { email });
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
      }
    }
    return { status: 200 };
  },
  updateAgent: (call) => {
    const member = findMember(call);
    assignMember(member, call.state.users.get(member.userId)!, call.body);
    return { status: 200, body: renderAgent(call.state, call.params.account_id, member.userId) };
  },
  deleteAgent: (call) => {
    const { state } = call;
    const member = findMember(call);
    state.accountUsers.splice(state.accountUsers.indexOf(member), 1);
    for (const conversation of state.conversations.values()) {
      if (conversation.accountId === member.accountId && conversation.assigneeId === member.userId) conversation.assigneeId = null;
    }
    return { status: 200 };
  },
  listAssignableAgents: ({ state, params, query }) => {
    const inboxes = ((query['inbox_ids[]'] ?? []) as number[]).map((id) => findInbox(state, params.account_id, id));
    if (inboxes.length === 0) notFound();
    const rows = members(state, params.account_id).filter((one) => one.role === 'administrator' || inboxes.every((inbox) => state.inboxMembers.get(inbox.id)?.has(one.userId)));
    return { status: 200, body: { payload: rows.map((one) => renderAgent(state, params.account_id, one.userId)) } };
  },
  listInboxAssignableAgents: ({ state, params }) => {
    const inbox = findInbox(state, params.account_id, params.inbox_id);
    const rows = members(state, params.account_id).filter((one) => one.role === 'administrator' || state.inboxMembers.get(inbox.id)?.has(one.userId));
    return { status: 200, body: { payload: rows.map((one) => renderAgent(state, params.account_id, one.userId)) } };
  },

  listTeams: ({ state, params, identity }) => ({
    status: 200, body: [...state.teams.values()].filter((one) => one.accountId === params.account_id).map((one) => renderTeam(one, Number(identity.userId))),
  }),
  getTeam: (call) => ({ status: 200, body: renderTeam(findTeam(call), Number(call.identity.userId)) }),
  createTeam: (call) => {
    const { state, params, body, clock, identity } = call;
    const at = clock.now();
    const team: ChatwootTeam = {
      id: 0, accountId: params.account_id, name: teamName(call, body.name), description: body.description ?? null, allowAutoAssign: body.allow_auto_assign ?? true, memberIds: [], createdAt: at, updatedAt: at,
    };
    team.id = state.ids.number('team');
    state.teams.set(team.id, team);
    return { status: 200, body: renderTeam(team, Number(identity.userId)) };
  },
  updateTeam: (call) => {
    const team = findTeam(call);
    const { body } = call;
    if (body.name !== undefined) team.name = teamName(call, body.name, team);
    if (body.description !== undefined) team.description = body.description;
    if (body.allow_auto_assign !== undefined) team.allowAutoAssign = body.allow_auto_assign;
    team.updatedAt = call.clock.now();
    return { status: 200, body: renderTeam(team, Number(call.identity.userId)) };
  },
  deleteTeam: (call) => {
    const team = findTeam(call);
    call.state.teams.delete(team.id);
    for (const conversation of call.state.conversations.values()) if (conversation.teamId === team.id) conversation.teamId = null;
    return { status: 200 };
  },
  listTeamMembers: (call) => ({ status: 200, body: findTeam(call).memberIds.map((id) => renderAgent(call.state, call.params.account_id, id)) }),
  addTeamMembers: (call) => {
    const team = findTeam(call);
    const added = userIds(call).filter((id) => !team.memberIds.includes(id));
    team.memberIds.push(...added);
    return { status: 200, body: added.map((id) => renderAgent(call.state, call.params.account_id, id)) };
  },
  setTeamMembers: (call) => {
    const team = findTeam(call);
    team.memberIds = userIds(call);
    return { status: 200, body: team.memberIds.map((id) => renderAgent(call.state, call.params.account_id, id)) };
  },
  removeTeamMembers: (call) => {
    const team = findTeam(call);
    const gone = userIds(call);
    team.memberIds = team.memberIds.filter((id) => !gone.includes(id));
    return { status: 200 };
  },

  listAgentBots: (call) => ({
    status: 200,
    body: [...call.state.agentBots.values()].filter((one) => one.accountId === null || one.accountId === call.params.account_id).map((one) => fullBot(one, call)),
  }),
  getAgentBot: (call) => ({ status: 200, body: fullBot(findBot(call), call) }),

  listInboxMembers: ({ state, params }) => ({
    status: 200, body: { payload: [...state.inboxMembers.get(findInbox(state, params.account_id, params.inbox_id).id)!].map((id) => renderAgent(state, params.account_id, id)) },
  }),
  addInboxMembers: (call) => changeMembers(call, (before, ids) => [...before, ...ids]),
  setInboxMembers: (call) => changeMembers(call, (_before, ids) => ids),
  removeInboxMembers: (call) => {
    changeMembers(call, (before, ids) => before.filter((id) => !ids.includes(id)));
    return { status: 200 };
  },
};

function changeMembers(call: AgentCall, change: (before: number[], ids: number[]) => number[]): { status: number; body: JsonObject } {
  const { state, params, body } = call;
  const inbox = findInbox(state, params.account_id, body.inbox_id);
  if (!Array.isArray(body.user_ids)) crash();
  // Who is unknown is told when added, and is no matter when removed.
  if (call.operationId !== 'removeInboxMembers' && (body.user_ids as number[]).some((id) => !state.users.has(id))) invalid([['user', 'User must exist']]);
  const after = new Set(change([...state.inboxMembers.get(inbox.id)!], body.user_ids));
  state.inboxMembers.set(inbox.id, after);
  return { status: 200, body: { payload: [...after].map((id) => renderAgent(state, params.account_id, id)) } };
}
