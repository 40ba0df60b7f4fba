import type { IDataObject } from 'n8n-workflow';

import type { CommonContact } from '../../../shared/contact/contact';
import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { e164OrNull } from '../../../shared/phone/compare';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { withoutClaims } from '../../helpers/claims';
import type { ChatwootClient } from '../../transport/client';

/**
 * A Chatwoot contact (`Contact`, `ContactBase`) as the common contact. Its labels are not part of
 * the record, so `tags` is filled only where they were asked for.
 */
export function toCommonContact(contact: IDataObject, client: ChatwootClient): CommonContact {
	const additional = objectOrEmpty(contact.additional_attributes);
	return {
		id: String(contact.id ?? ''),
		name: textOrNull(contact.name),
		email: textOrNull(contact.email),
		phone: e164OrNull(contact.phone_number),
		externalId: textOrNull(contact.identifier),
		avatarUrl: textOrNull(contact.thumbnail),
		tags: Array.isArray(contact.labels) ? contact.labels.map(String) : [],
		customFields: withoutClaims(contact.custom_attributes),
		notes: textOrNull(additional.description),
		url: client.linkTo(contact, `contacts/${String(contact.id ?? '')}`),
		createdAt: isoOrNull(contact.created_at),
		// Chatwoot tells when a contact was last active, not when it was changed.
		updatedAt: isoOrNull(contact.last_activity_at),
		platform: 'chatwoot',
	};
}

const contactFieldNames = [
	'additional_attributes', 'additional_attributes.city', 'additional_attributes.company_name', 'additional_attributes.country',
	'additional_attributes.description', 'availability_status', 'blocked', 'contact_inboxes', 'created_at', 'custom_attributes', 'email', 'id',
	'identifier', 'last_activity_at', 'name', 'phone_number', 'thumbnail',
];

export const contactOutput: OutputShape<ChatwootClient> = {
	simplify: (contact, client) => ({ ...(toCommonContact(contact, client) as unknown as IDataObject), ...remarksOf(contact) }),
	properties: outputProperties(contactFieldNames),
};

/** What is said of a write only where there is something to say. */
function remarksOf(contact: IDataObject): IDataObject {
	return Object.fromEntries(['leftOut', 'mergedContacts', 'notApplied'].filter((key) => contact[key] !== undefined).map((key) => [key, contact[key]]));
}

/** As {@link contactOutput}, and whether something was written, and what the contact was found by. */
export const changedContactOutput: OutputShape<ChatwootClient> = {
	...contactOutput,
	simplify: (contact, client) => ({
		...(toCommonContact(contact, client) as unknown as IDataObject), changed: contact.changed ?? null, matchedBy: contact.matchedBy ?? null, ...remarksOf(contact),
	}),
};

/** As {@link changedContactOutput}, and whether the contact is new. */
export const createdContactOutput: OutputShape<ChatwootClient> = {
	...contactOutput,
	simplify: (contact, client) => ({
		...(toCommonContact(contact, client) as unknown as IDataObject), created: contact.created ?? null, changed: contact.changed ?? null, matchedBy: contact.matchedBy ?? null, ...remarksOf(contact),
	}),
};
