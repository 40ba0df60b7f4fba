import type { WhenMissing } from '../../shared/contact/source';
import type { QueryValue } from '../../shared/http/httpClient';
import { foldName } from '../../shared/values/names';
import { suggest } from '../../shared/values/nearNames';
import { textOrNull } from '../../shared/values/read';
import { ReadOnce } from '../../shared/values/readOnce';
import type { KinboxClient } from '../transport/client';

/** Tags as a person names them: by ID, or by name in any spelling. */
export interface NamedTags {
	names: string[];
	/** What becomes of those that the account does not have. */
	whenMissing: WhenMissing;
	/** The error that names their field and item. */
	refuse(what: string, advice: string): Error;
}

interface Tag {
	id: string;
	name: string;
}

const readings = new ReadOnce<KinboxClient>(new WeakMap());
const makings = new WeakMap<KinboxClient, ReadOnce<string>>();

/** The account's tags, read once for a run. */
export async function tagsOf(kinbox: KinboxClient): Promise<Tag[]> {
	return await readings.get(kinbox, async () => (await kinbox.listAtOnce('/tags')).map(({ id, name }) => ({ id: String(id), name: textOrNull(name) ?? '' })));
}

/**
 * The IDs of tags.
 *
 * @returns the IDs, and the names that were left out
 * @throws when a name means several tags, or none and the person chose to fail
 */
export async function findTags(kinbox: KinboxClient, named: NamedTags): Promise<{ ids: string[]; leftOut: string[] }> {
	if (named.names.length === 0) return { ids: [], leftOut: [] };
	const tags = await tagsOf(kinbox);
	const ids: string[] = [];
	const leftOut: string[] = [];
	for (const name of named.names) {
		// The editor's list gives IDs, also when another tag is called so.
		const id = tags.some((tag) => tag.id === name) ? name : idOf(tags, name, named);
		if (id !== undefined) ids.push(id);
		else if (named.whenMissing === 'create' && !/^\d+$/.test(name)) ids.push(await make(kinbox, name));
		else if (named.whenMissing === 'skip') leftOut.push(name);
		else throw named.refuse(`has '${name.slice(0, 60)}', and the Kinbox account has no such tag`, `${suggest(tags.map((tag) => tag.name), name)} Tags can be given by name or ID; others are made in Kinbox, or by the operation 'Tag > Create'.`);
	}
	return { ids: [...new Set(ids)], leftOut };
}

function idOf(tags: Tag[], name: string, named: NamedTags): string | undefined {
	const exact = tags.filter((tag) => tag.name === name);
	const alike = exact.length ? exact : tags.filter((tag) => foldName(tag.name) === foldName(name));
	if (alike.length > 1) throw named.refuse(`has '${name.slice(0, 60)}', which can mean ${alike.map((tag) => `${tag.name} (${tag.id})`).join(' or ')}`, 'Write the name as Kinbox shows it, or give the ID.');
	return alike[0]?.id;
}

/** Makes a tag; several items may need the same at once. */
async function make(kinbox: KinboxClient, name: string): Promise<string> {
	const making = makings.get(kinbox) ?? new ReadOnce<string>();
	makings.set(kinbox, making);
	return await making.get(foldName(name), async () => String((await kinbox.post('/tags', { name, color: '#1abc9c', privacy: { type: 'public', groupIds: [] } })).id));
}

/** A query with the IDs of the tags that a filter names; a filter for a tag that there is not would find nobody, or everybody. */
export async function withTagIds<Query extends Record<string, QueryValue>>(kinbox: KinboxClient, query: Query, key: 'tagId' | 'tags', refuse: NamedTags['refuse']): Promise<Query> {
	const given = query[key];
	if (given === undefined || given === null || given === '') return query;
	const { ids } = await findTags(kinbox, { names: [given].flat().map(String), whenMissing: 'fail', refuse });
	return { ...query, [key]: Array.isArray(given) ? ids : ids[0] };
}
