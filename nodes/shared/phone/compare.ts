import { digitsOnly } from './digits';

/*
 * One person, two spellings. WhatsApp knows a number by the form that its account was made with, and vendors keep what
 * WhatsApp or a form gave them:
 * - Brazil put a 9 before mobile numbers of eight digits from 2012 to 2016; older accounts still go without it.
 * - Mexico dropped the 1 behind its country code for mobiles in 2019; WhatsApp still writes it.
 * - Argentina has a 9 behind its country code for mobiles from abroad; forms leave it out.
 * In each of these plans the two forms cannot belong to two people.
 */

/**
 * All forms in which a number may be kept, the given one first. Numbers of other countries come back alone; so do
 * Brazilian mobiles that would become a fixed line's number without their 9.
 *
 * @param e164 number with plus sign and country code
 */
export function phoneSpellings(e164: string): string[] {
	const other = otherSpelling(e164);
	return other === undefined ? [e164] : [e164, other];
}

function otherSpelling(e164: string): string | undefined {
	const brazil = /^\+55(\d\d)(9?)([6-9]\d{7})$/.exec(e164);
	if (brazil) return `+55${brazil[1]}${brazil[2] ? '' : '9'}${brazil[3]}`;
	const mexico = /^\+52(1?)([2-9]\d{9})$/.exec(e164);
	if (mexico) return `+52${mexico[1] ? '' : '1'}${mexico[2]}`;
	// Area codes are 11 and those that begin with 2 or 3; with its area code a number has ten digits.
	const argentina = /^\+54(9?)(11\d{8}|[23]\d{9})$/.exec(e164);
	return argentina ? `+54${argentina[1] ? '' : '9'}${argentina[2]}` : undefined;
}

/**
 * Whether two numbers with country code are one person's, whatever their form; what is no number is nobody's.
 *
 * @param a as services keep it: "+5585988887777", "5585988887777" or with spaces and signs
 */
export function isSamePhone(a: unknown, b: unknown): boolean {
	const key = keyOf(a);
	return key !== undefined && key === keyOf(b);
}

/** One key for all forms of a number: for what is kept, ordered or locked by person. Digits without plus sign. */
export function phoneKey(e164: string): string {
	return [...phoneSpellings(e164)].sort()[0]!.slice(1);
}

function keyOf(value: unknown): string | undefined {
	const digits = digitsOnly(value);
	return digits.length < 7 || digits.length > 15 ? undefined : phoneKey(`+${digits}`);
}

/** A vendor's phone (digits, spaced, or +E.164) as E.164; what cannot be one stays null. */
export function e164OrNull(value: unknown): string | null {
	// What is longer than any way of writing a number is none.
	if ((typeof value !== 'string' && typeof value !== 'number') || String(value).length > 200) return null;
	const digits = String(value).replace(/\D/g, '');
	return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : null;
}
