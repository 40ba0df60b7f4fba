import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { rowsIn, withoutSecrets } from '../../transport/answers';
import type { AccountClient, ChatwootClient } from '../../transport/client';
import { notInAccount } from '../../transport/unknownRecord';

const hookList = (app: IDataObject): IDataObject[] => (Array.isArray(app.hooks) ? (app.hooks as unknown[]).map(objectOrEmpty) : []);
const secretNames = /key|token|secret|credential|password/i;

/**
 * A connection (`IntegrationHook`) without secrets. Servers of today leave them out themselves; older ones show
 * administrators all settings, keys of other services among them.
 */
export function connectionOf(hook: IDataObject): IDataObject {
	const { settings, ...rest } = withoutSecrets(hook);
	if (settings === undefined) return rest;
	return { ...rest, settings: Object.fromEntries(Object.entries(objectOrEmpty(settings)).filter(([name]) => !secretNames.test(name))) };
}

/** An integration (`IntegrationApp`) without secrets: the address of its sign-in page may carry a signed state. */
export function integrationOf(app: IDataObject): IDataObject {
	const shown = Object.entries(withoutSecrets(app)).filter(([key]) => !['action', 'button'].includes(key));
	return { ...Object.fromEntries(shown), hooks: connectionsOf(app) };
}

export const connectionsOf = (app: IDataObject): IDataObject[] => hookList(app).map(connectionOf);

/** All integrations that the server and the account have switched on (`listIntegrationApps`), asked for once. */
export async function integrations(account: AccountClient): Promise<IDataObject[]> {
	return rowsIn(await account.getOnce('/integrations/apps')).map(objectOrEmpty);
}

/** One integration (`getIntegrationApp`), asked for once. An unknown ID makes the server stumble (500, not 404). */
export async function integration(account: AccountClient, id: string): Promise<IDataObject> {
	const call: Call = { method: 'GET', path: path`/integrations/apps/${id}`, accept: [500] };
	const answer = await account.exchangeOnce(call);
	if (answer.status === 500) {
		const known = await integrations(account).catch(() => undefined);
		if (known === undefined || known.some((app) => app.id === id)) throw account.refusal(answer, call);
		throw notInAccount(account, 'Integration', id, known, { status: answer.status });
	}
	return objectOrEmpty(answer.body);
}

/** The fields that an integration asks for (`settings_json_schema`): names, types, and which have to be there. */
export interface SettingField {
	name: string;
	label: string;
	type: string;
	required: boolean;
	choices: Array<{ name: string; value: string }>;
}

/** Administrators get the form of an integration with it; others see no fields. */
export function settingFields(app: IDataObject): SettingField[] {
	const schema = objectOrEmpty(app.settings_json_schema);
	const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
	const forms = (Array.isArray(app.settings_form_schema) ? (app.settings_form_schema as unknown[]).map(objectOrEmpty) : []);
	return Object.entries(objectOrEmpty(schema.properties)).map(([name, definition]) => {
		const form = forms.find((one) => one.name === name) ?? {};
		const { type, enum: words } = objectOrEmpty(definition);
		const options = Array.isArray(form.options) ? (form.options as unknown[]).map(objectOrEmpty).map(({ label, value }) => ({ name: String(label), value: String(value) })) : [];
		return {
			name,
			label: textOrNull(form.label) ?? name,
			type: String(type ?? 'string'),
			required: required.includes(name),
			choices: options.length ? options : (Array.isArray(words) ? words.map((word) => ({ name: String(word), value: String(word) })) : []),
		};
	});
}

function simplifyIntegration(app: IDataObject): IDataObject {
	return {
		id: String(app.id ?? ''),
		name: textOrNull(app.name),
		description: textOrNull(app.short_description) ?? textOrNull(app.description),
		enabled: app.enabled ?? null,
		connectsTo: textOrNull(app.hook_type),
		connections: hookList(app).length,
	};
}

export const integrationOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyIntegration,
	properties: outputProperties(['allow_multiple_hooks', 'description', 'enabled', 'hook_type', 'hooks', 'id', 'logo', 'name', 'settings_form_schema', 'settings_json_schema', 'short_description', 'visible_properties']),
};

function simplifyConnection(hook: IDataObject): IDataObject {
	const inbox = objectOrEmpty(hook.inbox);
	return {
		id: String(hook.id ?? ''),
		integration: textOrNull(hook.app_id),
		enabled: hook.status ?? null,
		connectsTo: textOrNull(hook.hook_type),
		inboxId: textOrNull(inbox.id),
		inboxName: textOrNull(inbox.name),
	};
}

export const connectionOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyConnection,
	properties: outputProperties(['account_id', 'app_id', 'hook_type', 'id', 'inbox', 'reference_id', 'settings', 'status']),
};
