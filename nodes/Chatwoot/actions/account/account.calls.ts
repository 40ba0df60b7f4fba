import type { AccountCheck } from '../../../shared/operation/accountCheck';
import type { ChatwootClient } from '../../transport/client';
import { agentOutput } from '../agent/agent';
import { agentBotOutput } from '../agentBot/agentBot';
import { automationRuleOutput } from '../automationRule/automationRule';
import { campaignOutput } from '../campaign/campaign';
import { cannedResponseOutput } from '../cannedResponse/cannedResponse';
import { contactOutput } from '../contact/contact';
import { noteOutput } from '../contactNote/contactNote';
import { conversationOutput } from '../conversation/conversation';
import { csatOutput } from '../csat/csat';
import { definitionOutput } from '../customAttribute/customAttribute';
import { customFilterOutput } from '../customFilter/customFilter';
import { articleOutput } from '../helpCenterArticle/helpCenterArticle';
import { categoryOutput } from '../helpCenterCategory/helpCenterCategory';
import { portalOutput } from '../helpCenterPortal/helpCenterPortal';
import { inboxOutput } from '../inbox/inbox';
import { integrationOutput } from '../integration/integration';
import { labelOutput } from '../label/label';
import { macroOutput } from '../macro/macro';
import { messageOutput } from '../message/message';
import { notificationOutput } from '../notification/notification';
import { profileOutput } from '../profile/profile';
import { teamOutput } from '../team/team';
import { webhookOutput } from '../webhook/webhook';
import { accountOutput } from './account';

const v1 = '/api/v1/accounts/{account_id}';
const v2 = '/api/v2/accounts/{account_id}';
const week = 7 * 24 * 3600;

/**
 * What *Check This Account* asks for: all that the node reads with the token. `account_id` is the account itself.
 *
 * @param now milliseconds since 1970
 */
