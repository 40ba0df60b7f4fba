import type { IDataObject } from 'n8n-workflow';

import type { Answer, Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import { isSamePhone, phoneKey, phoneSpellings } from '../../../shared/phone/compare';
import { binaryFile } from '../../helpers/uploads';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { labelOf } from '../../transport/errors';

/** The fields of which no two contacts of an account can have the same. */
export const uniqueFields = ['email', 'phone_number', 'identifier'] as const;
export type UniqueField = (typeof uniqueFields)[number];

/**
 * Finds the contact with an exact e-mail, phone or identifier (`filterContacts`). A phone is also found in its
 * other spelling ({@link phoneSpellings}), when nobody has the given one.
 *
 * @returns undefined when there is none
 */
export async function findContact(account: AccountClient, field: UniqueField, value: unknown): Promise<IDataObject | undefined> {
	const wanted = field === 'phone_number' ? phoneSpellings(String(value)) : [String(value).toLowerCase()];
	const found = rowsIn(await account.postAgain('/contacts/filter', {
		payload: (field === 'identifier' ? [String(value)] : wanted).map((one, index, all) => ({
			attribute_key: field, filter_operator: 'equal_to', values: [one], ...(index < all.length - 1 ? { query_operator: 'OR' } : {}),
		})),
	}, { sort: 'created_at' }));
	for (const one of wanted) {
		// The server's idea of equality is looser than ours.
		const contact = found.find((candidate) => String(candidate[field] ?? '').toLowerCase() === one);
		if (contact) return contact;
	}
	return undefined;
}

/** The unique fields that a body has, in the order in which contacts are looked for. */
export function readUniqueFields(body: IDataObject): UniqueField[] {
	return (['phone_number', 'email', 'identifier'] as const).filter((field) => body[field] !== undefined);
}

/** The contact that has the first of the fields that Chatwoot knows. */
export async function findFirstContact(account: AccountClient, fields: UniqueField[], body: IDataObject): Promise<IDataObject | undefined> {
	for (const field of fields) {
		const found = await findContact(account, field, body[field]);
		if (found) return found;
	}
	return undefined;
}

/** A body without its phone when the contact has the same number in the other spelling: WhatsApp knows it by that. */
export function withoutOtherSpelling(body: IDataObject, found: IDataObject): IDataObject {
	const { phone_number: phone, ...rest } = body;
	return phone !== found.phone_number && isSamePhone(phone, found.phone_number) ? rest : body;
}

/** Orders the writes that may concern one contact, by the field it is looked for. */
export function matchKey(field: UniqueField, value: unknown): string {
	return `${field} ${field === 'phone_number' ? phoneKey(String(value)) : String(value).toLowerCase()}`;
}

/** The unique fields that an answer to a write says are taken; empty when it says something else. */
export function takenFields(answer: Answer, body: IDataObject): UniqueField[] {
	const { attributes } = (answer.body ?? {}) as { attributes?: unknown };
	if (answer.status !== 422 || !Array.isArray(attributes)) return [];
	return uniqueFields.filter((field) => attributes.includes(field) && body[field] !== undefined);
}

/**
 * Sends a contact; when its e-mail, phone or identifier is taken, the error says which contact has
 * it already.
 */
export async function writeContact(account: AccountClient, call: Call): Promise<IDataObject> {
	const answer = await account.exchange({ ...call, accept: [422] });
	if (answer.status < 300) return contactIn(answer.body);
	throw await takenError(account, call, answer);
}

/** The error of a refused write, with the contact that is in the way. */
export async function takenError(account: AccountClient, call: Call, answer: Answer) {
	const body = call.body as IDataObject;
	for (const field of takenFields(answer, body)) {
		// Refused for its form, a value belongs to nobody.
		const other = await findContact(account, field, body[field]);
		if (!other) continue;
		const name = other.name ? ` (${String(other.name)})` : '';
		return account.http.error(
			`Contact ${String(other.id)}${name} has this '${labelOf(field)}' already`,
			`Open it: ${account.link(`contacts/${String(other.id)}`)}. To change it instead, use the operation 'Create or Update' or 'Update'.`,
			answer.status,
		);
	}
	return account.refusal(answer, call);
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
