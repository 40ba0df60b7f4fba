import { zoneOffset } from '../values/time';

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
