import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { withoutSecrets } from '../../transport/answers';
import { inboxOutput } from './inbox';
import { inboxSettings, readSettings } from './inbox.fields';

/** `updateInbox`: `PATCH /inboxes/{id}`; the channel itself is set up in Chatwoot. */
export const update = accountOperation<{ body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update inbox',
		description: 'Change name and settings of an inbox; those left empty stay. Administrators only.',
	},
	record: inboxLocator,
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Shop',
			description: 'The new name; left empty, it stays as it is',
		},
		inboxSettings,
	],
	output: inboxOutput,
	read(item) {
		const body = { ...withoutUndefined({ name: item.text('name') }), ...readSettings(item) };
		if (Object.keys(body).length === 0) throw item.refuse('inboxId', 'is given, but no field to change', "Fill in 'Name', or add a setting.");
		return { body };
	},
	run: async ({ id, body }, account) => withoutSecrets(await account.patch(path`/inboxes/${id}`, body)),
});
