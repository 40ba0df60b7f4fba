import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { connectionLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { connectionOf, connectionOutput, connectionsOf, integrations } from './integration';
import { enabledField, readSettings, readStatus, settingsField, settingsFor, settingsJsonField } from './integration.fields';

/** `updateIntegrationHook`: `PATCH /integrations/hooks/{id}`; the settings are replaced whole. */
export const updateConnection = accountOperation<{ status?: string; settings?: IDataObject }>({
	option: {
		name: 'Update Connection',
		value: 'updateConnection',
		action: 'Update connection of integration',
		description: 'Switch a connection on or off, or give it new settings in place of all the old ones. Administrators only.',
	},
	record: connectionLocator,
	properties: [
		{ ...settingsField, description: 'New settings in place of all the old ones: give every one that counts, keys too. Left empty, the settings stay.' },
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change besides',
			options: [enabledField, settingsJsonField],
		},
	],
	output: connectionOutput,
	read(item) {
		const extra = item.collection('updateFields');
		const input = { status: readStatus(extra), settings: readSettings(item, extra) };
		if (input.status === undefined && input.settings === undefined) throw item.refuse('updateFields', 'is empty', "Add 'Enabled', or fill in the settings.");
		return { ...input };
	},
	async run({ id, status, settings }, account) {
		const app = settings && (await integrations(account)).find((one) => connectionsOf(one).some((hook) => String(hook.id) === id));
		const body = withoutUndefined({ status, settings: app ? settingsFor(app, settings, account) : settings });
		return connectionOf(await account.patch(path`/integrations/hooks/${id}`, body));
	},
});
