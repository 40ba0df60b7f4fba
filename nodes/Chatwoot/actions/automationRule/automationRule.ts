import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

const objects = (value: unknown): IDataObject[] => (Array.isArray(value) ? (value as unknown[]).map(objectOrEmpty) : []);

/** An automation rule (`AutomationRule`) in short. */
function simplifyAutomationRule(rule: IDataObject): IDataObject {
	return {
		id: String(rule.id ?? ''),
		name: textOrNull(rule.name),
		description: textOrNull(rule.description),
		event: textOrNull(rule.event_name),
		active: rule.active ?? null,
		conditions: objects(rule.conditions).map(({ attribute_key: field, filter_operator: operator, values, query_operator: next }) => ({
			field: textOrNull(field), operator: textOrNull(operator), values: values ?? null, next: textOrNull(next),
		})),
		actions: objects(rule.actions).map(({ action_name: name, action_params: params }) => ({ action: textOrNull(name), params: Array.isArray(params) ? params : [] })),
		files: objects(rule.files).map(({ filename }) => textOrNull(filename)),
		createdAt: isoOrNull(rule.created_on),
	};
}

export const automationRuleOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyAutomationRule,
	properties: outputProperties(['account_id', 'actions', 'active', 'conditions', 'created_on', 'description', 'event_name', 'files', 'id', 'name']),
};
