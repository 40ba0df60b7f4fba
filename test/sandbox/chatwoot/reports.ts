import { zoneOffset } from '../../../nodes/shared/values/time';
import type { Call, Handlers, JsonObject } from '../types';
import { messagesOf, type ChatwootConversation } from './conversations';
import { crash, notFound, refuse } from './errors';
import type { ChatwootMessage } from './messages';
import type { ChatwootState } from './state';

type ReportCall = Call<ChatwootState>;
interface Range { from: number; to: number }

const DAY = 86_400_000;
const average = (values: number[]): number | null => (values.length ? values.reduce((sum, one) => sum + one, 0) / values.length / 1000 : null);

/** Both ends or none, in Unix seconds; without a range the whole time, where `whole` says so. */
function rangeOf({ query }: ReportCall, whole = true): Range {
  if (query.since === undefined || query.until === undefined) return whole ? { from: 0, to: Infinity } : { from: 0, to: 0 };
  return { from: Number(query.since) * 1000, to: Number(query.until) * 1000 };
}

const within = (at: number, { from, to }: Range): boolean => at >= from && at < to;
const own = ({ state, params }: ReportCall): ChatwootConversation[] => [...state.conversations.values()].filter((one) => one.accountId === params.account_id);

/** The conversations that a scope is about; an unknown record of a scope ends in a 404. */
function scoped(call: ReportCall, type: string, id: unknown): ChatwootConversation[] {
  const { state, params } = call;
  const number = Number(id);
  const has = (found: { accountId: number } | undefined): void => {
    if (found?.accountId !== params.account_id) notFound();
  };
  switch (type) {
    case 'account': return own(call);
    case 'agent':
      has(state.accountUsers.find((one) => one.userId === number && one.accountId === params.account_id));
      return own(call).filter((one) => one.assigneeId === number);
    case 'inbox':
      has(state.inboxes.get(number));
      return own(call).filter((one) => one.inboxId === number);
    case 'team':
      has(state.teams.get(number));
      return own(call).filter((one) => one.teamId === number);
    case 'label':
      has(state.labels.get(number));
      return own(call).filter((one) => one.labels.includes(state.labels.get(number)!.title));
    default: return crash();
  }
}

function messagesIn(call: ReportCall, conversations: ChatwootConversation[], range: Range, type: ChatwootMessage['type']): ChatwootMessage[] {
  return conversations.flatMap((one) => messagesOf(call.state, one)).filter((message) => message.type === type && within(message.createdAt, range));
}

const resolved = (conversations: ChatwootConversation[], range: Range): ChatwootConversation[] => conversations.filter((one) => one.status === 'resolved' && within(one.updatedAt, range));
const firstResponses = (conversations: ChatwootConversation[], range: Range): number[] => conversations
  .filter((one) => one.firstReplyCreatedAt > 0 && within(one.firstReplyCreatedAt, range)).map((one) => one.firstReplyCreatedAt - one.createdAt);

function summary(call: ReportCall, conversations: ChatwootConversation[], range: Range): JsonObject {
  return {
    conversations_count: conversations.filter((one) => within(one.createdAt, range)).length,
    incoming_messages_count: messagesIn(call, conversations, range, 0).length, outgoing_messages_count: messagesIn(call, conversations, range, 1).length,
    avg_first_response_time: average(firstResponses(conversations, range)), avg_resolution_time: average(resolved(conversations, range).map((one) => one.updatedAt - one.createdAt)),
    resolutions_count: resolved(conversations, range).length, reply_time: average(firstResponses(conversations, range)),
  };
}

const before = ({ from, to }: Range): Range => ({ from: from - (to - from), to: from });
const botCounts = (conversations: ChatwootConversation[], range: Range): JsonObject => ({
  bot_resolutions_count: resolved(conversations, range).filter((one) => one.assigneeBotId !== null).length,
  bot_handoffs_count: conversations.filter((one) => one.assigneeBotId !== null && one.assigneeId !== null && within(one.createdAt, range)).length,
});

const METRIC: Record<string, string> = { avg_first_response_time: 'avg_first_response_time', avg_resolution_time: 'avg_resolution_time', reply_time: 'reply_time' };

/** Beginning of the interval that a moment lies in, on the clock of the zone. */
function startOf(at: number, groupBy: string, offset: number): number {
  const local = new Date(at + offset);
  if (groupBy === 'hour') local.setUTCMinutes(0, 0, 0);
  else local.setUTCHours(0, 0, 0, 0);
  if (groupBy === 'week') local.setUTCDate(local.getUTCDate() - local.getUTCDay());
  if (groupBy === 'month') local.setUTCDate(1);
  if (groupBy === 'year') local.setUTCMonth(0, 1);
  return local.getTime() - offset;
}

