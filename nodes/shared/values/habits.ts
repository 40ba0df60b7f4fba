/*
 * How numbers, dates and yes or no are written in a country's sheets and forms. What can be read in two ways is refused
 * with both.
 */

import { withoutEnd } from './ends';

/** A value that was read, or why not; the reason goes behind the field's name: "is no date". */
export type Read<Value> = { value: Value } | { problem: string };

export interface Habits {
	/** IANA name of the zone that local times belong to. */
	timezone: string;
	/** Two-letter code of the country whose habits count; undefined when nothing tells it. */
	country?: string;
}

const yes = new Set(['true', 'yes', 'y', 'sim', 's', 'si', 'sí', 'sì', '1', 'x', 'on', 'verdadeiro', 'verdadero', 'vero', 'checked', '✓', '✔', '✅', '☑']);
const no = new Set(['false', 'no', 'n', 'não', 'nao', '0', 'off', 'falso', 'falsa', 'unchecked', '✗', '✘', '❌', '☐']);

/** Yes or no in English, Portuguese, Spanish and Italian, as forms and sheets write it. */
export function readBoolean(value: unknown): Read<boolean> {
	if (typeof value === 'boolean') return { value };
	const word = (typeof value === 'string' || typeof value === 'number') && String(value).length < 20 ? String(value).replace(/\uFE0F/g, '').trim().normalize('NFC').toLowerCase() : '';
	if (yes.has(word)) return { value: true };
	return no.has(word) ? { value: false } : { problem: 'is neither yes nor no' };
}

/** Countries that write 1,234.50; the others of this package's users write 1.234,50. */
const pointCountries = new Set(['AU', 'CA', 'CN', 'DO', 'GB', 'GT', 'HK', 'HN', 'IE', 'IL', 'IN', 'JP', 'KE', 'KR', 'MX', 'MY', 'NG', 'NI', 'NZ', 'PA', 'PE', 'PH', 'PK', 'PR', 'SG', 'SV', 'TH', 'TW', 'US', 'ZA']);

/**
 * A number as people write it: "1.234,50", "R$ 1.234,50", "1,234.50", "12,5", "10%".
 *
 * @param country tells what "1,500" is; "1.500" stays unsure where a point goes between thousands, because databases
 * write decimals with a point everywhere
 */
