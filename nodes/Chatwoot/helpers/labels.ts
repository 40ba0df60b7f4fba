import type { IDataObject } from 'n8n-workflow';

import type { WhenMissing } from '../../shared/contact/source';
import { hintLeftOut } from '../../shared/contact/leftOut';
import type { Call } from '../../shared/http/httpClient';
import type { LostWrites, Place } from '../../shared/operation/lostWrites';
import { entriesOf, listWith } from '../../shared/operation/lostWrites';
import { foldName } from '../../shared/values/names';
import { suggest } from '../../shared/values/nearNames';
import { textOrNull } from '../../shared/values/read';
import { ReadOnce } from '../../shared/values/readOnce';
import { rowsIn, textsIn } from '../transport/answers';
import type { AccountClient } from '../transport/client';
import type { NotApplied } from './applied';
import { notApplied, tellNotApplied } from './applied';

export type LabelChange = 'add' | 'remove' | 'set';

/** Labels as a person names them: by title in any spelling, or by ID. */
export interface NamedLabels {
	names: string[];
	/** What becomes of those that the account does not have. */
	whenMissing: WhenMissing;
	/** The error that names their field and item. */
	refuse(what: string, advice: string): Error;
}

/** A label of the account. */
interface Label {
	id: string;
	title: string;
}

/** The labels of an account, read once for a run; what the run makes is added. */
class AccountLabels {
	private readonly list = new ReadOnce<'labels'>();
	private readonly making = new ReadOnce<string>();

	constructor(private readonly account: AccountClient) {}

	/** Undefined when the token may not list them, as a bot's. */
	async all(): Promise<Label[] | undefined> {
		return await this.list.get('labels', async () => await this.read());
	}

	private async read(): Promise<Label[] | undefined> {
		const { status, body } = await this.account.exchange({ method: 'GET', path: '/labels', accept: [401] });
		return status === 401 ? undefined : rowsIn(body).map(({ id, title }) => ({ id: String(id), title: textOrNull(title) ?? '' }));
	}

	/**
	 * Makes a label; several items may need the same at once. Chatwoot's titles are lower-case, without spaces.
	 *
	 * @returns undefined when Chatwoot has no such title, as of "A" or "★"
	 */
	async make(name: string): Promise<string | undefined> {
		const title = name.normalize('NFC').toLowerCase().trim().replace(/\s+/g, '-').replace(/[^\p{L}\p{N}_-]/gu, '').replace(/^[_-]+/, '');
		if (!/^[\p{L}\p{N}][\p{L}\p{N}_-]+$/u.test(title)) return undefined;
		return await this.making.get(title, async () => await this.send(title));
	}

	private async send(title: string): Promise<string> {
		const call: Call = { method: 'POST', path: '/labels', body: { title, show_on_sidebar: true }, accept: [422] };
		const answer = await this.account.exchange(call);
		// Whether made now or by somebody else since, the list has changed.
		const now = await this.read();
		this.list.set('labels', now);
		if (answer.status >= 300 && !now?.some((label) => label.title === title)) throw this.account.refusal(answer, call);
		return title;
	}
}

const labelsOfAccounts = new WeakMap<AccountClient, AccountLabels>();

/** The labels of an account, the same for all items of a run. */
export function labelsOf(account: AccountClient): AccountLabels {
	const labels = labelsOfAccounts.get(account) ?? new AccountLabels(account);
	labelsOfAccounts.set(account, labels);
	return labels;
}

/**
 * Finds labels by title, ID, or a title spelled otherwise ("Cliente VIP" is cliente-vip).
 *
 * @param labels where to look
 * @throws when a name means several
 */
function findLabel(labels: Label[], name: string, named: NamedLabels): string | undefined {
	const exact = labels.find(({ title }) => title === name) ?? labels.find(({ id }) => id === name);
	if (exact) return exact.title;
	const folded = foldName(name);
	const alike = [...new Set(labels.filter(({ title }) => foldName(title) === folded).map(({ title }) => title))];
	if (alike.length > 1) throw named.refuse(`has '${name.slice(0, 60)}', which can mean ${alike.join(' or ')}`, 'Write the title as Chatwoot shows it.');
	return alike[0];
}

/**
 * The titles of the labels that a person names. What the account does not have is refused, made or left out, as the
 * person chose.
 *
 * @returns the titles, and the names that were left out
 */
