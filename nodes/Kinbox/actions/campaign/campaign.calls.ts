import type { IDataObject } from 'n8n-workflow';

import type { KinboxClient } from '../../transport/client';
import { objectOrEmpty } from '../../../shared/values/read';
import { ReadOnce } from '../../../shared/values/readOnce';

/** Conversations of one contact whose tags count. */
const looked = 100;

/** Tags of people: Kinbox gives them to conversations, so a contact has those of all its conversations. */
export class KinboxTags {
	private readonly once = new ReadOnce<'tags'>();

	constructor(private readonly kinbox: KinboxClient) {}

	/** The workspace's tags: ID to name; read once. */
	private async byId(): Promise<Map<string, string>> {
		return await this.once.get('tags', async () => new Map((await this.kinbox.listAtOnce('/tags')).map((tag) => [String(tag.id), String(tag.name)])));
	}

	async names(): Promise<string[]> {
		return [...(await this.byId()).values()];
	}

	private async namesIn(session: IDataObject): Promise<string[]> {
		const known = await this.byId();
		return (Array.isArray(session.tags) ? session.tags : []).map((tag) => known.get(String(objectOrEmpty(tag).id ?? tag)) ?? String(tag));
	}

	async ofContact(id: string): Promise<string[]> {
		const { rows } = await this.kinbox.list('/sessions', { contact_id: id }, { limit: looked });
		return [...new Set((await Promise.all(rows.map(async (session) => await this.namesIn(session)))).flat())];
	}

	/** The contacts of all conversations that have tags; Kinbox has no filter for them, so all conversations are read. */
	async contacts(names: string[], match: 'all' | 'any'): Promise<Array<{ contact: IDataObject; tags: string[] }>> {
		const found = new Map<string, { contact: IDataObject; tags: string[] }>();
		for (const session of (await this.kinbox.list('/sessions', {}, { limit: undefined })).rows) {
			const contact = objectOrEmpty(session.contact);
			const key = String(contact.id ?? '');
			const before = found.get(key);
			found.set(key, { contact, tags: [...new Set([...(before?.tags ?? []), ...(await this.namesIn(session))])] });
		}
		const fits = (tags: string[]) => (match === 'all' ? names.every((name) => tags.includes(name)) : names.some((name) => tags.includes(name)));
		return [...found.entries()].filter(([key, { tags }]) => key !== '' && fits(tags)).map(([, entry]) => entry);
	}
}
