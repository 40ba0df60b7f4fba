import type { IDataObject } from 'n8n-workflow';

import { withoutUndefined } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { longText, requiredUpTo, textUpTo } from '../../helpers/read';
import type { FormAction } from '../../helpers/uploads';
import { completeActions } from '../../helpers/uploads';
import { automationRuleOutput } from './automationRule';
import type { FormCondition } from './automationRule.conditions';
import { combineField, conditionsField, events, completeConditions, readConditions } from './automationRule.conditions';
import { activeField, descriptionField, eventField, nameField, ruleActions } from './automationRule.fields';

/** `createAutomationRule`: `POST /automation_rules`; this answer alone is not wrapped. */
export const create = accountOperation<{ body: IDataObject; conditions: FormCondition[]; actions: FormAction[] }>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create automation rule',
		description: 'Make a rule that acts on conversations by itself; it works at once. Administrators only.',
	},
	properties: [
		{ ...nameField, required: true },
		eventField,
		combineField,
		conditionsField,
		ruleActions.field,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the rule',
			options: [activeField, descriptionField],
		},
	],
	output: automationRuleOutput,
	read(item) {
		const event = item.choice('event', events) ?? 'conversation_created';
		const actions = ruleActions.read(item);
		if (actions.length === 0) throw item.refuse('actions', 'is empty', 'Add at least one action.');
		const extra = item.collection('additionalFields');
		return {
			actions,
			body: withoutUndefined({
				name: requiredUpTo(item, 'name'),
				description: textUpTo(extra, 'description', longText),
				event_name: event,
				active: extra.boolean('active'),
			}),
			conditions: readConditions(item, item.choice('combine', ['and', 'or'] as const) ?? 'and', event),
		};
	},
	unordered: 'Each item makes a record of its own',
	run: async ({ body, conditions, actions }, account, { item }) => await account.post('/automation_rules', { ...body, conditions: await completeConditions(conditions, account), actions: await completeActions(actions, account, item) }),
});
