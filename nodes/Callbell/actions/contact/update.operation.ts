import type { IDataObject } from 'n8n-workflow';

import type { ContactItem } from '../../../shared/contact/source';
import { isFilledIn, requiredUnlessIncoming } from '../../../shared/contact/source';
import { path } from '../../../shared/http/httpClient';
import { defaultCountry, readCountry } from '../../../shared/operation/country';
import type { Item } from '../../../shared/operation/item';
import { LostWrites } from '../../../shared/operation/lostWrites';
import { operation } from '../../../shared/operation/operation';
import { contactLocator } from '../../descriptions/locators';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';
import { changedContactOutput, readContact } from './contact';
import { differenceTo } from './contact.people';
import { assignedUserField, botField, customFieldsByName, customFieldsJson, customFieldsMapper, noteField, readContactFields, tagsField, teamField, whenTypedTagMissing } from './contact.fields';
import { gaveTags } from './contact.tags';
import { contactSourceFields, ownContact, readCallbellItem, readOwnContact, sendContact, withIncoming, withoutAlike } from './contactFromPrevious';
import { withTags } from './contact.calls';

interface Input {
	/** ID, or phone with plus sign; undefined when the item has its own record only. */
	id?: string;
	/** ID of the contact of Callbell that the item brings. */
	own?: string;
	body: IDataObject;
	contact: ContactItem;
}

/** `PATCH /contacts/{uuid}` with all fields of `ContactUpdate`; the phone number cannot be changed. */
export const update = operation<CallbellClient, Input, LostWrites>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update contact',
		description: 'Change fields of a contact; fields left empty stay as they are. The phone number cannot be changed.',
	},
	properties: [
		...contactSourceFields,
		...requiredUnlessIncoming(contactLocator, 'The contact to change; left empty, it is found by its phone on the main WhatsApp channel'),
		{ ...defaultCountry, displayOptions: { show: { contactSource: ['previousNode'] } } },
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ana Souza',
			description: 'The new name; left empty, it stays as it is',
		},
		{ ...tagsField, description: `These tags replace all tags of the contact; to keep the others, use Add Tags. ${tagsField.description}` },
		whenTypedTagMissing,
		customFieldsMapper,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the contact',
			options: [
				assignedUserField,
				botField,
				{
					displayName: 'Clear Note',
					name: 'clearNote',
					type: 'boolean',
					default: false,
					description: 'Whether to remove the note of the contact',
				},
				customFieldsJson,
				customFieldsByName,
				noteField,
				teamField,
				{
					displayName: 'Unassign User',
					name: 'unassignUser',
					type: 'boolean',
					default: false,
					description: 'Whether to take the contact away from its assigned user',
				},
			],
		},
	],
	output: changedContactOutput,
	read(written) {
		const contact = readCallbellItem(written, 'contactId');
		const { item, incoming } = contact;
		const own = readOwnContact(written, contact, 'contactId');
		const id = incoming && !isFilledIn(written.raw('contactId')) ? readPhone(item, own !== undefined) : readContact(item);
		const extra = item.collection('additionalFields');
		const body = readContactFields(item);
		if (extra.boolean('unassignUser')) {
			if (body.assigned_user !== undefined) throw item.refuseLabel('Unassign User', "is on, but 'Assigned User Email' is filled in too", 'Use one of the two.');
			body.unassign_user = true;
		}
		if (extra.boolean('clearNote')) {
			if (body.note !== undefined) throw item.refuseLabel('Clear Note', "is on, but 'Note' is filled in too", 'Use one of the two.');
			body.note = '';
		}
		if (Object.keys(body).length === 0 && !incoming) {
			throw item.refuse('contactId', 'is given, but no field to change', 'Fill in at least one field of the contact.');
		}
		return { id, own, body, contact };
	},
	orderingKey: async ({ id, own }, callbell) => [...(own === undefined ? [] : [own]), ...(id === undefined ? [] : [await callbell.contactKey(id)])],
	begin: async (callbell) => await Promise.resolve(new LostWrites(callbell.http)),
	async run({ id, own, body: fields, contact }, callbell, { itemIndex, state }) {
		const { body, unsure } = await withIncoming(fields, contact, callbell);
		const known = own === undefined ? undefined : await ownContact(callbell, own, id);
		if (!known && id === undefined) throw callbell.http.error(`Callbell has no contact ${own}`, 'It may have been deleted, or belong to another account.', 404);
		const uuid = known ? own! : await callbell.contactId(id!);
		const address = path`/contacts/${uuid}`;
		const found = known ?? contactIn(await callbell.get(address));
		// Tags that somebody typed replace all; those of the previous node are added.
		const tags = body.tags === fields.tags ? body.tags : withTags(found.tags, withoutAlike(body.tags as string[], found.tags));
		const change = differenceTo(found, { ...body, ...(tags === undefined ? {} : { tags }) });
		const matchedBy = known || !id?.startsWith('+') ? 'id' : 'phone';
		if (Object.keys(change).length === 0) return { ...found, changed: false, matchedBy };
		const answer = { ...(await sendContact(callbell, { method: 'PATCH', path: address, body: change, idempotent: true }, unsure, contact.whenMissing)), changed: true, matchedBy };
		return change.tags === undefined ? answer : gaveTags(callbell, { uuid, index: itemIndex, lost: state }, found, body.tags === fields.tags, answer);
	},
	end: async (lost) => await lost.finish(),
});

/** The phone of the contact that the item brings. */
function readPhone(item: Item, isKnown: boolean): string | undefined {
	const phone = item.phone('contactId', readCountry(item));
	if (!phone && !isKnown) throw item.refuse('contactId', 'is empty, and the contact of the item has no phone to find it by', 'Drag the ID of the Callbell contact into the field.');
	return phone?.e164;
}
