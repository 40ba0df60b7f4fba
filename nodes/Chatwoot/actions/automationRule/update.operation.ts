import type { IDataObject } from 'n8n-workflow';

import { withoutUndefined } from '../../../shared/values/read';
import { automationRuleLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { longText, textUpTo } from '../../helpers/read';
import type { FormAction } from '../../helpers/uploads';
import { completeActions } from '../../helpers/uploads';
import { automationRuleOutput } from './automationRule';
import { ruleCall } from './automationRule.calls';
import type { FormCondition } from './automationRule.conditions';
import { combineField, conditionsField, eventMisfit, events, completeConditions, readConditions } from './automationRule.conditions';
import { activeField, descriptionField, eventField, nameField, ruleActions } from './automationRule.fields';

/** `updateAutomationRule`: `PATCH /automation_rules/{id}`; conditions and actions are replaced whole. */
export const update = accountOperation<{ body: IDataObject; conditions: FormCondition[]; actions: FormAction[] }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update automation rule',
		description: 'Change a rule, or switch it on and off; fields left empty stay as they are. Administrators only.',
	},
	record: automationRuleLocator,
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [
				{ ...ruleActions.field, description: 'What the rule does, in place of the actions before' },
				activeField,
				{ ...conditionsField, description: 'What has to be true, in place of the conditions before' },
				descriptionField,
				eventField,
				{ ...combineField, description: 'Whether all of the new conditions have to fit, or one of them is enough' },
				nameField,
			],
		},
	],
	output: automationRuleOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const event = fields.choice('event', events);
		const conditions = readConditions(fields, fields.choice('combine', ['and', 'or'] as const) ?? 'and', event);
		const actions = ruleActions.read(fields);
		const body = withoutUndefined({
			name: textUpTo(fields, 'name'),
			description: textUpTo(fields, 'description', longText),
			event_name: event,
			active: fields.boolean('active'),
		});
		item.needsChange('updateFields', body, conditions, actions);
		return { body, conditions, actions };
	},
	async run({ id, body: fields, conditions, actions }, account, { item }) {
		const body: IDataObject = conditions.length ? { ...fields, conditions: await completeConditions(conditions, account) } : fields;
		// Where one of the two stays as it is, only the rule itself tells whether they go together.
		if ((body.conditions === undefined) !== (body.event_name === undefined)) {
			const rule = await ruleCall(account, id, { method: 'GET' });
			const misfit = eventMisfit(body.conditions ?? rule.conditions, body.event_name ?? rule.event_name);
			if (misfit) throw account.http.error(`The conditions do not fit the event of the rule: ${misfit.reason}`, misfit.advice);
		}
		const uploaded = actions.length ? { actions: await completeActions(actions, account, item) } : {};
		return await ruleCall(account, id, { method: 'PATCH', body: { ...body, ...uploaded }, idempotent: true });
	},
});