export async function findLabels(account: AccountClient, named: NamedLabels): Promise<{ titles: string[]; leftOut: string[] }> {
	if (named.names.length === 0) return { titles: [], leftOut: [] };
	const labels = await labelsOf(account).all();
	// Who may not list them may set them; Chatwoot's titles are lower-case.
	if (labels === undefined) return { titles: [...new Set(named.names.map((name) => name.toLowerCase()))], leftOut: [] };
	const titles: string[] = [];
	const leftOut: string[] = [];
	for (const name of named.names) {
		const title = findLabel(labels, name, named) ?? (named.whenMissing === 'create' ? await labelsOf(account).make(name) : undefined);
		if (title !== undefined) titles.push(title);
		else if (named.whenMissing === 'skip') leftOut.push(name);
		else if (named.whenMissing === 'create') throw named.refuse(`has '${name.slice(0, 60)}', which cannot be a label of Chatwoot`, 'A label needs two letters or digits.');
		else {
			throw named.refuse(
				`has '${name.slice(0, 60)}', and account ${account.id} has no such label`,
				`${suggest(labels.map((label) => label.title), name)} Labels can be given by title or ID; others are made in Chatwoot under Settings > Labels, or by the operation 'Label > Create'.`,
			);
		}
	}
	hintLeftOut(account.http, 'The Chatwoot account has no labels of these names, so they were left out', leftOut, 'item');
	return { titles: [...new Set(titles)], leftOut };
}

/**
 * The IDs of the labels that a person names, for a field whose list gives IDs: there 3 is the label with that ID, also
 * when another is called "3".
 *
 * @throws as {@link findLabels}
 */
export async function findLabelIds(account: AccountClient, named: NamedLabels): Promise<number[]> {
	const labels = (await labelsOf(account).all()) ?? [];
	const isId = (name: string) => labels.some(({ id }) => id === name);
	const { titles } = await findLabels(account, { ...named, names: named.names.filter((name) => !isId(name)) });
	const found = titles.flatMap((title) => labels.find((label) => label.title === title)?.id ?? []);
	return [...new Set([...named.names.filter(isId), ...found])].map(Number);
}

/** A record whose labels are changed: the address of its labels, and how a sentence names it. */
export interface Labelled {
	path: string;
	record: string;
	/** Position of the item in the input. */
	index: number;
}

/**
 * Changes the labels of a contact or conversation. The server can only replace them all, so adding
 * and removing read them first, and write only when there is something to change.
 *
 * @param lost gets to know what was written, see {@link LostWrites}
 * @returns the labels that the record has now; what was left out or not taken stands beside them
 */
export async function changeLabels(account: AccountClient, { path, record }: Omit<Labelled, 'index'>, change: LabelChange, named: NamedLabels, lost?: LostWrites): Promise<IDataObject> {
	const before = change === 'set' ? [] : await readCurrent(account, path);
	const { titles, leftOut } = change === 'remove' ? await heldLabels(account, named, before) : await findLabels(account, named);
	const after = change === 'set' ? titles : change === 'add' ? [...new Set([...before, ...titles])] : before.filter((label) => !titles.includes(label));
	const now = change !== 'set' && after.length === before.length ? before : await write(account, path, after);
	if (now !== before && lost) {
		const done = change === 'remove' ? Object.fromEntries(titles.filter((title) => !now.includes(title)).map((title) => [title, null])) : entriesOf(titles.filter((title) => now.includes(title)));
		lost.wrote(path, labelsAt(account, { path, record }), done, change === 'set');
	}
	return { labels: now, ...leftOutKeys(account, leftOut, notApplied([['Labels', after, now]])) };
}

/** One item of an operation that changes labels. */
export async function runLabels(account: AccountClient, at: Labelled, about: IDataObject, change: LabelChange, named: NamedLabels, lost: LostWrites): Promise<IDataObject> {
	return lost.gave(at.path, at.index, { ...about, ...(await changeLabels(account, at, change, named, lost)) });
}

/** The labels of a record, to be looked at once more. */
export function labelsAt(account: AccountClient, { path, record }: Omit<Labelled, 'index'>): Place {
	return {
		record,
		field: 'Labels',
		read: async () => entriesOf(await readCurrent(account, path)),
		write: async (change, current) => await write(account, path, listWith(current, change)),
		show: (current) => ({ labels: Object.keys(current) }),
	};
}

/** The labels to take from a record: those it has that are named, also such as the account does not know. */
async function heldLabels(account: AccountClient, named: NamedLabels, held: string[]): Promise<{ titles: string[]; leftOut: string[] }> {
	const alike = (name: string) => (held.includes(name) ? [name] : held.filter((title) => foldName(title) === foldName(name)));
	const strange = named.names.filter((name) => alike(name).length === 0);
	// Making a label in order to take it away helps nobody.
	const { titles, leftOut } = await findLabels(account, { ...named, names: strange, whenMissing: named.whenMissing === 'create' ? 'skip' : named.whenMissing });
	return { titles: [...named.names, ...titles].flatMap(alike), leftOut };
}

function leftOutKeys(account: AccountClient, leftOut: string[], differences: NotApplied[]): IDataObject {
	if (differences.length) tellNotApplied(account, {}, differences);
	const all = [...leftOut.map((name) => ({ field: 'Labels', asked: name, got: null })), ...differences];
	return all.length ? { notApplied: all as unknown as IDataObject[] } : {};
}

/** The labels that a record has now. */
export async function readCurrent(account: AccountClient, path: string): Promise<string[]> {
	return textsIn(await account.get(path));
}

async function write(account: AccountClient, path: string, labels: string[]): Promise<string[]> {
	return textsIn(await account.postAgain(path, { labels }));
}
