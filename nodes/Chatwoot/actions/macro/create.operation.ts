import type { IDataObject } from 'n8n-workflow';

import { macroIn, macroOutput } from '../../macro';
import { accountOperation } from '../../operation';
import { requiredUpTo } from '../../texts';
import { actionsField, nameField, readActions, visibilities, visibilityField } from './macro.fields';

/** `createMacro`: `POST /macros`; it belongs to the token's owner. */
export const create = accountOperation<IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create macro',
		description: 'Save steps that agents carry out with one click',
	},
	properties: [{ ...nameField, required: true }, visibilityField, actionsField],
	output: macroOutput,
	read(item) {
		const actions = readActions(item);
		if (!actions) throw item.refuse('actions', 'is empty', 'Add at least one action.');
		return { name: requiredUpTo(item, 'name'), visibility: item.choice('visibility', visibilities) ?? 'personal', actions };
	},
	run: async (body, account) => macroIn(await account.post('/macros', body)),
});
