import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** An account (`Account`) in short. */
function simplifyAccount(account: IDataObject): IDataObject {
	return {
		id: String(account.id ?? ''),
		name: textOrNull(account.name),
		status: textOrNull(account.status),
		locale: textOrNull(account.locale),
		domain: textOrNull(account.domain),
		supportEmail: textOrNull(account.support_email),
		features: Object.entries(objectOrEmpty(account.features)).filter(([, on]) => on === true).map(([name]) => name).sort(),
		settings: objectOrEmpty(account.settings),
		customAttributes: objectOrEmpty(account.custom_attributes),
		createdAt: isoOrNull(account.created_at),
	};
}

export const accountOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyAccount,
	properties: outputProperties([
		'created_at', 'custom_attributes', 'domain', 'features', 'id', 'latest_chatwoot_version', 'locale', 'name', 'settings', 'status', 'support_email',
	]),
};
