import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { keyLabels, personKeys } from '../../../shared/contact/samePerson';
import type { Answer, Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import type { Page } from '../../../shared/http/pagination';
import type { Item } from '../../../shared/operation/item';
import { comparing } from '../../../shared/values/compare';
import { objectOrEmpty, recordsOf } from '../../../shared/values/read';
import { binaryFile } from '../../helpers/uploads';
import type { AccountClient, Orders } from '../../transport/client';
import { labelOf } from '../../transport/errors';
import type { UniqueField } from './contact.people';
import { conditionsOf, filterContacts, keysOf, nameOf, uniqueFields } from './contact.people';

/** The unique fields that an answer to a write says are taken, of those that were sent. */
function takenFields({ status, body: answer }: Answer, body: IDataObject): UniqueField[] {
	const { attributes } = (answer ?? {}) as { attributes?: unknown };
	// To the loser of two at once the server answers 500, without a word.
	const named = (field: string) => status === 500 || (status === 422 && Array.isArray(attributes) && attributes.includes(field));
	return Object.values(uniqueFields).filter((field) => named(field) && body[field] !== undefined);
}

/** The error of a refused write, with the contact that is in the way. */
export async function takenError(account: AccountClient, call: Call, answer: Answer) {
	const body = call.body as IDataObject;
	for (const field of takenFields(answer, body)) {
		// Refused for its form, a value belongs to nobody.
		const [other] = await whoHas(account, { [field]: body[field] });
		if (!other) continue;
		const name = nameOf(other);
		return account.http.error(
			`C${name.slice(1)} has this '${labelOf(field)}' already`,
			`Open it: ${account.link(`contacts/${String(other.id)}`)}. To change it instead, use the operation 'Create or Update' or 'Update'.`,
			answer.status,
		);
	}
	return await account.namedRefusal(answer, call);
}

/** The contacts that have one of the unique fields of a body, whatever the case of an e-mail address. */
async function whoHas(account: AccountClient, body: IDataObject): Promise<IDataObject[]> {
	const found = await filterContacts(account, conditionsOf(keysOf(body)).map((condition) => [condition]));
	const fold = (field: string, value: unknown) => (field === 'email' ? String(value).toLowerCase() : value);
	// The server's idea of equality is looser than ours.
	return found.filter((contact) => Object.values(uniqueFields).some((field) => body[field] !== undefined && fold(field, contact[field]) === fold(field, body[field])));
}

/**
 * The error of a write that was refused for a field that it did not have: two contacts have the same phone, as two
 * creates at once make them, and the server takes no change of either any more.
 *
 * @param sent body of the write
 * @returns undefined when it was refused for something else
 */
export async function twinError(account: AccountClient, id: string, answer: Answer, sent: IDataObject): Promise<NodeApiError | undefined> {
	const { attributes } = (answer.body ?? {}) as { attributes?: unknown };
	if (answer.status !== 422 || !Array.isArray(attributes)) return undefined;
	return await twinsOf(account, id, personKeys.filter((key) => attributes.includes(uniqueFields[key]) && sent[uniqueFields[key]] === undefined).map((key) => uniqueFields[key]));
}

async function twinsOf(account: AccountClient, id: string, fields: UniqueField[]): Promise<NodeApiError | undefined> {
	if (fields.length === 0) return undefined;
	const contact = contactIn(await account.get(path`/contacts/${id}`));
	for (const key of personKeys) {
		const field = uniqueFields[key];
		if (!fields.includes(field) || !contact[field]) continue;
		const others = (await whoHas(account, { [field]: contact[field] })).filter((other) => String(other.id) !== id);
		if (others.length === 0) continue;
		return account.http.error(
			`C${nameOf(contact).slice(1)} and ${others.map(nameOf).join(', ')} have the same ${keyLabels[key]}, and Chatwoot takes no change of either`,
			`Merge them first (operation 'Merge'). Open the other: ${account.link(`contacts/${String(others[0]?.id)}`)}.`,
			422,
		);
	}
	return undefined;
}

/** Does something to a contact; when that is refused because the contact has a twin, the error says so. */
export async function explainingTwins<Result>(account: AccountClient, id: string, doing: () => Promise<Result>): Promise<Result> {
	return await doing().catch(async (error: unknown) => {
		if (error instanceof NodeApiError && error.httpCode === '422') throw (await twinsOf(account, id, Object.values(uniqueFields)).catch(() => undefined)) ?? error;
		throw error;
	});
}

/** The contact in the answers of create (`ContactCreated`), update and get (`ContactPayload`). */
export function contactIn(answer: unknown): IDataObject {
	const payload = ((answer ?? {}) as IDataObject).payload as IDataObject | undefined;
	return (payload?.contact ?? payload ?? answer) as IDataObject;
}

/** Uploads a picture from a binary field; the answer is the contact. */
export async function uploadAvatar(account: AccountClient, id: unknown, item: Item, field: string): Promise<IDataObject> {
	const form = new FormData();
	const { blob, fileName } = await binaryFile(item, field);
	form.append('avatar', blob, fileName);
	return contactIn(await account.send({ method: 'PATCH', path: path`/contacts/${String(id)}`, form, idempotent: true }));
}

/** Contacts on a full page, wherever the server lists them. */
export const contactPageSize = 15;

/** A page of `ContactPage`, where `meta.count` is the total. */
export function contactPage(answer: IDataObject): Page<IDataObject> {
	const total = Number((answer.meta as IDataObject | undefined)?.count);
	const rows = recordsOf(answer.payload);
	return { rows, total: Number.isFinite(total) ? total : undefined };
}

/**
 * How a list of contacts is read again when it may not have been whole: contacts of equal rank, as an import makes them,
 * fall between the pages of one order and not between those of another.
 *
 * @param sort a field, descending with a minus sign
 */
export function contactOrders(sort: string): Orders {
	const by = sort.replace(/^-/, '');
	return {
		sort,
		others: ['-created_at', 'created_at', 'phone_number', 'email', 'name'],
		compare: comparing((contact) => contact[by] ?? objectOrEmpty(contact.additional_attributes)[by], sort.startsWith('-')),
	};
}
