import type { IDataObject, NodeApiError } from 'n8n-workflow';

import type { Answer, Call, HttpClient } from '../../shared/http/httpClient';
import { path } from '../../shared/http/httpClient';
import { listed } from '../../shared/values/nearNames';
import { rowsIn } from './answers';
import { table } from '../../shared/values/table';

/** What is needed of an account to look for what it lacks. */
export interface Account {
	id: string;
	http: HttpClient;
	exchangeOnce(call: Call): Promise<Answer>;
	exchange(call: Call): Promise<Answer>;
	ownAccountsOnce(): Promise<IDataObject[]>;
}

/** A kind of records: the field that names one, and where to look for it. */
interface Kind {
	field: string;
	/** The list of all of them. */
	list?: string;
	/** Too many for a list; each has an address of its own. */
	own?: true;
}

const agents: Kind = { field: 'Agent', list: '/agents' };
const contacts: Kind = { field: 'Contact', own: true };
const inboxes: Kind = { field: 'Inbox', list: '/inboxes' };
const teams: Kind = { field: 'Team', list: '/teams' };
const agentBots: Kind = { field: 'Agent Bot', list: '/agent_bots' };

/** By the word before the ID in a path. */
const inPaths: Record<string, Kind> = table({
	agent_bots: agentBots,
	agents,
	articles: { field: 'Article' },
	automation_rules: { field: 'Automation Rule', list: '/automation_rules' },
	campaigns: { field: 'Campaign', list: '/campaigns' },
	canned_responses: { field: 'Canned Response', list: '/canned_responses' },
	categories: { field: 'Category' },
	contacts,
	conversations: { field: 'Conversation', own: true },
	csat_survey_responses: { field: 'Survey Response' },
	custom_attribute_definitions: { field: 'Custom Attribute', list: '/custom_attribute_definitions' },
	custom_filters: { field: 'Custom Filter', list: '/custom_filters' },
	hooks: { field: 'Connection' },
	inbox_members: inboxes,
	inboxes,
	labels: { field: 'Label', list: '/labels' },
	macros: { field: 'Macro', list: '/macros' },
	messages: { field: 'Message' },
	notes: { field: 'Note' },
	notifications: { field: 'Notification' },
	portals: { field: 'Portal', list: '/portals' },
	teams,
	webhooks: { field: 'Webhook', list: '/webhooks' },
});

/** By the key of a body or a query. */
const inBodies: Record<string, Kind> = table({
	agent_bot: agentBots,
	assignee_id: { ...agents, field: 'Assignee' },
	author_id: { ...agents, field: 'Author' },
	base_contact_id: contacts,
	contact_id: contacts,
	inbox_id: inboxes,
	inbox_ids: inboxes,
	mergee_contact_id: { ...contacts, field: 'Contact to Merge' },
	sender_id: { ...agents, field: 'Sender' },
	team_id: teams,
	user_id: agents,
	user_ids: agents,
});

interface Candidate {
	kind: Kind;
	id: string;
	/** The record's own address, and the one of the record that it belongs to. */
	address?: string;
	parent?: Candidate;
}

/**
 * Says which of the IDs in a call the account lacks, and which records it has: Chatwoot answers with a bare 404, or
 * stumbles.
 *
 * @returns the error to throw; the one given when it is something else
 */
export async function namingUnknown(account: Account, call: Call, error: NodeApiError): Promise<NodeApiError> {
	const said = `${error.message} ${error.description ?? ''}`;
	const isMissing = error.httpCode === '404' && /^Chatwoot does not know /.test(said);
	if (!isMissing && !(error.httpCode === '500' && call.method !== 'GET') && !/belongs? to this account|must exist/i.test(said)) return error;
	const named = await findUnknown(account, call, isMissing).catch(() => undefined);
	return named ? Object.assign(named, { context: { ...named.context, ...error.context } }) : error;
}

async function findUnknown(account: Account, call: Call, isMissing: boolean): Promise<NodeApiError | undefined> {
	const status = isMissing ? 404 : undefined;
	if (isMissing) {
		const own = await account.ownAccountsOnce();
		if (own.length > 0 && !own.some(({ id }) => String(id) === account.id)) {
			return account.http.error(`'Account' ${account.id} is none of the token's owner`, `There are: ${namesOf(own)}.`, status);
		}
	}
	const unsure: Candidate[] = [];
	const all = [...inPath(call.path), ...inReport(call.query), ...inKeys(call.query), ...inKeys(call.body)];
	for (const candidate of all) {
		const known = await isKnown(account, candidate, call, isMissing);
		if (known === undefined) unsure.push(candidate);
		else if (known !== true) return notInAccount(account, candidate.kind.field, candidate.id, known || undefined, { status });
	}
	const [only, ...others] = unsure;
	const last = inPath(call.path).at(-1);
	if (isMissing && all.length > 0 && !only) {
		const what = last ?? all[0]!;
		return account.http.error(`Chatwoot does not do this with ${what.kind.field.toLowerCase()} ${what.id}`, 'The record is there. It may be one that belongs to the whole server, or the server is too old for this.', status);
	}
	if (!isMissing && !only) return await notYetWritten(account, call);
	if (!isMissing || !only || others.length > 0) return undefined;
	return only.parent
		? account.http.error(`'${only.kind.field}' ${only.id} is not in ${only.parent.kind.field.toLowerCase()} ${only.parent.id}`, 'It may have been deleted. Pick it from the list, or copy its address.', status)
		: notInAccount(account, only.kind.field, only.id, undefined, { status });
}

