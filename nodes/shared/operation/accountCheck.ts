import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { Answer } from '../http/answers';
import type { Call, QueryValue } from '../http/httpClient';
import { path } from '../http/path';
import type { OutputShape } from './output';
import { masked } from '../values/masked';
import { differences, type NamedShapes, type Shape } from '../values/shape';

export const checkOption = {
	name: 'Check This Account',
	value: 'check',
	action: 'Check this account',
	description: 'Ask for everything the token may read, change nothing, and compare it with what this node expects. Names, phones and texts are left out of the output: it can be put into an issue.',
} as const;

/** A call that changes nothing, by which an account is compared with what this package knows of its service. */
export interface AccountCheck<Client = unknown> {
	/** Resource and operation that it belongs to, such as `contact:getAll`. */
	operation: string;
	/** As in the contract; `{name}`, also in the query, is filled in with what an earlier check has found under that name. */
	path: string;
	query?: Record<string, QueryValue>;
	/** What later checks need: name in their paths, and key of the row that has it, or how it is read from a row. The first row that has it counts. */
	gives?: Record<string, string | ((row: IDataObject) => unknown)>;
	/** What a good answer is, when it is no object or list. */
	expect?: Call['expect'];
	/** How the node outputs a row; its short form is held to the operation's preview. */
	output?: Pick<OutputShape<Client>, 'simplify'>;
}

/** What a service is known to answer, written from its contract and the previews by `npm run docs`: shapes as JSON, which is read when somebody asks. */
export interface KnownAnswers {
	/** By the name that other shapes use. */
	named: Record<string, string>;
	/** By the path of a check. */
	answers: Record<string, string>;
	/** By the operation of a check with a short form. */
	previews: Record<string, string>;
}

const shapeIn = (shapes: Record<string, string>, name: string): Shape | undefined => (Object.hasOwn(shapes, name) ? (JSON.parse(shapes[name]!) as Shape) : undefined);

/** What came of a check. */
export type CheckOutcome = 'ok' | 'differs' | 'notAllowed' | 'notThere' | 'failed' | 'notChecked';

/** Statuses that are findings, not errors. */
const told = [400, 401, 402, 403, 404, 405, 406, 410, 422];

/** Lines about one answer. */
const mostLines = 30;

/** How a vendor's client carries checks out. */
export interface AccountCalls {
	/** Sends a GET and gives refusals of the accepted statuses back. */
	send(call: Call): Promise<Answer>;
	/** Whether an answer says that the service has no such call. */
	isMissingCall(answer: Answer): boolean;
	refusal(answer: Answer, call: Call): NodeApiError;
}

/**
 * Carries the checks out one after the other and compares the answers. What comes out holds nothing of the account's data.
 *
 * @param begin what paths name from the start
 * @throws the refusal of the first check, when the service does not know the token
 */
