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

/** As {@link contactOutput}, and whether the contact was created or updated. */
export const createdContactOutput: OutputShape<KinboxClient> = {
	simplify: (contact) => ({ ...toCommonContact(contact), created: contact.created === true }) as unknown as IDataObject,
	properties: contactOutput.properties,
};
