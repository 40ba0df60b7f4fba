import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { inboxLocator, locatorAs, integrationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { connectionOf, connectionOutput, integration } from './integration';
import { enabledField, readSettings, readStatus, settingsField, settingsFor, settingsJsonField } from './integration.fields';

/** `createIntegrationHook`: `POST /integrations/hooks`. */
export const connect = accountOperation<{ app: string; inbox?: string; status?: string; settings?: IDataObject }>({
	option: {
		name: 'Connect',
		value: 'connect',
		action: 'Connect integration',
		description: 'Connect the account or one of its inboxes with an integration; those that need a sign-in page are connected in Chatwoot. Administrators only.',
	},
	properties: [
		integrationLocator,
		locatorAs(inboxLocator, { description: 'The inbox to connect, for integrations that work in one inbox such as Dialogflow; left empty for others', optional: true }),
		settingsField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the connection',
			options: [enabledField, settingsJsonField],
		},
	],
	output: connectionOutput,
	read(item) {
		const extra = item.collection('additionalFields');
		return { app: item.requiredLocator('integrationId'), inbox: item.numericId('inboxId'), status: readStatus(extra), settings: readSettings(item, extra) };
	},
	orderingKey: ({ app }) => app,
	async run({ app: id, inbox, status, settings }, account) {
		// The server stores a connection of an integration or an inbox that it does not know.
		const app = await integration(account, id);
		// Those without a form are signed in to, or have a resource of their own (webhooks). Only administrators get the forms.
		if (app.hook_type !== undefined && !Array.isArray(app.settings_form_schema)) {
			throw account.http.error(`'Integration' ${String(app.name ?? id)} is connected on a page of Chatwoot only`, 'Connect it there, under Settings > Integrations.');
		}
		if (app.hook_type === 'inbox' && inbox === undefined) throw account.http.error("'Inbox' is empty", `The integration ${String(app.name ?? id)} works in one inbox: pick it.`);
		if (inbox !== undefined) await account.getOnce(path`/inboxes/${inbox}`);
		const body = withoutUndefined({ app_id: id, inbox_id: inbox === undefined ? undefined : Number(inbox), status, settings: settingsFor(app, settings, account) });
		return connectionOf(await account.post('/integrations/hooks', body));
	},
});