function next(at: number, groupBy: string, offset: number): number {
  const days: Record<string, number> = { hour: 1 / 24, day: 1, week: 7, month: 32, year: 367 };
  return startOf(at + days[groupBy]! * DAY, groupBy, offset);
}

function open(conversations: ChatwootConversation[]): JsonObject {
  const all = conversations.filter((one) => one.status === 'open');
  return { open: all.length, unattended: all.filter((one) => one.firstReplyCreatedAt === 0).length, unassigned: all.filter((one) => one.assigneeId === null).length };
}

function summaryRows(call: ReportCall, type: 'agent' | 'inbox' | 'team', ids: number[]): JsonObject[] {
  const range = rangeOf(call);
  return ids.map((id) => {
    const { conversations_count: count, resolutions_count: done, avg_resolution_time: resolution, avg_first_response_time: first, reply_time: reply } = summary(call, scoped(call, type, id), range);
    return { id, conversations_count: count, resolved_conversations_count: done, avg_resolution_time: resolution, avg_first_response_time: first, avg_reply_time: reply };
  });
}

const idsOf = (rows: Iterable<{ id: number; accountId: number }>, accountId: number): number[] => [...rows].filter((one) => one.accountId === accountId).map(({ id }) => id);
const agentIds = ({ state, params }: ReportCall): number[] => state.accountUsers.filter((one) => one.accountId === params.account_id).map((one) => one.userId);

function teamOnly(call: ReportCall): ChatwootConversation[] {
  return call.query.team_id === undefined ? own(call) : scoped(call, 'team', call.query.team_id);
}

/** As the files call a channel. */
const inboxType = (type: string): string => ({ 'Channel::Api': 'API', 'Channel::WebWidget': 'Website' })[type] ?? type.replace('Channel::', '');

/** The two largest units, as the files have durations. */
function inWords(seconds: unknown): string {
  if (typeof seconds !== 'number' || seconds === 0) return 'N/A';
  const parts = [[Math.floor(seconds / 3600), 'hours'], [Math.floor(seconds / 60) % 60, 'minutes'], [Math.floor(seconds) % 60, 'seconds']] as const;
  return parts.filter(([count]) => count > 0).slice(0, 2).map(([count, unit]) => `${count} ${unit}`).join(' ') || '0 seconds';
}

function rowOf(call: ReportCall, names: string[], type: string, id: number): string[] {
  const one = summary(call, scoped(call, type, id), rangeOf(call));
  return [...names, one.conversations_count, inWords(one.avg_first_response_time), inWords(one.avg_resolution_time), inWords(one.avg_first_response_time), one.resolutions_count].map(String);
}

/** A file with the range in its first line. A name is quoted as in CSV, and its quotes are then escaped as for a page. */
function csv(call: ReportCall, name: string, titles: string[], rows: string[][]) {
  const { query } = call;
  if (query.since === undefined || query.until === undefined) crash();
  const day = (unix: unknown): string => new Date(Number(unix) * 1000).toISOString().slice(0, 10);
  const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const onPage = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
  const lines = [titles, ...rows].map((row) => row.map((text) => onPage(quoted(text))).join(','));
  return { status: 200, text: `Reporting period ${day(query.since)} to ${day(query.until)}\n\n\n${lines.join('\n')}\n`, contentType: 'text/csv', headers: { 'content-disposition': `attachment; filename=${name}_report.csv` } };
}

