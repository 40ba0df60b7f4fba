import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { macroLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { textUpTo } from '../../helpers/read';
import type { FormAction } from '../../helpers/uploads';
import { completeActions } from '../../helpers/uploads';
import { macroIn, macroOutput } from './macro';
import { macroActions, nameField, visibilities, visibilityField } from './macro.fields';

/** `updateMacro`: `PATCH /macros/{id}`; the actions are replaced whole. */
export const update = accountOperation<{ body: IDataObject; actions: FormAction[] }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update macro',
		description: 'Change a macro; fields left empty stay as they are',
	},
	record: macroLocator,
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [{ ...macroActions.field, description: 'What the macro does, in place of the actions before' }, nameField, visibilityField],
		},
	],
	output: macroOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const body = withoutUndefined({ name: textUpTo(fields, 'name'), visibility: fields.choice('visibility', visibilities) });
		const actions = macroActions.read(fields);
		item.needsChange('updateFields', body, actions);
		return { body, actions };
	},
	async run({ id, body, actions }, account, { item }) {
		// Left out, the visibility is lost, and lists hide the macro.
		const visibility = body.visibility ?? (macroIn(await account.get(path`/macros/${id}`)).visibility === 'global' ? 'global' : 'personal');
		const uploaded = actions.length ? { actions: await completeActions(actions, account, item) } : {};
		return macroIn(await account.patch(path`/macros/${id}`, { ...body, visibility, ...uploaded }));
	},
});
