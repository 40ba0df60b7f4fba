import type { IDataObject } from 'n8n-workflow';

import { macroIn, macroOutput } from './macro';
import { accountOperation } from '../../helpers/accountOperation';
import { requiredUpTo } from '../../helpers/read';
import type { FormAction } from '../../helpers/uploads';
import { completeActions } from '../../helpers/uploads';
import { macroActions, nameField, visibilities, visibilityField } from './macro.fields';

/** `createMacro`: `POST /macros`; it belongs to the token's owner. */
export const create = accountOperation<{ body: IDataObject; actions: FormAction[] }>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create macro',
		description: 'Save steps that agents carry out with one click',
	},
	properties: [{ ...nameField, required: true }, visibilityField, macroActions.field],
	output: macroOutput,
	read(item) {
		const actions = macroActions.read(item);
		if (actions.length === 0) throw item.refuse('actions', 'is empty', 'Add at least one action.');
		return { body: { name: requiredUpTo(item, 'name'), visibility: item.choice('visibility', visibilities) ?? 'personal' }, actions };
	},
	unordered: 'Each item makes a record of its own',
	run: async ({ body, actions }, account, { item }) => macroIn(await account.post('/macros', { ...body, actions: await completeActions(actions, account, item) })),
});