export function accountChecks(now: number): Array<AccountCheck<ChatwootClient>> {
	const until = Math.floor(now / 1000);
	const lately = { since: until - week, until };
	return [
		{ operation: 'account:get', path: `${v1}`, output: accountOutput },
		{ operation: 'profile:get', path: '/api/v1/profile', output: profileOutput },
		{ operation: 'inbox:getAll', path: `${v1}/inboxes`, gives: { inbox: 'id' }, output: inboxOutput },
		{ operation: 'inbox:get', path: `${v1}/inboxes/{inbox}`, output: inboxOutput },
		{ operation: 'inbox:getAgentBot', path: `${v1}/inboxes/{inbox}/agent_bot` },
		{ operation: 'inbox:getMembers', path: `${v1}/inbox_members/{inbox}` },
		{ operation: 'agent:getAll', path: `${v1}/agents`, output: agentOutput },
		{ operation: 'agent:getAssignable', path: `${v1}/assignable_agents`, query: { inbox_ids: ['{inbox}'] }, output: agentOutput },
		{ operation: 'team:getAll', path: `${v1}/teams`, gives: { team: 'id' }, output: teamOutput },
		{ operation: 'team:get', path: `${v1}/teams/{team}`, output: teamOutput },
		{ operation: 'team:getMembers', path: `${v1}/teams/{team}/team_members` },
		{ operation: 'label:getAll', path: `${v1}/labels`, gives: { label: 'id' }, output: labelOutput },
		{ operation: 'label:get', path: `${v1}/labels/{label}`, output: labelOutput },
		{ operation: 'contact:getAll', path: `${v1}/contacts`, query: { page: 1 }, gives: { contact: 'id' }, output: contactOutput },
		{ operation: 'contact:get', path: `${v1}/contacts/{contact}`, output: contactOutput },
		{ operation: 'contact:search', path: `${v1}/contacts/search`, query: { q: 'a', page: 1 }, output: contactOutput },
		{ operation: 'contact:getConversations', path: `${v1}/contacts/{contact}/conversations`, output: conversationOutput },
		{ operation: 'contact:getLabels', path: `${v1}/contacts/{contact}/labels` },
		{ operation: 'contact:getAttachments', path: `${v1}/contacts/{contact}/attachments` },
		{ operation: 'contact:getContactableInboxes', path: `${v1}/contacts/{contact}/contactable_inboxes` },
		{ operation: 'contactNote:getAll', path: `${v1}/contacts/{contact}/notes`, gives: { note: 'id' }, output: noteOutput },
		{ operation: 'contactNote:get', path: `${v1}/contacts/{contact}/notes/{note}`, output: noteOutput },
		{ operation: 'conversation:getAll', path: `${v1}/conversations`, query: { status: 'all', page: 1 }, gives: { conversation: 'id' }, output: conversationOutput },
		{ operation: 'conversation:get', path: `${v1}/conversations/{conversation}`, output: conversationOutput },
		{ operation: 'conversation:getCounts', path: `${v1}/conversations/meta`, query: { status: 'all' } },
		{ operation: 'conversation:getLabels', path: `${v1}/conversations/{conversation}/labels` },
		{ operation: 'conversation:getParticipants', path: `${v1}/conversations/{conversation}/participants` },
		{ operation: 'conversation:getAttachments', path: `${v1}/conversations/{conversation}/attachments` },
		{ operation: 'conversation:searchMessages', path: `${v1}/conversations/search`, query: { q: 'a', page: 1 } },
		{ operation: 'message:getAll', path: `${v1}/conversations/{conversation}/messages`, output: messageOutput },
		{ operation: 'search:all', path: `${v1}/search`, query: { q: 'a' } },
		{ operation: 'search:contacts', path: `${v1}/search/contacts`, query: { q: 'a', page: 1 } },
		{ operation: 'search:conversations', path: `${v1}/search/conversations`, query: { q: 'a', page: 1 } },
		{ operation: 'search:messages', path: `${v1}/search/messages`, query: { q: 'a', page: 1 } },
		{ operation: 'search:articles', path: `${v1}/search/articles`, query: { q: 'a', page: 1 } },
		{ operation: 'campaign:getAll', path: `${v1}/campaigns`, gives: { campaign: 'id' }, output: campaignOutput },
		{ operation: 'campaign:get', path: `${v1}/campaigns/{campaign}`, output: campaignOutput },
		{ operation: 'campaign:getResults', path: `${v1}/campaigns/{campaign}/analytics/metrics` },
		{ operation: 'campaign:getRecipients', path: `${v1}/campaigns/{campaign}/analytics/contacts` },
		{ operation: 'cannedResponse:getAll', path: `${v1}/canned_responses`, output: cannedResponseOutput },
		{ operation: 'customAttribute:getAll', path: `${v1}/custom_attribute_definitions`, gives: { definition: 'id' }, output: definitionOutput },
		{ operation: 'customAttribute:get', path: `${v1}/custom_attribute_definitions/{definition}`, output: definitionOutput },
		{ operation: 'customFilter:getAll', path: `${v1}/custom_filters`, query: { filter_type: 'conversation' }, gives: { customFilter: 'id' }, output: customFilterOutput },
		{ operation: 'customFilter:get', path: `${v1}/custom_filters/{customFilter}`, output: customFilterOutput },
		{ operation: 'automationRule:getAll', path: `${v1}/automation_rules`, gives: { rule: 'id' }, output: automationRuleOutput },
		{ operation: 'automationRule:get', path: `${v1}/automation_rules/{rule}`, output: automationRuleOutput },
		{ operation: 'macro:getAll', path: `${v1}/macros`, gives: { macro: 'id' }, output: macroOutput },
		{ operation: 'macro:get', path: `${v1}/macros/{macro}`, output: macroOutput },
		{ operation: 'agentBot:getAll', path: `${v1}/agent_bots`, gives: { agentBot: 'id' }, output: agentBotOutput },
		{ operation: 'agentBot:get', path: `${v1}/agent_bots/{agentBot}`, output: agentBotOutput },
		{ operation: 'webhook:getAll', path: `${v1}/webhooks`, output: webhookOutput },
		{ operation: 'integration:getAll', path: `${v1}/integrations/apps`, gives: { integration: 'id' }, output: integrationOutput },
		{ operation: 'integration:get', path: `${v1}/integrations/apps/{integration}`, output: integrationOutput },
		{ operation: 'notification:getAll', path: `${v1}/notifications`, query: { page: 1 }, output: notificationOutput },
		{ operation: 'notification:getUnreadCount', path: `${v1}/notifications/unread_count`, expect: 'anything' },
		{ operation: 'csat:getAll', path: `${v1}/csat_survey_responses`, query: { page: 1 }, output: csatOutput },
		{ operation: 'csat:getMetrics', path: `${v1}/csat_survey_responses/metrics` },
		{ operation: 'helpCenterPortal:getAll', path: `${v1}/portals`, gives: { portal: 'slug' }, output: portalOutput },
		{ operation: 'helpCenterPortal:get', path: `${v1}/portals/{portal}`, output: portalOutput },
		{ operation: 'helpCenterCategory:getAll', path: `${v1}/portals/{portal}/categories`, gives: { category: 'id' }, output: categoryOutput },
		{ operation: 'helpCenterCategory:get', path: `${v1}/portals/{portal}/categories/{category}`, output: categoryOutput },
		{ operation: 'helpCenterArticle:getAll', path: `${v1}/portals/{portal}/articles`, query: { page: 1 }, gives: { article: 'id' }, output: articleOutput },
		{ operation: 'helpCenterArticle:get', path: `${v1}/portals/{portal}/articles/{article}`, output: articleOutput },
		{ operation: 'report:getTimeSeries', path: `${v2}/reports`, query: { metric: 'conversations_count', type: 'account', ...lately } },
		{ operation: 'report:getSummary', path: `${v2}/reports/summary`, query: { type: 'account', ...lately } },
		{ operation: 'report:getAgentLoad', path: `${v2}/reports/conversations`, query: { type: 'agent', page: 1 } },
		{ operation: 'report:getBotMetrics', path: `${v2}/reports/bot_metrics`, query: { ...lately } },
		{ operation: 'report:getInboxLabels', path: `${v2}/reports/inbox_label_matrix`, query: { ...lately } },
		{ operation: 'report:getFirstResponseDistribution', path: `${v2}/reports/first_response_time_distribution`, query: { ...lately } },
		{ operation: 'report:getOutgoingMessages', path: `${v2}/reports/outgoing_messages_count`, query: { group_by: 'agent', ...lately } },
		{ operation: 'report:getOverview', path: `${v2}/summary_reports/agent`, query: { ...lately } },
		{ operation: 'report:getOverview', path: `${v2}/summary_reports/team`, query: { ...lately } },
		{ operation: 'report:getOverview', path: `${v2}/summary_reports/inbox`, query: { ...lately } },
		{ operation: 'report:getOverview', path: `${v2}/summary_reports/label`, query: { ...lately } },
		{ operation: 'report:getOverview', path: `${v2}/summary_reports/channel`, query: { ...lately } },
		{ operation: 'report:getCurrent', path: `${v2}/live_reports/conversation_metrics` },
		{ operation: 'report:getCurrent', path: `${v2}/live_reports/grouped_conversation_metrics`, query: { group_by: 'assignee_id' } },
	];
}