/** Reports are counted from the conversations and messages that there are. */
export const reports: Handlers<ChatwootState> = {
  getConversationReport: (call) => {
    const { state, params, query } = call;
    const open = own(call).filter((one) => one.status === 'open');
    const unattended = (rows: ChatwootConversation[]): number => rows.filter((one) => one.firstReplyCreatedAt === 0 || one.waitingSince > 0).length;
    if (query.type === 'account') {
      return { status: 200, body: { open: open.length, unattended: unattended(open), unassigned: open.filter((one) => one.assigneeId === null).length, pending: own(call).filter((one) => one.status === 'pending').length } };
    }
    const people = state.accountUsers.filter((one) => one.accountId === params.account_id);
    const page = Number(query.page ?? 1);
    return {
      status: 200,
      body: people.slice((page - 1) * 25, page * 25).map(({ userId, availability }) => {
        const user = state.users.get(userId)!;
        const mine = open.filter((one) => one.assigneeId === userId);
        return { id: user.id, name: user.name, email: user.email, thumbnail: '', availability, metric: { open: mine.length, unattended: unattended(mine) } };
      }),
    };
  },
  getReport: (call) => {
    const { query } = call;
    const { from, to } = rangeOf(call, false);
    const groupBy = String(query.group_by ?? 'day');
    const offset = Number(query.timezone_offset ?? zoneOffset(from, 'UTC')) * 3_600_000;
    const conversations = scoped(call, query.type, query.id);
    const points: JsonObject[] = [];
    for (let at = startOf(from, groupBy, offset); at < to && points.length < 10_000; at = next(at, groupBy, offset)) {
      const range = { from: Math.max(from, at), to: Math.min(to, next(at, groupBy, offset)) };
      const value = { ...summary(call, conversations, range), ...botCounts(conversations, range) }[query.metric as string] ?? null;
      points.push({ value, timestamp: Math.floor(at / 1000), ...(METRIC[query.metric as string] ? { count: value === null ? 0 : 1 } : {}) });
    }
    return { status: 200, body: points };
  },
  getReportSummary: (call) => {
    const range = rangeOf(call, false);
    const conversations = scoped(call, call.query.type, call.query.id);
    return { status: 200, body: { ...summary(call, conversations, range), previous: summary(call, conversations, before(range)) } };
  },
  getBotReportSummary: (call) => {
    const range = rangeOf(call, false);
    const conversations = scoped(call, call.query.type, call.query.id);
    return { status: 200, body: { ...botCounts(conversations, range), previous: botCounts(conversations, before(range)) } };
  },
  getBotMetrics: (call) => {
    const range = rangeOf(call);
    const conversations = own(call).filter((one) => one.assigneeBotId !== null && within(one.createdAt, range));
    const { bot_resolutions_count: done, bot_handoffs_count: handed } = botCounts(conversations, range) as Record<string, number>;
    const percent = (count: number): number => (conversations.length ? Math.round((count * 100) / conversations.length) : 0);
    return { status: 200, body: { conversation_count: conversations.length, message_count: messagesIn(call, conversations, range, 1).length, resolution_rate: percent(done!), handoff_rate: percent(handed!) } };
  },
  getInboxLabelMatrix: (call) => {
    const { state, params } = call;
    const range = rangeOf(call);
    const inboxes = [...state.inboxes.values()].filter((one) => one.accountId === params.account_id);
    const labels = [...state.labels.values()].filter((one) => one.accountId === params.account_id);
    const conversations = own(call).filter((one) => within(one.createdAt, range));
    return {
      status: 200,
      body: {
        inboxes: inboxes.map(({ id, name }) => ({ id, name })), labels: labels.map(({ id, title }) => ({ id, title })),
        matrix: inboxes.map((inbox) => labels.map((label) => conversations.filter((one) => one.inboxId === inbox.id && one.labels.includes(label.title)).length)),
      },
    };
  },
  getFirstResponseDistribution: (call) => {
    const range = rangeOf(call);
    const channels: Record<string, JsonObject> = {};
    for (const one of own(call)) {
      if (one.firstReplyCreatedAt === 0 || !within(one.firstReplyCreatedAt, range)) continue;
      const counts = (channels[call.state.inboxes.get(one.inboxId)!.channelType] ??= { '0-1h': 0, '1-4h': 0, '4-8h': 0, '8-24h': 0, '24h+': 0 }) as Record<string, number>;
      const hours = (one.firstReplyCreatedAt - one.createdAt) / 3_600_000;
      const bucket = hours < 1 ? '0-1h' : hours < 4 ? '1-4h' : hours < 8 ? '4-8h' : hours < 24 ? '8-24h' : '24h+';
      counts[bucket]! += 1;
    }
    return { status: 200, body: channels };
  },
  getOutgoingMessagesCount: (call) => {
    const { state, params, query } = call;
    const range = rangeOf(call);
    const rows: Record<string, () => Array<{ id: number; name: string }>> = {
      agent: () => agentIds(call).map((id) => ({ id, name: state.users.get(id)!.name })),
      team: () => idsOf(state.teams.values(), params.account_id).map((id) => ({ id, name: state.teams.get(id)!.name })),
      inbox: () => idsOf(state.inboxes.values(), params.account_id).map((id) => ({ id, name: state.inboxes.get(id)!.name })),
      label: () => idsOf(state.labels.values(), params.account_id).map((id) => ({ id, name: state.labels.get(id)!.title })),
    };
    const count = (id: number): number => (query.group_by === 'agent'
      ? messagesIn(call, own(call), range, 1).filter((message) => message.sender?.kind === 'user' && message.sender.id === id).length
      : messagesIn(call, scoped(call, query.group_by, id), range, 1).length);
    const counted = rows[query.group_by as string]!().map((row) => ({ ...row, outgoing_messages_count: count(row.id) }));
    return { status: 200, body: counted.filter((row) => row.outgoing_messages_count > 0) };
  },
  downloadAgentReport: (call) => csv(call, 'agents', ['Agent name', 'Assigned conversations', 'Avg first response time', 'Avg resolution time', 'Avg customer waiting time', 'Resolution Count'],
    agentIds(call).map((id) => rowOf(call, [call.state.users.get(id)!.name], 'agent', id))),
  // The titles lack the last two columns.
  downloadInboxReport: (call) => csv(call, 'inboxes', ['Inbox name', 'Inbox type', 'No. of conversations', 'Avg first response time', 'Avg resolution time'],
    idsOf(call.state.inboxes.values(), call.params.account_id).map((id) => rowOf(call, [call.state.inboxes.get(id)!.name, inboxType(call.state.inboxes.get(id)!.channelType)], 'inbox', id))),
  downloadLabelReport: (call) => csv(call, 'labels', ['Label', 'No. of conversations', 'Avg first response time', 'Avg resolution time', 'Avg reply time', 'Resolution Count'],
    idsOf(call.state.labels.values(), call.params.account_id).map((id) => rowOf(call, [call.state.labels.get(id)!.title], 'label', id))),
  downloadTeamReport: (call) => csv(call, 'teams', ['Team name', 'Conversations count', 'Avg first response time', 'Avg resolution time', 'Avg customer waiting time', 'Resolution Count'],
    idsOf(call.state.teams.values(), call.params.account_id).map((id) => rowOf(call, [call.state.teams.get(id)!.name], 'team', id))),
  downloadConversationReport: (call) => {
    const one = summary(call, own(call), rangeOf(call));
    return csv(call, 'conversations_summary', ['Conversations', 'Messages received', 'Messages sent', 'Avg first response time', 'Avg resolution time', 'Resolution count', 'Avg customer waiting time'],
      [[one.conversations_count, one.incoming_messages_count, one.outgoing_messages_count, inWords(one.avg_first_response_time), inWords(one.avg_resolution_time), one.resolutions_count, inWords(one.avg_first_response_time)].map(String)]);
  },
  getAgentSummary: (call) => ({ status: 200, body: summaryRows(call, 'agent', agentIds(call)) }),
  getTeamSummary: (call) => ({ status: 200, body: summaryRows(call, 'team', idsOf(call.state.teams.values(), call.params.account_id)) }),
  getInboxSummary: (call) => ({ status: 200, body: summaryRows(call, 'inbox', idsOf(call.state.inboxes.values(), call.params.account_id)) }),
  getLabelSummary: (call) => {
    const range = rangeOf(call);
    return {
      status: 200,
      body: [...call.state.labels.values()].filter((one) => one.accountId === call.params.account_id).map((label) => {
        const { conversations_count: count, resolutions_count: done, avg_resolution_time: resolution, avg_first_response_time: first } = summary(call, scoped(call, 'label', label.id), range);
        return { id: label.id, name: label.title, conversations_count: count, resolved_conversations_count: done, avg_resolution_time: resolution ?? 0, avg_first_response_time: first ?? 0, avg_reply_time: first ?? 0 };
      }),
    };
  },
  getChannelSummary: (call) => {
    const range = rangeOf(call);
    if (Number.isFinite(range.to) && range.to - range.from > 184 * DAY) refuse(422, 'Date range cannot exceed 6 months');
    const channels: Record<string, Record<string, number>> = {};
    for (const one of own(call).filter(({ createdAt }) => within(createdAt, range))) {
      const counts = (channels[call.state.inboxes.get(one.inboxId)!.channelType] ??= { open: 0, resolved: 0, pending: 0, snoozed: 0, total: 0 });
      counts[one.status]! += 1;
      counts.total! += 1;
    }
    return { status: 200, body: channels };
  },
  getLiveConversationMetrics: (call) => {
    const conversations = teamOnly(call);
    return { status: 200, body: { ...open(conversations), pending: conversations.filter((one) => one.status === 'pending').length } };
  },
  getGroupedConversationMetrics: (call) => {
    const key = call.query.group_by === 'team_id' ? 'teamId' : 'assigneeId';
    const groups = new Map<number | null, ChatwootConversation[]>();
    for (const one of teamOnly(call)) if (one.status === 'open') groups.set(one[key], [...(groups.get(one[key]) ?? []), one]);
    return { status: 200, body: [...groups].map(([id, conversations]) => ({ ...open(conversations), [call.query.group_by]: id })) };
  },
};
