import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../../../shared/values/read';
import { zoneOffset } from '../../../shared/values/time';

/** When messages may go out. */
export interface SendingHours {
	/** Minutes after midnight. From later than until means over midnight. */
	from: number;
	until: number;
	/** 0 is Sunday; empty means every day. */
	days: number[];
	timezone: string;
}

/** "09:30" as minutes after midnight; undefined for anything else. */
export function minutesOf(text: string): number | undefined {
	const [, hours, minutes = '00'] = /^(\d{1,2})(?::(\d\d))?$/.exec(text.trim()) ?? [];
	const total = Number(hours) * 60 + Number(minutes);
	return hours !== undefined && Number(minutes) < 60 && total <= 24 * 60 ? total : undefined;
}

/** Whether a name is a time zone: "America/Fortaleza". */
export function isTimeZone(name: string): boolean {
	try {
		return Number.isFinite(zoneOffset(0, name));
	} catch {
		return false;
	}
}

/** Whether messages may go out at a moment (milliseconds). A night's early hours belong to the day it began. */
export function isWithin({ from, until, days, timezone }: SendingHours, time: number): boolean {
	const local = new Date(time + zoneOffset(time, timezone));
	const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
	const overnight = from > until;
	const inHours = from === until || (overnight ? minute >= from || minute < until : minute >= from && minute < until);
	const beganYesterday = overnight && minute < until;
	const day = (local.getUTCDay() + (beganYesterday ? 6 : 0)) % 7;
	return inHours && (days.length === 0 || days.includes(day));
}

/** Milliseconds until messages may go out, 0 when they may now; undefined when not within a week. */
export function untilOpen(hours: SendingHours, now: number): number | undefined {
	if (isWithin(hours, now)) return 0;
	const minute = 60_000;
	const first = Math.floor(now / minute) * minute;
	for (let time = first + minute; time <= first + 8 * 24 * 60 * minute; time += minute) if (isWithin(hours, time)) return time - now;
	return undefined;
}

/** Fills {name}, {first name}, {phone} and {custom field} with what a contact has; what is unknown becomes empty. */
export function personalise(value: string, contact: IDataObject): string {
	const name = String(contact.name ?? '').trim();
	const known: Record<string, unknown> = { name, 'first name': name.split(/\s+/)[0] ?? '', phone: contact.phoneNumber };
	const custom = Object.fromEntries(Object.entries(objectOrEmpty(contact.customFields)).map(([label, field]) => [label.toLowerCase(), field]));
	return value.replace(/(?<!\{)\{([^{}]+)\}(?!\})/g, (_, label: string) => {
		const key = label.trim().toLowerCase();
		return String(known[key] ?? custom[key] ?? '');
	});
}

/** Sends made, to be known again: recipient's key to message ID ("" when it is unsure whether it went out). */
export type Done = Record<string, string>;

interface Remembered {
	at: number;
	done: Done;
}

/** How many campaigns the workflow remembers; the oldest go first. */
const rememberedCampaigns = 20;

/**
 * What a workflow remembers of a campaign. n8n keeps it for active workflows; a test in the editor forgets it.
 *
 * @param staticData the workflow's
 */
export function remember(staticData: IDataObject, name: string, now: number): Done {
	const all = objectOrEmpty(staticData.callbellCampaigns) as unknown as Record<string, Remembered>;
	const found = all[name] ?? { at: now, done: {} };
	const kept = Object.entries({ ...all, [name]: { at: now, done: found.done } }).sort(([, a], [, b]) => b.at - a.at).slice(0, rememberedCampaigns);
	// Assigned as a whole: n8n stores only what it sees being assigned.
	staticData.callbellCampaigns = Object.fromEntries(kept) as unknown as IDataObject;
	return objectOrEmpty(objectOrEmpty(objectOrEmpty(staticData.callbellCampaigns)[name]).done) as unknown as Done;
}

/** The sends of a campaign that a workflow remembers. */
export function remembered(staticData: IDataObject, name: string): Done | undefined {
	const found = objectOrEmpty(staticData.callbellCampaigns)[name];
	return found === undefined ? undefined : (objectOrEmpty(objectOrEmpty(found).done) as unknown as Done);
}
