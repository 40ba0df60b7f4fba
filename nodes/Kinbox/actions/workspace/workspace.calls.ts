import type { AccountCheck } from '../../../shared/operation/accountCheck';
import type { Generation, KinboxClient } from '../../transport/client';
import { businessHoursOutput } from '../businessHours/businessHours';
import { campaignOutput } from '../campaign/campaign';
import { contactOutput } from '../contact/contact';
import { sessionOutput } from '../conversation/conversation';
import { customFieldOutput } from '../customField/customField';
import { dealOutput } from '../deal/deal';
import { messageOutput } from '../message/message';
import { pipelineOutput } from '../pipeline/pipeline';
import { taskOutput } from '../task/task';
import { workspaceOutput } from './workspace';

const few = { limit: 3 };
const hour = 3_600_000;

/**
 * What *Check This Account* asks for with each kind of token: all that the node reads.
 *
 * @param now milliseconds since 1970
 */
export function accountChecks(now: number): Record<Generation, Array<AccountCheck<KinboxClient>>> {
	const lately = { from: new Date(now - hour).toISOString(), to: new Date(now).toISOString() };
	return {
		v1: [
			{ operation: 'contact:getAll', path: '/v1/contacts', query: few, gives: { contact: 'id' }, output: contactOutput },
			{ operation: 'contact:get', path: '/v1/contacts/{contact}', output: contactOutput },
			{ operation: 'customField:getAll', path: '/v1/custom-fields', output: customFieldOutput },
			{ operation: 'tag:getAll', path: '/v1/tags', gives: { tag: 'id' } },
			{ operation: 'tag:get', path: '/v1/tags/{tag}' },
			{ operation: 'product:getAll', path: '/v1/products', query: few, gives: { product: 'id', externalProduct: 'externalId' } },
			{ operation: 'product:get', path: '/v1/products/{product}' },
			{ operation: 'product:getByExternalId', path: '/v1/products/external/{externalProduct}' },
			{ operation: 'pipeline:getAll', path: '/v1/pipelines', gives: { pipeline: 'id' }, output: pipelineOutput },
			{ operation: 'pipeline:get', path: '/v1/pipelines/{pipeline}', output: pipelineOutput },
			{ operation: 'deal:getAll', path: '/v1/deals', query: few, gives: { deal: 'id' }, output: dealOutput },
			{ operation: 'deal:get', path: '/v1/deals/{deal}', output: dealOutput },
			{ operation: 'campaign:getAll', path: '/v1/campaigns', query: few, gives: { campaign: 'id' }, output: campaignOutput },
			{ operation: 'campaign:get', path: '/v1/campaigns/{campaign}', output: campaignOutput },
			{ operation: 'campaign:getRecipients', path: '/v1/campaigns/{campaign}/chunk-leads' },
			{ operation: 'conversation:getAll', path: '/v1/sessions', query: few, gives: { session: 'id', conversation: 'call.customerPlatformId' }, output: sessionOutput },
			{ operation: 'conversation:get', path: '/v1/sessions/{session}', output: sessionOutput },
			{ operation: 'conversation:getMessages', path: '/v1/conversations/{conversation}/messages', query: few, gives: { message: 'id' }, output: messageOutput },
			{ operation: 'message:get', path: '/v1/messages/{message}', output: messageOutput },
			{ operation: 'channel:getAll', path: '/v1/channels', gives: { channel: 'id' } },
			{ operation: 'channel:get', path: '/v1/channels/{channel}' },
			{ operation: 'channel:getTemplates', path: '/v1/channels/{channel}/templates' },
			{ operation: 'group:getAll', path: '/v1/groups', gives: { group: 'id' } },
			{ operation: 'group:get', path: '/v1/groups/{group}' },
			{ operation: 'group:getOperators', path: '/v1/groups/{group}/users' },
			{ operation: 'quickPhrase:getAll', path: '/v1/quick-phrases', gives: { quickPhrase: 'id' } },
			{ operation: 'quickPhrase:get', path: '/v1/quick-phrases/{quickPhrase}' },
		],
		v3: [
			{ operation: 'workspace:get', path: '/v3/workspaces/info', output: workspaceOutput },
			{ operation: 'contact:getAll', path: '/v3/contacts', query: few, gives: { contact: 'id' }, output: contactOutput },
			{ operation: 'contact:get', path: '/v3/contacts/{contact}', output: contactOutput },
			{ operation: 'contact:getAllInRange', path: '/v3/contacts/all', query: { createdAtFrom: lately.from, createdAtTo: lately.to }, output: contactOutput },
			{ operation: 'customField:getAll', path: '/v3/custom-fields', output: customFieldOutput },
			{ operation: 'tag:getAll', path: '/v3/tags', gives: { tag: 'id' } },
			{ operation: 'tag:get', path: '/v3/tags/{tag}' },
			{ operation: 'product:getAll', path: '/v3/products', gives: { product: 'id', externalProduct: 'externalId' } },
			{ operation: 'product:get', path: '/v3/products/{product}' },
			{ operation: 'product:getByExternalId', path: '/v3/products/external/{externalProduct}' },
			{ operation: 'pipeline:getAll', path: '/v3/pipelines', gives: { pipeline: 'id' }, output: pipelineOutput },
			{ operation: 'pipeline:get', path: '/v3/pipelines/{pipeline}', output: pipelineOutput },
			{ operation: 'deal:getAll', path: '/v3/deals', query: few, gives: { deal: 'id' }, output: dealOutput },
			{ operation: 'deal:get', path: '/v3/deals/{deal}', output: dealOutput },
			{ operation: 'task:getAll', path: '/v3/tasks', query: { status: 'all', ...few }, gives: { task: 'id' }, output: taskOutput },
			{ operation: 'task:get', path: '/v3/tasks/{task}', output: taskOutput },
			{ operation: 'campaign:getAll', path: '/v3/campaigns', query: few, gives: { campaign: 'id' }, output: campaignOutput },
			{ operation: 'campaign:get', path: '/v3/campaigns/{campaign}', output: campaignOutput },
			{ operation: 'campaign:getRecipients', path: '/v3/campaigns/{campaign}/chunk-leads' },
			{ operation: 'conversation:getAll', path: '/v3/reports/sessions', query: few, gives: { session: 'id' }, output: sessionOutput },
			{ operation: 'conversation:get', path: '/v3/reports/sessions/{session}', output: sessionOutput },
			{ operation: 'conversation:getAllInRange', path: '/v3/reports/sessions/all', query: lately, output: sessionOutput },
			{ operation: 'operator:getAll', path: '/v3/operators', query: few, gives: { operator: 'id' } },
			{ operation: 'operator:get', path: '/v3/operators/{operator}' },
			{ operation: 'group:getAll', path: '/v3/groups', gives: { group: 'id' } },
			{ operation: 'group:get', path: '/v3/groups/{group}' },
			{ operation: 'businessHours:getAll', path: '/v3/business-hours', gives: { businessHours: 'id' }, output: businessHoursOutput },
			{ operation: 'businessHours:get', path: '/v3/business-hours/{businessHours}', output: businessHoursOutput },
			{ operation: 'quickPhrase:getAll', path: '/v3/quick-phrases', gives: { quickPhrase: 'id' } },
			{ operation: 'quickPhrase:get', path: '/v3/quick-phrases/{quickPhrase}' },
			{ operation: 'dashboard:getAll', path: '/v3/dashboards', gives: { dashboard: 'id' } },
			{ operation: 'dashboard:get', path: '/v3/dashboards/{dashboard}' },
			{ operation: 'dashboard:getSnapshots', path: '/v3/dashboards/{dashboard}/snapshots', query: few, gives: { snapshot: 'id' } },
			{ operation: 'dashboard:getSnapshot', path: '/v3/dashboards/{dashboard}/snapshots/{snapshot}' },
			{ operation: 'report:getOverview', path: '/v3/reports/overview', query: lately },
			{ operation: 'report:getProductivity', path: '/v3/reports/productivity', query: lately },
			{ operation: 'report:getAssignment', path: '/v3/reports/assignment', query: lately },
			{ operation: 'report:getRating', path: '/v3/reports/rating', query: lately },
			{ operation: 'report:getPresenceTimes', path: '/v3/reports/presence/block', query: few },
			{ operation: 'report:getPresenceSummary', path: '/v3/reports/presence/block/dashboard', query: few },
			// Former names: which hosts still have them is not known.
			{ operation: 'report:getPresenceTimes', path: '/v3/reports/presence', query: few },
			{ operation: 'report:getPresenceSummary', path: '/v3/reports/presence/dashboard', query: few },
			{ operation: 'scenario:getAll', path: '/v3/scenarios' },
			{ operation: 'scenario:getAll', path: '/v3/workflows', gives: { scenario: 'id' } },
			{ operation: 'scenario:get', path: '/v3/workflows/{scenario}' },
			{ operation: 'scenario:getLogs', path: '/v3/workflows/{scenario}/logs', query: few },
			{ operation: 'scenario:getTodayReport', path: '/v3/workflows/{scenario}/today-report', query: lately },
			{ operation: 'webhook:getAll', path: '/v3/webhooks', gives: { webhook: 'id' } },
			{ operation: 'webhook:get', path: '/v3/webhooks/{webhook}' },
		],
	};
}
