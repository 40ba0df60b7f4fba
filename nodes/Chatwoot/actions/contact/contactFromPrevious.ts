import type { IDataObject } from 'n8n-workflow';

import { matchFields, type AccountField, type MatchedFields } from '../../../shared/contact/customFields';
import { noteLeftOut, noteUnread } from '../../../shared/contact/leftOut';
import type { OwnRecord } from '../../../shared/contact/ownRecord';
import { readOwnRecord } from '../../../shared/contact/ownRecord';
import type { ContactItem, WhenMissing } from '../../../shared/contact/source';
import { contactSource, isFilledIn, previousNodeFields, readContactItem } from '../../../shared/contact/source';
import type { Call } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import { habitsOf } from '../../../shared/operation/country';
import { convertFieldValue, kindOfValue, type FieldKind } from '../../../shared/values/fieldValue';
import { findByName, foldName } from '../../../shared/values/names';
import { labelsOf } from '../../helpers/labels';
import { fieldOf, fitAttributes, tellUndefined } from '../../helpers/attributes';
import type { AccountClient } from '../../transport/client';
import { rowsIn } from '../../transport/answers';
import { ReadOnce } from '../../../shared/values/readOnce';

const choices: WhenMissing[] = ['create', 'fail', 'skip'];

/** Contact Data and what belongs to it. */
export const contactSourceFields = [
	contactSource,
	...previousNodeFields(
		'What goes where: name → Name, e-mail → Email, phone → Phone, external ID → Identifier, tags → labels of the same name (added to those the contact has), custom fields → Custom Attributes of the same name, '
		+ 'notes → Description, picture → Avatar URL. What you fill in below is sent instead; what you leave empty comes from the previous node.',
		choices,
	),
];

/** The item with its empty contact fields filled from the contact that it brings. */
export function readChatwootItem(item: Item): ContactItem {
	return readContactItem(
		item,
		({ name, phone, email, externalId, avatarUrl, notes }) => ({
			name, phone, email, identifier: externalId,
			additionalFields: Object.fromEntries(Object.entries({ avatarUrl, description: notes }).filter(([, value]) => value !== undefined)),
		}),
		{ name: 'name', phone: 'phone', email: 'email', identifier: 'externalId' },
		['contactId', 'name', 'phone', 'email', 'identifier'],
		choices,
	);
}

/**
 * The contact of Chatwoot that the item brings, whatever it is known by.
 *
 * @returns undefined when somebody typed a phone, an e-mail address or an identifier: then these tell who is meant
 */
export function readOwnContact(written: Item, { incoming }: ContactItem): OwnRecord | undefined {
	if (!incoming || ['phone', 'email', 'identifier'].some((name) => isFilledIn(written.raw(name)))) return undefined;
	return readOwnRecord(written.json, 'chatwoot');
}

const typesByKind: Partial<Record<FieldKind, string>> = { boolean: 'checkbox', day: 'date', number: 'number' };

/** The custom attributes of an account, read once for a run; what the run makes is added. */
class AccountNames {
	private readonly fields = new ReadOnce<'attributes'>();
	private readonly making = new ReadOnce<string>();
	/** The last thing that is being made. */
	private last: Promise<unknown> = Promise.resolve();

	constructor(private readonly account: AccountClient) {}

	async attributes(): Promise<AccountField[]> {
		return await this.fields.get('attributes', async () => await this.readAttributes());
	}

	private async readAttributes() {
		return rowsIn(await this.account.get('/custom_attribute_definitions', { attribute_model: 'contact_attribute' })).map(fieldOf);
	}

	/** Makes a custom attribute of contacts, of the type that holds the value. */
	async makeAttribute(name: string, value: unknown): Promise<AccountField> {
		const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_|_$/g, '');
		return await this.once(`attribute ${foldName(name)}`, async () => {
			for (const key of [plain, `contact_${plain}`]) {
				const call: Call = {
					method: 'POST', path: '/custom_attribute_definitions', accept: [422],
					body: {
						attribute_display_name: name.trim().slice(0, 255), attribute_key: key, attribute_model: 'contact_attribute', attribute_description: name.trim().slice(0, 255),
						attribute_display_type: /^https?:\/\/\S+$/i.test(String(value)) ? 'link' : (typesByKind[kindOfValue(value)] ?? 'text'),
					},
				};
				const answer = await this.account.exchange(call);
				const fields = answer.status < 300 ? [...await this.attributes(), fieldOf(answer.body as IDataObject)] : await this.readAttributes();
				const field = findByName(fields, name, ({ names }) => names);
				this.fields.set('attributes', fields);
				if (field) return field;
				// Keys such as "city" belong to Chatwoot; the second key is free.
				if (key !== plain || plain === '') throw this.account.refusal(answer, call);
			}
			throw this.account.http.error(`Chatwoot has no custom attribute '${name}'`);
		});
	}

	/** Several items may need the same new thing at once. */
	private async once<Value>(key: string, make: () => Promise<Value>): Promise<Value> {
		return await this.making.get(key, async () => {
			// One after the other: each adds to the lists.
			const making = this.last.catch(() => {}).then(make);
			this.last = making;
			return await making;
		});
	}
}

