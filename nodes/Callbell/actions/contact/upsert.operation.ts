import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { PeopleSource } from '../../../shared/contact/lookUp';
import { People } from '../../../shared/contact/lookUp';
import { recognise } from '../../../shared/contact/samePerson';
import type { ContactItem } from '../../../shared/contact/source';
import { requiredUnlessIncoming } from '../../../shared/contact/source';
import { path } from '../../../shared/http/httpClient';
import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { LostWrites } from '../../../shared/operation/lostWrites';
import { operation } from '../../../shared/operation/operation';
import { phoneKey } from '../../../shared/phone/compare';
import { textOf } from '../../../shared/values/fieldValue';
import { channelLocator } from '../../descriptions/locators';
import type { CallbellClient } from '../../transport/client';
import { createdContactOutput } from './contact';
import { withTags } from './contact.calls';
import { differenceTo, peopleOf } from './contact.people';
import { assignedUserField, botField, customFieldsByName, customFieldsJson, customFieldsMapper, noteField, readContactFields, tagsField, teamField, whenTypedTagMissing } from './contact.fields';
import { gaveTags } from './contact.tags';
import { contactSourceFields, ownContact, readCallbellItem, readOwnContact, sendContact, withIncoming, withoutAlike } from './contactFromPrevious';

interface Input {
	/** Undefined when the item has its own record only. */
	e164?: string;
	/** ID of the contact of Callbell that the item brings. */
	own?: string;
	channelId?: string;
	tagMode: 'add' | 'replace';
	body: IDataObject;
	contact: ContactItem;
}

/** What the items of a run know, by channel. */
interface State {
	channels: Map<string | undefined, { people: People; source: PeopleSource }>;
	lost: LostWrites;
}

