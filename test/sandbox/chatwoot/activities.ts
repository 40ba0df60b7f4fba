import type { Call, Identity } from '../types';
import { BY_RULE } from './automation';
import type { ChatwootConversation } from './conversations';
import type { ChatwootState } from './state';

/** What can be told of a change: the columns before and after. */
export interface Told {
  status: ChatwootConversation['status'];
  priority: ChatwootConversation['priority'];
  assigneeId: number | null;
  teamId: number | null;
  labels: string[];
}

export const toldOf = ({ status, priority, assigneeId, teamId, labels }: ChatwootConversation): Told => ({ status, priority, assigneeId, teamId, labels });

/** Writes the lines that the dashboard shows of a change, as messages of their own kind; no webhook hears of them. */
export function tell({ state, clock }: Pick<Call<ChatwootState>, 'state' | 'clock'>, one: ChatwootConversation, before: Told, identity: Identity | undefined): void {
  for (const content of linesOf(state, one, before, actorOf(state, one, identity))) {
    const id = state.ids.number('message', 5001);
    state.messages.set(id, {
      id, conversationId: one.id, content, type: 2, private: false, contentType: 'text', contentAttributes: {}, additionalAttributes: {}, status: 'sent', sourceId: null, sender: null, attachments: [], createdAt: clock.now(),
    });
  }
}

function actorOf(state: ChatwootState, one: ChatwootConversation, identity: Identity | undefined): string | undefined {
  if (identity?.kind === BY_RULE.kind) return 'Automation System';
  if (identity?.role === 'bot') return state.agentBots.get(Number(identity.userId))?.name;
  if (identity?.userId !== undefined) return state.users.get(Number(identity.userId))?.name;
  return identity === undefined ? undefined : state.contacts.get(one.contactId)?.name ?? undefined;
}

/** In the server's order: status, priority, labels, assignee or team. Without an actor it was the system, which tells less. */
function linesOf(state: ChatwootState, one: ChatwootConversation, before: Told, actor: string | undefined): string[] {
  const lines: string[] = [];
  if (one.status !== before.status) {
    if (actor === undefined) lines.push(one.status === 'open' ? 'System reopened the conversation due to a new incoming message.' : `Conversation was marked ${one.status} by the system`);
    else lines.push({ open: `Conversation was reopened by ${actor}`, resolved: `Conversation was marked resolved by ${actor}`, pending: `Conversation was marked as pending by ${actor}`, snoozed: `Conversation was snoozed by ${actor}` }[one.status]);
  }
  if (actor === undefined) return lines;
  if (one.priority !== before.priority) {
    if (one.priority === null) lines.push(`${actor} removed the priority`);
    else lines.push(before.priority === null ? `${actor} set the priority to ${one.priority}` : `${actor} changed the priority from ${before.priority} to ${one.priority}`);
  }
  const added = one.labels.filter((label) => !before.labels.includes(label));
  const removed = before.labels.filter((label) => !one.labels.includes(label));
  if (added.length) lines.push(`${actor} added ${added.join(', ')}`);
  if (removed.length) lines.push(`${actor} removed ${removed.join(', ')}`);
  const team = one.teamId === null ? undefined : state.teams.get(one.teamId)?.name;
  const agent = one.assigneeId === null ? undefined : state.users.get(one.assigneeId)?.name;
  if (one.teamId !== before.teamId && team === undefined) lines.push(`Unassigned from ${state.teams.get(before.teamId ?? 0)?.name ?? ''} by ${actor}`);
  else if (one.teamId !== before.teamId) lines.push(agent !== undefined && one.assigneeId !== before.assigneeId ? `Assigned to ${agent} via ${team} by ${actor}` : `Assigned to ${team} by ${actor}`);
  else if (one.assigneeId !== before.assigneeId) lines.push(agent === undefined ? `Conversation unassigned by ${actor}` : `Assigned to ${agent} by ${actor}`);
  return lines;
}