const namesOfAccounts = new WeakMap<AccountClient, AccountNames>();

function namesOf(account: AccountClient): AccountNames {
	const names = namesOfAccounts.get(account) ?? new AccountNames(account);
	namesOfAccounts.set(account, names);
	return names;
}

/**
 * Adds the contact's custom fields to a body, under the account's keys; those of the body win. Gives the labels to add
 * to the contact once it is written. What is missing in the account is made, left out or refused, as the person chose.
 *
 * @throws NodeOperationError when something is missing and the person chose to fail
 */
export async function withIncoming(written: IDataObject, { item, incoming, whenMissing }: ContactItem, account: AccountClient): Promise<{ body: IDataObject; labels: string[] }> {
	const { values: custom, undefinedNames } = await fitAttributes(account, 'contact_attribute', written.custom_attributes as IDataObject | undefined, item, item.collection('additionalFields'));
	if (!incoming) {
		tellUndefined(account, undefinedNames);
		return { body: custom === undefined ? written : { ...written, custom_attributes: custom }, labels: [] };
	}
	// What was given as JSON and nobody has defined becomes what the person chose, as the contact's own does.
	const loose: Array<[string, unknown]> = undefinedNames.map((name) => [name, custom![name]]);
	const body = Object.fromEntries(Object.entries(written).filter(([key]) => key !== 'custom_attributes'));
	const defined = Object.fromEntries(Object.entries(custom ?? {}).filter(([name]) => !undefinedNames.includes(name)));
	noteUnread(account.http, incoming.unread);
	const names = namesOf(account);
	const titles = incoming.tags.length ? ((await labelsOf(account).all()) ?? []).map(({ title }) => title) : [];
	const found = incoming.tags.map((tag) => ({ tag, title: findByName(titles, tag, (title) => [title]) }));
	const missingTags = found.filter(({ title }) => title === undefined).map(({ tag }) => tag);
	const hasFields = Object.keys(incoming.customFields).length + Object.keys(incoming.columns).length > 0;
	const nothing: MatchedFields = { values: {}, missing: [], unfit: [], unused: [] };
	const { values, missing: unknown, unfit, unused } = hasFields ? matchFields(incoming, await names.attributes(), habitsOf(item)) : nothing;
	const missing = [...unknown.filter(([name]) => !undefinedNames.includes(name)), ...loose];

	const lacking = [...missingTags.map((tag) => `label '${tag}'`), ...missing.map(([name]) => `custom attribute '${name}'`)];
	if (whenMissing === 'fail' && lacking.length) {
		throw item.refuse('whenMissing', `is 'Fail', and the Chatwoot account has no ${lacking.join(', no ')}`, 'Make it in Chatwoot under Settings, or choose to create or skip what is missing.');
	}
	const labels = found.flatMap(({ title }) => title ?? []);
	if (whenMissing === 'create') {
		for (const tag of missingTags) {
			const title = await labelsOf(account).make(tag);
			if (title === undefined) noteLeftOut(account.http, item, 'Chatwoot labels need two letters or digits, so these tags were left out', [[tag, tag]], 'Chatwoot labels need two letters or digits');
			else labels.push(title);
		}
		for (const [name, value] of missing) {
			const field = await names.makeAttribute(name, value);
			const converted = convertFieldValue(value, field, habitsOf(item));
			if ('problem' in converted) unfit.push([name, value, converted.problem]);
			else values[field.id] = converted.value;
		}
	} else {
		noteLeftOut(account.http, item, 'The Chatwoot account has no labels of these names, so they were left out', missingTags.map((tag) => [tag, tag]), 'is a tag, and the Chatwoot account has no label of this name');
		noteLeftOut(account.http, item, 'The Chatwoot account has no custom attributes of these names, so they were left out', missing, 'the Chatwoot account has no custom attribute of this name');
	}
	noteLeftOut(account.http, item, 'The Chatwoot custom attributes of these names cannot hold the values, so they were left out', unfit, '');
	noteLeftOut(account.http, item, 'These columns are no custom attributes in Chatwoot, so they were left out', unused, 'is no custom attribute in Chatwoot');
	const attributes = { ...values, ...defined };
	return {
		body: Object.keys(attributes).length ? { ...body, custom_attributes: attributes } : body,
		labels: [...new Set(labels)],
	};
}