/** Channels in which the person has to write first: until then there is no address to write to, and the server stumbles. */
const personFirst: Record<string, string> = table({ 'Channel::FacebookPage': 'Facebook', 'Channel::Instagram': 'Instagram', 'Channel::Line': 'LINE', 'Channel::Telegram': 'Telegram', 'Channel::Tiktok': 'TikTok' });

async function notYetWritten(account: Account, { method, path: to, body }: Call): Promise<NodeApiError | undefined> {
	const { inbox_id: id, source_id: address } = (body ?? {}) as IDataObject;
	if (method !== 'POST' || !/\/(?:contacts|contact_inboxes|conversations)$/.test(to) || id === undefined || address) return undefined;
	const inbox = rowsIn((await account.exchangeOnce({ method: 'GET', path: '/inboxes', accept: [401] })).body).find((row) => Number(row.id) === Number(id));
	const channel = personFirst[String(inbox?.channel_type)];
	return channel === undefined ? undefined : account.http.error(`Nobody can be written to first in 'Inbox' ${String(id)}, which is of the kind ${channel}`, "The contact gets an address there with the first message that comes in. Wait for it, give the 'Source ID' if you know it, or choose another inbox.", 500);
}

function inPath(of: string): Candidate[] {
	const found: Candidate[] = [];
	for (const match of of.matchAll(/\/([a-z_]+)\/(\d+|(?<=portals\/)[^/]+)(?=\/|$)/g)) {
		const kind = inPaths[match[1]!];
		if (kind) found.push({ kind, id: decodeURIComponent(match[2]!), address: of.slice(0, match.index + match[0].length), parent: found.at(-1) });
	}
	return found;
}

/** Reports name their record by its kind and ID. */
function inReport(query: Call['query']): Candidate[] {
	const kind = { agent: agents, inbox: inboxes, label: inPaths.labels, team: teams }[String(query?.type)];
	return kind && query?.id !== undefined && query.id !== null ? [{ kind, id: String(query.id) }] : [];
}

function inKeys(of: object | undefined): Candidate[] {
	return Object.entries(of ?? {}).flatMap(([key, value]: [string, unknown]) => {
		const kind = inBodies[key];
		return kind ? (Array.isArray(value) ? (value as unknown[]) : [value]).filter((id) => id !== null && id !== undefined && id !== '').map((id) => ({ kind, id: String(id) })) : [];
	});
}

/** @returns true, false, what there is instead, or undefined when it cannot be told */
async function isKnown(account: Account, { kind, id, address }: Candidate, call: Call, isMissing: boolean): Promise<boolean | IDataObject[] | undefined> {
	if (kind.list !== undefined) {
		const answer = await account.exchangeOnce({ method: 'GET', path: kind.list, accept: [401, 403, 404] });
		if (answer.status >= 300) return undefined;
		const rows = recordsIn(answer.body);
		return rows.some((row) => String(row.id) === id || row.slug === id) ? true : rows;
	}
	if (!kind.own) return undefined;
	if (isMissing && address === call.path) return false;
	const probe: Call = { method: 'GET', path: address ?? path`/contacts/${id}`, accept: [401, 404, 500] };
	const { status } = await account.exchange(probe);
	return status < 300 ? true : status === 404 ? false : undefined;
}

/** Rows of a list in any of its forms. */
function recordsIn(body: unknown): IDataObject[] {
	const rows = rowsIn(body);
	if (rows.length > 0 || body === null || typeof body !== 'object') return rows;
	const inner = (body as IDataObject).payload;
	return inner !== null && typeof inner === 'object' ? rowsIn({ payload: Object.values(inner).find(Array.isArray) }) : [];
}

/**
 * Says which record an account lacks, and which it has.
 *
 * @param label of the field that names it
 * @param known what there is; undefined when there is no list of it
 */
export function notInAccount(account: Pick<Account, 'id' | 'http'>, label: string, id: number | string, known: IDataObject[] | undefined, { left = '', status }: { left?: string; status?: number } = {}): NodeApiError {
	const there = known === undefined ? 'It may have been deleted, or the ID belongs to another account.' : known.length > 0 ? `There are: ${namesOf(known)}.` : 'There are none.';
	return account.http.error(`'${label}' ${id} is not in account ${account.id}`, `${left}${there}`, status);
}

function namesOf(rows: IDataObject[]): string {
	return listed(rows.flatMap((row) => {
		const id = [row.slug, row.id].find((one) => typeof one === 'string' || typeof one === 'number');
		const name = [row.name, row.title, row.short_code, row.attribute_display_name, row.url].find((text) => typeof text === 'string' && text !== '');
		return id === undefined ? [] : [`${String(name ?? '')} (${id})`.trim()];
	}));
}
