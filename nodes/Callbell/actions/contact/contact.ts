import type { IDataObject } from 'n8n-workflow';

import type { CommonContact } from '../../../shared/contact/contact';
import type { Item } from '../../../shared/operation/item';
import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { e164OrNull } from '../../../shared/phone/compare';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import type { CallbellClient } from '../../transport/client';

/** A Callbell contact (`Contact`) as the common contact. */
export function toCommonContact(contact: IDataObject): CommonContact {
	return {
		id: String(contact.uuid ?? ''),
		name: textOrNull(contact.name),
		email: emailOf(contact),
		phone: e164OrNull(contact.phoneNumber),
		externalId: null,
		avatarUrl: textOrNull(contact.avatarUrl),
		tags: Array.isArray(contact.tags) ? contact.tags.map(String) : [],
		customFields: readCustomFields(contact),
		notes: textOrNull(contact.note),
		url: textOrNull(contact.href),
		createdAt: isoOrNull(contact.createdAt),
		// Callbell tells no time of change.
		updatedAt: null,
		platform: 'callbell',
	};
}

/** Field label to value; checkbox fields as lists, which Callbell gives as JSON text unless it gives the types too. */
export function readCustomFields(contact: IDataObject): IDataObject {
	const types = objectOrEmpty(contact.customFieldsMetadata);
	return Object.fromEntries(
		Object.entries(objectOrEmpty(contact.customFields)).map(([label, value]) => {
			const typed = objectOrEmpty(types[label]);
			return [label, 'value' in typed ? typed.value : listInText(value)];
		}),
	) as IDataObject;
}

function listInText(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\[.*\]$/s.test(value)) return value;
	try {
		const list: unknown = JSON.parse(value);
		return Array.isArray(list) && list.every((entry) => typeof entry === 'string') ? list : value;
	} catch {
		return value;
	}
}

// Contacts have no e-mail of their own; accounts keep it in a custom field.
function emailOf(contact: IDataObject): string | null {
	const types = objectOrEmpty(contact.customFieldsMetadata);
	const fields = Object.entries(objectOrEmpty(contact.customFields));
	const found = fields.find(([label]) => objectOrEmpty(types[label]).type === 'email') ?? fields.find(([label]) => /^e-?mail$/i.test(label.trim()));
	return textOrNull(found?.[1]);
}

export const contactOutput: OutputShape<CallbellClient> = {
	simplify: (contact) => toCommonContact(contact) as unknown as IDataObject,
	properties: outputProperties([
		'assignedUser', 'avatarUrl', 'blockedAt', 'bsuid', 'channel', 'closedAt', 'conversationHref', 'createdAt', 'customFields',
		'customFieldsMetadata', 'funnelId', 'href', 'name', 'note', 'phoneNumber', 'source', 'tags', 'team', 'uuid',
	]),
};

/** As {@link contactOutput}, and whether something was written, and what the contact was found by. */
export const changedContactOutput: OutputShape<CallbellClient> = {
	...contactOutput,
	simplify: (contact) => ({ ...toCommonContact(contact), changed: contact.changed ?? null, matchedBy: contact.matchedBy ?? null }) as unknown as IDataObject,
};

/** As {@link contactOutput}, and whether the contact is new, whether something was written, and what it was found by. */
export const createdContactOutput: OutputShape<CallbellClient> = {
	...contactOutput,
	simplify: (contact) => ({
		...toCommonContact(contact), created: contact.created ?? null, changed: contact.changed ?? null, matchedBy: contact.matchedBy ?? null,
	}) as unknown as IDataObject,
};

/** The chosen contact: its ID, or a phone with plus sign, which {@link CallbellClient.contactId} looks up. */
export function readContact(item: Item): string {
	const given = item.raw('contactId');
	// The country does not matter: the plus sign says that the country code is there.
	const phone = typeof given === 'string' && given.trim().startsWith('+') ? item.phone('contactId', 'BR') : undefined;
	return phone?.e164 ?? item.requiredLocator('contactId');
}
