import type { Call, Handlers, JsonObject } from '../types';
import { notFound } from './errors';
import type { ChatwootInbox, ChatwootState } from './state';

const REQUIRED_CHANNEL_KEYS = ['callback_webhook_url', 'allowed_domains', 'widget_color', 'website_url', 'hmac_mandatory', 'welcome_title', 'welcome_tagline', 'web_widget_script', 'website_token', 'selected_feature_flags', 'reply_time', 'messaging_service_sid', 'phone_number', 'provider'] as const;

const workingHours = (): JsonObject[] => [0, 1, 2, 3, 4, 5, 6].map((day) => ({
  day_of_week: day, closed_all_day: day === 0 || day === 6, open_hour: 9, open_minutes: 0, close_hour: 17, close_minutes: 0, open_all_day: false,
}));

/** Short form inside other answers. */
export function slimInbox(inbox: ChatwootInbox): JsonObject {
  return { id: inbox.id, avatar_url: inbox.avatarUrl ?? '', channel_id: inbox.channelId, name: inbox.name, channel_type: inbox.channelType, provider: (inbox.channel.provider as string | undefined) ?? null };
}

/** The plain database row, as the answer of "create contact" and others hold it. */
export function inboxRow(inbox: ChatwootInbox): JsonObject {
  return {
    id: inbox.id, channel_id: inbox.channelId, account_id: inbox.accountId, name: inbox.name, created_at: new Date(inbox.createdAt).toISOString(), updated_at: new Date(inbox.updatedAt).toISOString(),
    channel_type: inbox.channelType, enable_auto_assignment: inbox.enableAutoAssignment, greeting_enabled: inbox.greetingEnabled, greeting_message: inbox.greetingMessage, email_address: null,
    working_hours_enabled: inbox.workingHoursEnabled, out_of_office_message: inbox.outOfOfficeMessage, timezone: inbox.timezone, enable_email_collect: inbox.enableEmailCollect,
    csat_survey_enabled: inbox.csatSurveyEnabled, allow_messages_after_resolved: inbox.allowMessagesAfterResolved, auto_assignment_config: inbox.autoAssignmentConfig,
    lock_to_single_conversation: inbox.lockToSingleConversation, portal_id: null, sender_name_type: inbox.senderNameType, business_name: inbox.businessName, csat_config: inbox.csatConfig,
  };
}

/** The full inbox; secrets of the channel go to administrators only. */
export function fullInbox(inbox: ChatwootInbox, role: string | undefined): JsonObject {
  return {
    id: inbox.id, avatar_url: inbox.avatarUrl ?? '', channel_id: inbox.channelId, name: inbox.name, channel_type: inbox.channelType,
    greeting_enabled: inbox.greetingEnabled, greeting_message: inbox.greetingMessage, working_hours_enabled: inbox.workingHoursEnabled,
    enable_email_collect: inbox.enableEmailCollect, csat_survey_enabled: inbox.csatSurveyEnabled, csat_config: inbox.csatConfig,
    enable_auto_assignment: inbox.enableAutoAssignment, auto_assignment_config: inbox.autoAssignmentConfig, out_of_office_message: inbox.outOfOfficeMessage,
    working_hours: workingHours(), timezone: inbox.timezone, allow_messages_after_resolved: inbox.allowMessagesAfterResolved,
    lock_to_single_conversation: inbox.lockToSingleConversation, sender_name_type: inbox.senderNameType, business_name: inbox.businessName,
    ...Object.fromEntries(REQUIRED_CHANNEL_KEYS.map((key) => [key, null])),
    ...inbox.channel,
    ...(role === 'administrator' ? inbox.secrets : {}),
  };
}

/** Inboxes the caller may see: all for administrators, their own for agents. By name. */
export function visibleInboxes({ state, params, identity }: Pick<Call<ChatwootState>, 'state' | 'params' | 'identity'>): ChatwootInbox[] {
  return [...state.inboxes.values()]
    .filter((one) => one.accountId === params.account_id)
    .filter((one) => identity.role === 'administrator' || state.inboxMembers.get(one.id)?.has(Number(identity.userId)))
    .sort((a, b) => a.name.toLowerCase().localeCompare(b.name.toLowerCase()));
}

/** An inbox of the account, whoever asks. */
export function findInbox(state: ChatwootState, accountId: number, id: unknown): ChatwootInbox {
  const inbox = state.inboxes.get(Number(id));
  return inbox?.accountId === accountId ? inbox : notFound();
}

export const inboxes: Handlers<ChatwootState> = {
  listInboxes: (call) => ({ status: 200, body: { payload: visibleInboxes(call).map((one) => fullInbox(one, call.identity.role)) } }),
  getInbox: ({ state, params, identity }) => {
    const inbox = findInbox(state, params.account_id, params.inbox_id);
    // Pundit answers 401 for an inbox the agent does not work in.
    if (identity.role !== 'administrator' && !state.inboxMembers.get(inbox.id)?.has(Number(identity.userId))) {
      return { status: 401, body: { error: 'You are not authorized to do this action' } };
    }
    return { status: 200, body: fullInbox(inbox, identity.role) };
  },
};