/** `GET /contacts/phone/{phone_number}`, then `PATCH /contacts/{uuid}` or `POST /contacts`. WhatsApp only: nothing else can be looked up. */
export const upsert = operation<CallbellClient, Input, State>({
	option: {
		name: 'Create or Update',
		value: 'upsert',
		action: 'Create or update contact',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
	},
	properties: [
		...contactSourceFields,
		...requiredUnlessIncoming({
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			placeholder: 'e.g. +55 85 98888-7777',
			description: 'The WhatsApp number that tells whether the contact exists, in any common spelling',
		}),
		defaultCountry,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ana Souza',
			description: 'The name of the person or company; needed when the contact does not exist yet',
		},
		tagsField,
		whenTypedTagMissing,
		{
			displayName: 'Tags of Existing Contact',
			name: 'tagMode',
			type: 'options',
			options: [
				{ name: 'Keep and Add', value: 'add', description: 'The contact keeps its tags and gets these too' },
				{ name: 'Replace', value: 'replace', description: 'The contact has only these tags afterwards' },
			],
			default: 'add',
			description: 'What becomes of the tags that the contact already has',
		},
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
				{ ...channelLocator, description: 'The WhatsApp channel to look on and to create the contact on; left out, the main channel' },
				customFieldsJson,
				customFieldsByName,
				noteField,
				teamField,
			],
		},
	],
	output: createdContactOutput,
	read(written) {
		const contact = readCallbellItem(written, 'phone');
		const { item } = contact;
		const own = readOwnContact(written, contact, 'phone');
		if (own === undefined) item.required('phone');
		return {
			e164: item.phone('phone', readCountry(item))?.e164,
			own,
			channelId: item.collection('additionalFields').locator('channelId'),
			tagMode: item.choice('tagMode', ['add', 'replace'] as const) ?? 'add',
			body: readContactFields(item),
			contact,
		};
	},
	orderingKey: ({ e164, own }) => [...(e164 === undefined ? [] : [phoneKey(e164)]), ...(own === undefined ? [] : [own])],
	async begin(callbell, items) {
		const ids = new Set(items.map(({ input }) => input.channelId));
		const channels = new Map([...ids].map((channelId) => {
			const source = peopleOf(callbell, channelId);
			const own = items.filter(({ input }) => input.channelId === channelId);
			return [channelId, { source, people: new People(source, own.map(({ index, input }) => ({ index, keys: input.e164 === undefined ? {} : { phone: input.e164 } }))) }];
		}));
		return await Promise.resolve({ channels, lost: new LostWrites(callbell.http) });
	},
	async run({ e164, own, channelId, tagMode, body: fields, contact: source }, callbell, { item, itemIndex, state }) {
		const { people, source: contacts } = state.channels.get(channelId)!;
		const { body, unsure } = await withIncoming(fields, source, callbell);
		const who = async () => {
			const { record, several } = await recognise({ phone: e164 }, ['phone'], contacts.keysOf, async (key, value) => await people.having(itemIndex, key, value));
			const mine = several?.find(({ uuid }) => uuid === own);
			if (several && !mine) throw callbell.http.error(`Callbell has ${several.length} contacts that fit equally well: ${several.map(({ uuid, name }) => `contact ${textOf(uuid)} (${textOf(name)})`).join(', ')}`, "Pick the one to change with the operation 'Update', under 'Contact'.", 409);
			return mine ?? record;
		};
		const byPhone = await who();
		const known = own === undefined || byPhone?.uuid === own ? undefined : await ownContact(callbell, own, e164);
		if (known && byPhone) throw callbell.http.error(`Contact ${own} is the contact of the item, and contact ${String(byPhone.uuid)} has its phone`, 'These look like two people, so nothing was written.', 409);
		if (!known && e164 === undefined) throw callbell.http.error(`Callbell has no contact ${own}, and the item has no phone to find it by`, 'It may have been deleted, or belong to another account. Fill in the phone, or leave this item out before it reaches the node.', 404);
		const matchedBy = known ? 'id' : 'phone';
		const update = async (found: IDataObject): Promise<IDataObject> => {
			const added = body.tags === fields.tags ? body.tags : withoutAlike(body.tags as string[], found.tags);
			const tags = body.tags === undefined || tagMode === 'replace' ? body.tags : withTags(found.tags, added as string[]);
			const change = differenceTo(found, { ...body, ...(tags === undefined ? {} : { tags }) });
			if (Object.keys(change).length === 0) return { ...found, created: false, changed: false, matchedBy };
			const contact = await sendContact(callbell, { method: 'PATCH', path: path`/contacts/${String(found.uuid)}`, body: change, idempotent: true }, unsure, source.whenMissing);
			people.remember({ ...found, ...contact });
			const answer = { ...contact, created: false, changed: true, matchedBy };
			return change.tags === undefined ? answer : gaveTags(callbell, { uuid: String(found.uuid), index: itemIndex, lost: state.lost }, found, tagMode === 'replace', answer);
		};
		const found = known ?? byPhone;
		if (found) return await update(found);
		if (body.name === undefined) {
			throw item.refuse('name', 'is empty, and Callbell has no contact with this phone yet', 'Fill in a name, so that the contact can be created.');
		}
		const newContact = { source: 'whatsapp', identifier: e164!.slice(1), ...body, ...(channelId ? { channel_uuid: channelId } : {}) };
		const { contact, error } = await sendContact(callbell, { method: 'POST', path: '/contacts', body: newContact }, unsure, source.whenMissing)
			.then((created) => ({ contact: created, error: undefined }), (thrown: unknown) => ({ contact: undefined, error: thrown }));
		if (contact) {
			people.remember({ phoneNumber: e164!, ...contact });
			return { ...contact, created: true, changed: true, matchedBy: null };
		}
		// Refused, somebody else may have been faster; without an answer, it may have been created all the same.
		const status = error instanceof NodeApiError ? Number(error.httpCode ?? 0) : 401;
		if (![0, 400, 409, 422].includes(status) && status < 500) throw error;
		await people.askAgain({ phone: e164! });
		const since = await who();
		if (!since) throw error;
		return { ...(await update(since)), ...(status === 0 || status >= 500 ? { created: null } : {}) };
	},
	end: async ({ lost }) => await lost.finish(),
});
