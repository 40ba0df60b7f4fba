import type { INodeProperties } from 'n8n-workflow';

import type { HttpClient } from '../http/httpClient';
import { now, pause } from '../http/pause';
import type { Fields } from '../operation/item';
import type { OncePlace, OnceTiming, Standing } from './once';
import { newRun, Once, onceKey, usualTiming, wasNotSent } from './once';

/** An option of the operations that send; each service says in its description which promise holds. */
export const sendOnceField: INodeProperties = {
	displayName: 'Send Only Once',
	name: 'sendOnce',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1042-shipped',
	description: 'A key of your own for this message. The same key never reaches the same person twice.',
};

/** What claims and messages are marked with; a campaign of the same name is another thing. */
export function readSendOnce(fields: Fields): string | undefined {
	const key = fields.text('sendOnce');
	return key === undefined ? undefined : onceKey(`message ${key}`);
}

/** A message that went out in this run, or in an earlier one. */
export type OnceSent<Sent> = { sent: Sent } | { before: string | null };

/** Shorter than for campaigns, where many people wait for their claims together: each message waits for its own. */
export const messageTiming: OnceTiming = { confirm: 5000, takeOver: usualTiming.takeOver };
/** Times that another run's claim is waited for. */
const rounds = 3;

/** Messages of one key and person in this process: the second waits for the first, and not for its claim. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Sends a message to a person whom no other run writes to under the same key; see docs/once.md.
 *
 * @param who tells key and person apart from all others of the process
 * @param send the message alone, which may not leave after the deadline; what comes later is not its business
 * @throws NodeApiError when the message was not sent, or when it is not known
 */
export async function sendOnce<Sent>(http: HttpClient, who: string, place: OncePlace, send: (deadline: number) => Promise<Sent>, timing = messageTiming): Promise<OnceSent<Sent>> {
	const key = `${http.vendor.name} ${http.baseUrl} ${who}`;
	const before = underWay.get(key) ?? Promise.resolve();
	const own = before.then(async () => await claimAndSend(http, place, send, timing));
	const settled = own.then(() => undefined, () => undefined);
	underWay.set(key, settled);
	try {
		return await own;
	} finally {
		if (underWay.get(key) === settled) underWay.delete(key);
	}
}

async function claimAndSend<Sent>(http: HttpClient, place: OncePlace, send: (deadline: number) => Promise<Sent>, timing: OnceTiming): Promise<OnceSent<Sent>> {
	const { name } = http.vendor;
	const once = new Once(place, newRun(), timing, { now, pause: async (milliseconds) => await pause(milliseconds, http.signal) });
	let at: Standing = await once.claim();
	for (let waited = 0; ;) {
		if (http.signal?.aborted) {
			await once.free();
			throw http.error('The execution was cancelled before the message was sent');
		}
		if (at.is === 'claimed') at = await once.confirm();
		switch (at.is) {
			case 'free': {
				const sent = await trySending(once, send, at.deadline);
				if (sent !== 'late') return sent;
				at = { is: 'claimed' };
				break;
			}
			case 'written':
				return { before: at.id };
			case 'unsure':
				throw http.error(`It is not known whether the message of this key has gone out before, so it was not sent`, `An earlier run was cut off or lost ${name}'s answer, and the messages there do not tell. Look at the conversation; to send it all the same, give another key under 'Send Only Once'.`);
			case 'claimed':
				break;
			default:
				if (waited === rounds) throw http.error('Another run is sending the message of this key, so it was not sent here', 'Run it again later to be sure that it went out.');
				waited += 1;
				at = await once.takeOver();
		}
	}
}

async function trySending<Sent>(once: Once, send: (deadline: number) => Promise<Sent>, deadline: number): Promise<OnceSent<Sent> | 'late'> {
	try {
		const sent = await send(deadline);
		await once.done();
		return { sent };
	} catch (error) {
		const why = wasNotSent(error);
		if (why === 'late') return 'late';
		if (why === 'refused') await once.free();
		// Of several messages the first are out: the claim stays, and who takes over sends the rest.
		else if ((error as { context?: { isPartlySent?: boolean } }).context?.isPartlySent !== true) {
			const found = await once.unsure();
			if (found.is === 'written') return { before: found.id };
		}
		return await Promise.reject(error as Error);
	}
}