export async function checkAccount<Client>(
	client: Client,
	checks: Array<AccountCheck<Client>>,
	known: KnownAnswers,
	{ send, isMissingCall, refusal }: AccountCalls,
	begin: Record<string, string> = {},
): Promise<IDataObject[]> {
	const found = new Map(Object.entries(begin));
	const rows: IDataObject[] = [];
	const named: NamedShapes = Object.fromEntries(Object.keys(known.named).map((name) => [name, shapeIn(known.named, name)!]));
	for (const check of checks) {
		const missing = [...`${check.path} ${JSON.stringify(check.query ?? '')}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).find((name) => !found.has(name));
		if (missing !== undefined) {
			rows.push(line(check, 'notChecked', { reason: `It needs '${missing}' of an earlier list, which had none` }));
			continue;
		}
		const isAboutRecord = /\{(?!account_id\})/.test(check.path);
		const address = check.path.replace(/\{(\w+)\}/g, (_, name: string) => path`${found.get(name)!}`);
		const began = Date.now();
		const call: Call = { method: 'GET', path: address, query: filled(check.query, found), accept: told, expect: check.expect };
		const answer = await send(call).catch((error: unknown) => (error instanceof NodeApiError ? error : Promise.reject(error as Error)));
		const milliseconds = Date.now() - began;
		if (answer instanceof NodeApiError) {
			if (answer.httpCode === null || answer.httpCode === undefined) throw answer;
			rows.push(line(check, 'failed', { status: Number(answer.httpCode), reason: maskedSentence(answer.message), milliseconds }));
			continue;
		}
		if (answer.status >= 300) {
			const outcome = isMissingCall(answer) || answer.status === 405 || (answer.status === 404 && !isAboutRecord) ? 'notThere' : [401, 402, 403].includes(answer.status) ? 'notAllowed' : 'failed';
			const error = refusal(answer, call);
			// The first call is one that every token may make.
			if (rows.length === 0 && answer.status === 401) throw error;
			rows.push(line(check, outcome, { status: answer.status, reason: maskedSentence(error.message), milliseconds }));
			continue;
		}
		rows.push({ ...compare(client, check, answer, known, named), milliseconds });
		for (const [name, key] of Object.entries(check.gives ?? {})) {
			const read = typeof key === 'function' ? key : (row: IDataObject) => key.split('.').reduce<unknown>((at, part) => (at as IDataObject | undefined)?.[part], row);
			const value = rowsIn(answer.body).map(read).find((one) => (typeof one === 'string' || typeof one === 'number') && !/^\.{0,2}$/.test(String(one)));
			if (value !== undefined && !found.has(name)) found.set(name, String(value as string));
		}
	}
	return rows;
}

function filled(query: AccountCheck['query'], found: ReadonlyMap<string, string>): AccountCheck['query'] {
	const one = <Value>(value: Value) => (typeof value === 'string' ? value.replace(/^\{(\w+)\}$/, (_, name: string) => found.get(name) ?? '') : value);
	return query && Object.fromEntries(Object.entries(query).map(([key, value]) => [key, Array.isArray(value) ? value.map(one) : one(value)]));
}

function compare<Client>(client: Client, check: AccountCheck<Client>, { status, body }: Answer, { answers, previews }: KnownAnswers, named: NamedShapes): IDataObject {
	const shape = shapeIn(answers, check.path) ?? '*';
	const { wrong, unknown } = differences(body, shape, named);
	const rows = rowsIn(body);
	const short = shapeIn(previews, check.operation);
	if (short !== undefined && check.output) {
		for (const row of rows) {
			try {
				for (const what of differences(JSON.parse(JSON.stringify(check.output.simplify(row, client))), short, named).wrong) wrong.add(`In the node's output, ${what}`);
			} catch {
				wrong.add('The node cannot read a row');
			}
		}
	}
	return line(check, wrong.size > 0 ? 'differs' : 'ok', {
		status,
		rows: rows.length,
		differences: [...wrong].slice(0, mostLines),
		newKeys: [...unknown].slice(0, mostLines),
		// As text: its keys are the service's.
		answer: JSON.stringify(masked(body, shape, named)),
	});
}

function line({ operation, path }: Pick<AccountCheck, 'operation' | 'path'>, outcome: CheckOutcome, more: object): IDataObject {
	return { operation, call: `GET ${path}`, outcome, status: null, rows: null, reason: null, differences: [], newKeys: [], answer: null, ...more };
}

/** The records of an answer, wherever its service puts them: a list, a list under a key, or the one record. */
export function rowsIn(body: unknown): IDataObject[] {
	const isRecord = (value: unknown): value is IDataObject => value !== null && typeof value === 'object' && !Array.isArray(value);
	if (Array.isArray(body)) return body.filter(isRecord);
	if (!isRecord(body)) return [];
	for (const inner of [body.data, body.payload, (body.data as IDataObject | undefined)?.payload]) if (Array.isArray(inner)) return inner.filter(isRecord);
	const entries = Object.entries(body).filter(([key]) => key !== 'meta');
	const [only] = entries;
	return entries.length === 1 && only !== undefined && only[1] !== null && typeof only[1] === 'object' ? rowsIn(only[1]) : [body];
}

/** A message without what could be data in it: quoted texts, numbers, addresses. */
function maskedSentence(text: string): string {
	return text.split(' ').map((word) => (word.includes('@') ? '…' : word)).join(' ').replace(/"[^"]*"/g, '"…"').replace(/\d{3,}/g, '…');
}
