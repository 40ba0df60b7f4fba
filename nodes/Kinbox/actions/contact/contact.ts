import type { IDataObject } from 'n8n-workflow';

import type { CommonContact } from '../../../shared/contact/contact';
import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { e164OrNull } from '../../../shared/phone/compare';
import { isoOrNull, textOrNull } from '../../../shared/values/read';
import { unwrapCustomFields } from '../../helpers/customFields';
import type { KinboxClient } from '../../transport/client';

/** A Kinbox contact (v3 `V3Contact`, v1 `Contact`) as the common contact. */
export function toCommonContact(contact: IDataObject): CommonContact {
	return {
		id: String(contact.id ?? contact._id ?? ''),
		name: textOrNull(contact.name),
		email: textOrNull(contact.email),
		phone: e164OrNull(contact.phone),
		externalId: textOrNull(contact.externalId),
		avatarUrl: textOrNull(contact.avatar),
		// Kinbox tags conversations and deals, not contacts.
		tags: [],
		customFields: unwrapCustomFields(contact.customFields),
		notes: textOrNull(contact.notes),
		url: null,
		createdAt: isoOrNull(contact.createdAt),
		updatedAt: isoOrNull(contact.updatedAt ?? contact.lastUpdateAt),
		platform: 'kinbox',
	};
}

export const contactOutput: OutputShape<KinboxClient> = {
	simplify: (contact) => toCommonContact(contact) as unknown as IDataObject,
	properties: outputProperties([
		'_id', 'avatar', 'createdAt', 'crmData', 'customFields', 'email', 'externalId', 'facebookId', 'hasConversation', 'id',
		'instagramId', 'isImported', 'isPrivate', 'lastUpdateAt', 'location', 'name', 'newContact', 'notes', 'origin', 'phone',
		'telegramId', 'updatedAt', 'workspaceId',
	]),
};

/** What is said of a write only where there is something to say. */
function remarksOf({ leftOut }: IDataObject): IDataObject {
	return leftOut === undefined ? {} : { leftOut };
}

/** As {@link contactOutput}, and whether something was written, and what the contact was found by. */
export const changedContactOutput: OutputShape<KinboxClient> = {
	...contactOutput,
	simplify: (contact) => ({ ...toCommonContact(contact), changed: contact.changed ?? null, matchedBy: contact.matchedBy ?? null, ...remarksOf(contact) }) as unknown as IDataObject,
};

/** As {@link changedContactOutput}, and whether the contact is new. */
export const createdContactOutput: OutputShape<KinboxClient> = {
	...contactOutput,
	simplify: (contact) => ({
		...toCommonContact(contact), created: contact.created ?? null, changed: contact.changed ?? null, matchedBy: contact.matchedBy ?? null, ...remarksOf(contact),
	}) as unknown as IDataObject,
};
