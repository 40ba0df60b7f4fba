/**
 * A date as people and n8n's date picker write it, as ISO 8601 in UTC.
 *
 * @param text ISO 8601 date or date-time; without an offset it is local to `timezone`
 * @param timezone IANA name, e.g. America/Fortaleza
 * @returns null when the text is no date
 */
export function localTimeToUtc(text: string, timezone: string): string | null {
	const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(text);
	if (!match) return null;
	const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', offset] = match;
	const wall = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second, Math.trunc(Number(`0.${fraction}`) * 1000));
	const parts = new Date(wall);
	// Date.UTC rolls 31 February over; such a date is a typing slip, not a date.
	if (parts.getUTCMonth() !== +month! - 1 || parts.getUTCDate() !== +day! || +hour > 23 || +minute > 59 || +second > 59) return null;
	if (offset) return new Date(wall - offsetMinutes(offset) * 60_000).toISOString();
	// The zone's offset depends on the moment; the second look settles hours around a clock change.
	const first = wall - zoneOffset(wall, timezone);
	return new Date(wall - zoneOffset(first, timezone)).toISOString();
}

function offsetMinutes(offset: string): number {
	if (offset.toUpperCase() === 'Z') return 0;
	const sign = offset.startsWith('-') ? -1 : 1;
	return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2)));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds that local time is ahead of UTC at a moment. */
export function zoneOffset(time: number, timezone: string): number {
	const parts = Object.fromEntries(zoneFormat(timezone).formatToParts(time).map(({ type, value }) => [type, Number(value)]));
	const local = Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour! % 24, parts.minute!, parts.second!);
	return local - Math.floor(time / 1000) * 1000;
}

function zoneFormat(timezone: string): Intl.DateTimeFormat {
	let format = formats.get(timezone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-US', {
			timeZone: timezone, hourCycle: 'h23',
			year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
		});
		formats.set(timezone, format);
	}
	return format;
}
