import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import type { LostWrites } from '../../../shared/operation/lostWrites';
import { isSameJson } from '../../../shared/values/difference';
import { objectOrEmpty } from '../../../shared/values/read';
import { readAttributes } from '../../descriptions/customAttributes';
import { readConversation } from '../../helpers/conversation';
import type { AccountClient } from '../../transport/client';

/** The account's own fields of conversations. */
export const attributesMapper: INodeProperties = {
	displayName: 'Custom Attributes',
	name: 'customAttributes',
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	noDataExpression: true,
	description: "The account's own conversation fields. Only those with a value are sent.",
	typeOptions: {
		loadOptionsDependsOn: ['account.value'],
		resourceMapper: {
			resourceMapperMethod: 'conversationCustomAttributes',
			mode: 'add',
			valuesLabel: 'Custom Attributes',
			fieldWords: { singular: 'custom attribute', plural: 'custom attributes' },
			addAllFields: true,
			supportAutoMap: false,
			noFieldsError: 'This Chatwoot account has no custom attributes for conversations.',
		},
	},
};

/** The custom attributes to write, from the account's definitions or as JSON. */
export const attributeFields: INodeProperties[] = [
	attributesMapper,
	{
		displayName: 'More Attributes',
		name: 'moreAttributes',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'Other ways to give custom attributes',
		options: [
			{
				displayName: 'Custom Attributes (JSON)',
				name: 'customAttributesJson',
				type: 'json',
				default: '{}',
				description: 'For custom attributes that come from earlier nodes: an object of key and value, such as {"order": "A-5531"}',
			},
		],
	},
];

export function readConversationAttributes(item: Item): IDataObject | undefined {
	return readAttributes(item, 'customAttributes', item.collection('moreAttributes'), 'customAttributesJson');
}

/** The custom attributes that a conversation has now. */
async function currentAttributes(account: AccountClient, id: string): Promise<IDataObject> {
	return objectOrEmpty((await readConversation(account, id)).custom_attributes);
}

/**
 * Sets some custom attributes and keeps the others. Servers from 4.17 on merge by themselves; for others the set is
 * read, changed and written back, which a change by somebody else in between can undo.
 */
export async function mergeAttributes(account: AccountClient, id: string, attributes: IDataObject): Promise<IDataObject> {
	if (!(await account.client.serverIsSurelyAtLeast('4.17'))) return await replaceAttributes(account, id, { ...(await currentAttributes(account, id)), ...attributes });
	return await replaceAttributes(account, id, attributes, { merge: true });
}

/** Takes some custom attributes away, as {@link mergeAttributes} (`removeConversationCustomAttributes`). */
export async function removeAttributes(account: AccountClient, id: string, keys: string[]): Promise<IDataObject> {
	if (await account.client.serverIsSurelyAtLeast('4.17')) {
		// Bots may write the whole set only.
		const answer = await account.exchange({ method: 'POST', path: path`/conversations/${id}/destroy_custom_attributes`, body: { custom_attributes: keys }, idempotent: true, expect: 'anything', accept: [401, 404] });
		if (answer.status < 300) return { conversationId: id, customAttributes: objectOrEmpty(objectOrEmpty(answer.body).custom_attributes ?? (await currentAttributes(account, id))) };
	}
	const current = await currentAttributes(account, id);
	return await replaceAttributes(account, id, Object.fromEntries(Object.entries(current).filter(([key]) => !keys.includes(key))));
}

/** Replaces all custom attributes of a conversation (`setConversationCustomAttributes`). */
export async function replaceAttributes(account: AccountClient, id: string, attributes: IDataObject, more: { merge?: true } = {}): Promise<IDataObject> {
	const { custom_attributes: stored, ...answer } = await account.postAgain<IDataObject>(path`/conversations/${id}/custom_attributes`, { custom_attributes: attributes, ...more });
	// With what the client has remarked on the answer.
	return { ...answer, conversationId: id, customAttributes: objectOrEmpty(stored) };
}

/**
 * Has the attributes of a conversation looked at once more after the last item: the server takes the whole set, or merges
 * it without a lock.
 *
 * @param change what was asked for; null for a key that is taken away
 * @param answer of one of the above; given back
 */
export function lookAgainAtAttributes(account: AccountClient, { id, index, lost }: { id: string; index: number; lost: LostWrites }, change: IDataObject, answer: IDataObject, replaces = false): IDataObject {
	const stored = objectOrEmpty(answer.customAttributes);
	// What the server has not taken is no loss, and is told by the answer.
	const confirmed = Object.fromEntries(Object.entries(change).filter(([key, value]) => (value === null ? !Object.hasOwn(stored, key) : isSameJson(value, stored[key]))));
	lost.wrote(id, {
		record: `conversation ${id}`,
		field: 'Custom Attributes',
		read: async () => await currentAttributes(account, id),
		write: async (missing, current) => await replaceAttributes(account, id, Object.fromEntries(Object.entries({ ...current, ...missing }).filter(([key]) => missing[key] !== null))),
		show: (current) => ({ customAttributes: current }),
	}, confirmed, replaces);
	return lost.gave(id, index, answer);
}