export function readNumber(value: unknown, country?: string): Read<number> {
	if (typeof value === 'number') return Number.isFinite(value) ? { value } : { problem: 'is not a number' };
	if (typeof value === 'bigint') return { value: Number(value) };
	if (typeof value !== 'string' || value.length > 60) return { problem: 'is not a number' };
	const text = value.replace(/[\p{Zs}\p{Cf}'’]/gu, '').replace(/^(?:R\$|US\$|MX\$|AR\$|S\/|Bs\.?|[$€£¥])(?=[-+\d])|(?<=^[-+])(?:R\$|US\$|[$€£])/i, '').replace(/(?:€|%|R\$)$/, '');
	const [, sign = '', digits] = /^([-+\u2212]?)(\d[\d.,]*)$/.exec(text) ?? [];
	if (digits === undefined || /[.,]$/.test(digits)) return { problem: 'is not a number' };
	const number = (whole: string, fraction = '') => ({ value: Number(`${sign === '' || sign === '+' ? '' : '-'}${whole.replace(/[.,]/g, '')}${fraction === '' ? '' : `.${fraction}`}`) });
	const marks = digits.replace(/\d/g, '');
	if (marks === '') return number(digits);
	const last = marks[marks.length - 1]!;
	const at = digits.lastIndexOf(last);
	const [whole, fraction] = [digits.slice(0, at), digits.slice(at + 1)];
	const isGrouped = (text: string, mark: string) => new RegExp(`^\\d{1,3}(?:[${mark}]\\d{3})+$`).test(text);
	if (marks.length > 1) {
		const others = new Set(marks.slice(0, -1));
		if (others.size === 1 && !others.has(last) && isGrouped(whole, [...others][0]!)) return number(whole, fraction);
		return others.size === 1 && others.has(last) && isGrouped(digits, last) ? number(digits) : { problem: 'is not a number: its points and commas do not fit' };
	}
	if (fraction.length !== 3 || whole.length > 3 || whole === '0') return number(whole, fraction);
	const decimal = country === undefined ? undefined : pointCountries.has(country) ? '.' : ',';
	if (decimal === undefined || (decimal === ',' && last === '.')) return { problem: `can be ${whole}${fraction} or ${whole}.${fraction}; write ${whole}${fraction} or ${whole}${last}${withoutEnd(fraction, '0') || '0'}` };
	return decimal === last ? number(whole, fraction) : number(digits);
}

const monthFirst = new Set(['AS', 'FM', 'GU', 'MH', 'MP', 'PH', 'PR', 'PW', 'US', 'VI']);
const pad = (part: string | number, length = 2) => String(part).padStart(length, '0');

/** Excel counts days from here; 1900 was no leap year, though Excel thinks so. */
const excelEpoch = Date.UTC(1899, 11, 30);
const [firstSerial, lastSerial] = [3653, 73415];

/**
 * A date as sheets and people write it, as ISO text that is local to no zone ("2026-12-24", "2026-12-24T09:00:00") or has
 * one of its own: "25/12/1990", "25.12.1990 14:30", Excel's 46380.375, 20261224, Unix seconds and milliseconds.
 *
 * @param country tells day from month where both are 12 or less
 */
export function readDateText(value: unknown, country?: string): Read<string> {
	if (typeof value === 'number' || (typeof value === 'string' && /^\s*\d{1,14}(?:\.\d{1,12})?\s*$/.test(value))) return dateOfNumber(Number(value));
	if (typeof value !== 'string' || value.length > 60) return { problem: 'is not a date' };
	const text = value.trim();
	if (/^\d{4}-\d\d-\d\d(?:$|[T ])/.test(text)) return isPossible(text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)) ? { value: text } : { problem: 'is a day that does not exist' };
	const [, first, second, year, time = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,?\s+(?:às\s+)?(\d{1,2}:\d\d(?::\d\d)?))?$/.exec(text) ?? /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})T(\d\d:\d\d(?::\d\d)?)$/.exec(text) ?? [];
	if (!first || !second || !year) return { problem: /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$/.test(text) ? 'has a year of two digits; write it with four' : 'is not a date' };
	const clock = time === '' ? '' : `T${time.split(':').map((part) => pad(part)).join(':')}`;
	const dayFirst = isPossible(year, second, first);
	const otherWay = isPossible(year, first, second);
	if (!dayFirst && !otherWay) return { problem: 'is a day that does not exist' };
	if (dayFirst && otherWay && first !== second && (country === undefined || country === 'CA')) {
		return { problem: `can be ${year}-${pad(second)}-${pad(first)} or ${year}-${pad(first)}-${pad(second)}; write it with the year in front` };
	}
	const swap = dayFirst && otherWay ? monthFirst.has(country ?? '') : otherWay;
	return { value: `${year}-${pad(swap ? first : second)}-${pad(swap ? second : first)}${clock}` };
}

function dateOfNumber(number: number): Read<string> {
	const [, year, month, day] = /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(String(number)) ?? [];
	if (year && month && day) return isPossible(year, month, day) ? { value: `${year}-${month}-${day}` } : { problem: 'is a day that does not exist' };
	if (number >= firstSerial && number <= lastSerial) {
		const moment = new Date(excelEpoch + Math.round(number * 86_400) * 1000).toISOString();
		return { value: Number.isInteger(number) ? moment.slice(0, 10) : moment.slice(0, 19) };
	}
	const millis = number >= 1e9 && number < 5e9 ? number * 1000 : number >= 1e11 && number < 5e12 ? number : undefined;
	return millis === undefined ? { problem: 'is not a date: the number is neither a day of a spreadsheet nor a time in seconds or milliseconds' } : { value: new Date(millis).toISOString() };
}

function isPossible(year: string, month: string, day: string): boolean {
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	return Number(year) >= 1850 && Number(year) <= 2200 && Number(month) >= 1 && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
