import type { IDataObject } from 'n8n-workflow';

import { isSameValue, personKeys } from '../../../shared/contact/samePerson';
import type { QueryValue } from '../../../shared/http/httpClient';
import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { operation } from '../../../shared/operation/operation';
import { phoneSpellings } from '../../../shared/phone/compare';
import type { KinboxClient } from '../../transport/client';
import { contactOutput } from './contact';
import { keysOf } from './contact.people';

interface Input {
	limit?: number;
	filters: Record<'createdAtFrom' | 'createdAtTo' | 'email' | 'externalId' | 'name' | 'newContact' | 'origin' | 'phone' | 'search', QueryValue>;
}

/** `GET /v3/contacts` (offset) or `GET /v1/contacts` (cursor). */
export const getAll = operation<KinboxClient, Input>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many contacts',
		description: 'Get many contacts, also by phone, e-mail or date of creation',
	},
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which contacts to return; all filters have to fit',
			options: [
				{
					displayName: 'Created After',
					name: 'createdAtFrom',
					type: 'dateTime',
					default: '',
					description: 'Only contacts created at or after this time',
				},
				{
					displayName: 'Created Before',
					name: 'createdAtTo',
					type: 'dateTime',
					default: '',
					description: 'Only contacts created at or before this time',
				},
				{
					displayName: 'Email',
					name: 'email',
					type: 'string',
					default: '',
					placeholder: 'e.g. name@email.com',
					description: 'Only the contact with this e-mail address',
				},
				{
					displayName: 'External ID',
					name: 'externalId',
					type: 'string',
					default: '',
					placeholder: 'e.g. ERP-1042',
					description: 'Only the contact with this key of another system. Only with Token V3.',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Ana',
					description: 'Only contacts with this name. Only with Token V3.',
				},
				{
					displayName: 'New Contacts Only',
					name: 'newContact',
					type: 'boolean',
					default: false,
					description: 'Whether to return only contacts that are still in their first session. Only with Token V3.',
				},
				{
					displayName: 'Origin',
					name: 'origin',
					type: 'string',
					default: '',
					placeholder: 'e.g. Landing page',
					description: 'Only contacts that came from here (Origem). Only with Token V3.',
				},
				{
					displayName: 'Phone',
					name: 'phone',
					type: 'string',
					default: '',
					placeholder: 'e.g. +55 85 98888-7777',
					description: 'Only the contact with this phone, in any common spelling',
				},
				{
					displayName: 'Search Text',
					name: 'search',
					type: 'string',
					default: '',
					placeholder: 'e.g. Souza',
					description: 'Only contacts in which Kinbox finds this text. Only with Token V3.',
				},
			],
		},
		defaultCountry,
	],
	output: contactOutput,
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: readLimit(item),
			filters: {
				createdAtFrom: filters.date('createdAtFrom'),
				createdAtTo: filters.date('createdAtTo'),
				email: filters.email('email'),
				externalId: filters.text('externalId'),
				name: filters.text('name'),
				newContact: filters.boolean('newContact'),
				origin: filters.text('origin'),
				phone: filters.phone('phone', readCountry(item))?.digits,
				search: filters.text('search'),
			},
		};
	},
	async run({ limit, filters }, kinbox) {
		if (kinbox.generation === 'v3') return await inAnySpelling(filters, limit, async (one, most) => (await kinbox.list('/contacts', one, { limit: most })).rows);
		const { createdAtFrom, createdAtTo, phone, email, ...onlyV3 } = filters;
		const labels = { externalId: "The filter 'External ID'", name: "The filter 'Name'", newContact: "The filter 'New Contacts Only'", origin: "The filter 'Origin'", search: "The filter 'Search Text'" };
		for (const key of Object.keys(labels) as Array<keyof typeof labels>) {
			if (onlyV3[key] !== undefined) kinbox.needs('v3', labels[key]);
		}
		return await inAnySpelling({ ...filters, phone, email }, limit, async (one, most) => (await kinbox.list('/contacts', { created_at_from: createdAtFrom, created_at_to: createdAtTo, phone: one.phone, email }, { limit: most })).rows);
	},
});

/** Kinbox finds a phone in the very spelling only: each form in which it may be kept is asked for. */
async function inAnySpelling(filters: Input['filters'], limit: number | undefined, ask: (filters: Input['filters'], limit: number | undefined) => Promise<IDataObject[]>): Promise<IDataObject[]> {
	const found = new Map<string, IDataObject>();
	for (const spelling of filters.phone === undefined ? [undefined] : phoneSpellings(`+${String(filters.phone)}`)) {
		if (limit !== undefined && found.size >= limit) break;
		const rows = await ask({ ...filters, phone: spelling?.slice(1) }, limit === undefined ? undefined : limit - found.size);
		for (const row of whoIsMeant(rows, filters)) found.set(String(row.id ?? row._id), row);
	}
	return [...found.values()];
}

/** Those who have the phone and the e-mail address that were asked for: the search may be looser, and somebody else is nobody. */
function whoIsMeant(contacts: IDataObject[], { phone, email, externalId }: Input['filters']): IDataObject[] {
	const wanted = { phone: phone === undefined ? undefined : `+${String(phone)}`, email, identifier: externalId };
	return contacts.filter((contact) => personKeys.every((key) => wanted[key] === undefined || isSameValue(key, keysOf(contact)[key] ?? '', String(wanted[key]))));
}
