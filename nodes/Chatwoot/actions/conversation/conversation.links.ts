import type { IDataObject } from 'n8n-workflow';

import { People } from '../../../shared/contact/lookUp';
import type { PersonKeys } from '../../../shared/contact/samePerson';
import { personKeys } from '../../../shared/contact/samePerson';
import { path } from '../../../shared/http/httpClient';
import { objectOrEmpty, recordsOf } from '../../../shared/values/read';
import type { AccountClient } from '../../transport/client';
import { contactIn } from '../contact/contact.calls';
import { peopleOf } from '../contact/contact.people';

/** A contact as an item brings it. */
export interface ContactKeys {
	id: string;
	keys: PersonKeys;
}

/**
 * The addresses that contacts have in inboxes. Those of contacts that the items bring with a phone, an e-mail address
 * or an identifier are read many at a time; others one by one.
 */
export class ContactLinks {
	private readonly people?: People;
	private readonly keys = new Map<number, PersonKeys>();
	/** Got a link from this run since they were read. */
	private readonly stale = new Set<string>();

	constructor(private readonly account: AccountClient, items: Array<{ index: number; id: string; keys: ContactKeys }>) {
		for (const { index, id, keys } of items) if (keys.id === id && Object.keys(keys.keys).length > 0) this.keys.set(index, keys.keys);
		if (this.keys.size > 1) this.people = new People(peopleOf(account, true), [...this.keys].map(([index, keys]) => ({ index, keys })));
	}

	/** The newest address of a contact in an inbox; undefined when it has none, and for bots, which may not ask. */
	async sourceId(index: number, contactId: string, inboxId: unknown): Promise<string | undefined> {
		const contact = (this.stale.has(contactId) ? undefined : await this.known(index, contactId)) ?? await this.read(contactId);
		const links = recordsOf(contact?.contact_inboxes);
		const link = links.filter(({ inbox }) => objectOrEmpty(inbox).id === inboxId).pop();
		return typeof link?.source_id === 'string' ? link.source_id : undefined;
	}

	/** A conversation was started with the contact, which may have made a link. */
	changed(contactId: string): void {
		this.stale.add(contactId);
	}

	private async known(index: number, contactId: string): Promise<IDataObject | undefined> {
		const keys = this.keys.get(index);
		const key = keys && personKeys.find((one) => keys[one] !== undefined);
		if (!this.people || !keys || !key) return undefined;
		return (await this.people.having(index, key, keys[key]!)).find(({ id }) => String(id) === contactId);
	}

	private async read(contactId: string): Promise<IDataObject | undefined> {
		const answer = await this.account.exchange({ method: 'GET', path: path`/contacts/${contactId}`, accept: [401] });
		return answer.status === 401 ? undefined : contactIn(answer.body);
	}
}
