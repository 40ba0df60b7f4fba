import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Fields, Item } from '../../../shared/operation/item';
import type { AccountClient } from '../../transport/client';
import { settingFields } from './integration';
import { table } from '../../../shared/values/table';

/** The settings that the chosen integration asks for. */
export const settingsField: INodeProperties = {
	displayName: 'Settings',
	name: 'settings',
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	noDataExpression: true,
	description: 'What the integration asks for. Keys of other services are better given by expression, so that they do not stand in the workflow.',
	typeOptions: {
		loadOptionsDependsOn: ['account.value', 'integrationId.value', 'connectionId.value'],
		resourceMapper: {
			resourceMapperMethod: 'integrationSettings',
			mode: 'add',
			valuesLabel: 'Settings',
			fieldWords: { singular: 'setting', plural: 'settings' },
			addAllFields: true,
			supportAutoMap: false,
			noFieldsError: 'This integration asks for nothing.',
		},
	},
};

/** Settings that come from earlier nodes. */
export const settingsJsonField: INodeProperties = {
	displayName: 'Settings (JSON)',
	name: 'settingsJson',
	type: 'json',
	default: '{}',
	description: 'Further settings, or settings by expression: an object such as {"project_id": "shop"}. They win over those of the form.',
};

export const enabledField: INodeProperties = {
	displayName: 'Enabled',
	name: 'enabled',
	type: 'boolean',
	default: true,
	description: 'Whether the connection works',
};

/** The settings of the form and of the JSON beside it; undefined when nothing is filled in. */
export function readSettings(item: Item, extra: Fields): IDataObject | undefined {
	const settings = { ...item.mapped('settings'), ...extra.object('settingsJson') };
	return Object.keys(settings).length ? settings : undefined;
}

/** The word that calls have for on and off. */
export function readStatus(fields: Fields): 'enabled' | 'disabled' | undefined {
	const enabled = fields.boolean('enabled');
	return enabled === undefined ? undefined : enabled ? 'enabled' : 'disabled';
}

/**
 * Brings settings into the types that the integration asks for: a key file may come as text, a number as well.
 *
 * @throws NodeApiError that names what is missing or does not fit; the server says "Invalid settings data" only
 */
export function settingsFor(app: IDataObject, settings: IDataObject | undefined, account: AccountClient): IDataObject | undefined {
	const fields = settingFields(app);
	const missing = fields.filter(({ name, required }) => required && settings?.[name] === undefined).map(({ label }) => `'${label}'`);
	if (missing.length) throw account.http.error(`'Settings' lacks ${missing.join(' and ')}`, `The integration ${String(app.name ?? app.id)} asks for it.`);
	if (!settings) return undefined;
	return Object.fromEntries(Object.entries(settings).map(([name, value]) => {
		const field = fields.find((one) => one.name === name);
		const typed = toType(field?.type, value);
		if (typed === undefined) throw account.http.error(`'Settings' has a value under '${field!.label}' that is not ${typeNames[field!.type] ?? 'what the integration asks for'}`, 'Check this setting.');
		return [name, typed];
	})) as IDataObject;
}

const typeNames: Record<string, string> = table({ boolean: 'true or false', integer: 'a number', number: 'a number', object: 'a JSON object' });

function toType(type: string | undefined, value: unknown): unknown {
	switch (type) {
		case 'object': return typeof value === 'string' ? asObject(value) : value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
		case 'boolean': return [true, 'true'].includes(value as never) ? true : [false, 'false'].includes(value as never) ? false : undefined;
		case 'integer':
		case 'number': return value !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
		case 'string': return value !== null && typeof value === 'object' ? undefined : String(value);
		default: return value;
	}
}

function asObject(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
