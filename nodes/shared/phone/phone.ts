import {
	getCountryCallingCode,
	isSupportedCountry,
	Metadata,
	parsePhoneNumberFromString,
	validatePhoneNumberLength,
	type CountryCode,
	type PhoneNumber as ParsedNumber,
} from 'libphonenumber-js/core';
import numberingPlans from 'libphonenumber-js/metadata.max.json';

import { countryOptions } from './countries';
import { isRefusal, readWritten, refuse, type PhoneRefusal, type Written } from './written';
import { table } from '../values/table';

export { digitsOnly } from './digits';
export type { PhoneRefusal, PhoneRefusalCode } from './written';

/*
 * Telephone numbers, with the numbering plans of libphonenumber-js (MIT; its plans are Google's, Apache 2.0).
 * The build puts the library into this module's file, so that the package needs nothing at run time.
 * Why the complete plans (a file of 267 kB) and not the short ones (194 kB): only they tell a mobile from a fixed line and
 * an assigned range from a merely possible one, and a number without country code is only believed when assigned.
 */

/** ISO 3166-1 alpha-2 code of a country whose numbering plan is known. */
export type DefaultCountry = CountryCode;

export type PhoneKind =
	| 'mobile'
	| 'fixedLine'
	| 'fixedLineOrMobile'
	| 'tollFree'
	| 'premiumRate'
	| 'sharedCost'
	| 'voip'
	| 'other';

/** A telephone number that was understood. */
export interface PhoneNumber {
	ok: true;
	/** With plus sign and country code, no other sign: "+5585988887777". */
	e164: string;
	/** The same without the plus sign: "5585988887777". */
	digits: string;
	/** Country calling code: "55". */
	callingCode: string;
	/** The number inside its country, digits only, without trunk prefix: "85988887777". */
	national: string;
	/** Missing for numbers of no country (satellite) and for ranges too new for the numbering plan. */
	country?: CountryCode;
	kind?: PhoneKind;
	/** Digits of an extension that stood behind the number. E.164 has no place for it: it is not part of `e164`. */
	extension?: string;
}

const kinds: Record<string, PhoneKind> = table({
	MOBILE: 'mobile',
	FIXED_LINE: 'fixedLine',
	FIXED_LINE_OR_MOBILE: 'fixedLineOrMobile',
	TOLL_FREE: 'tollFree',
	PREMIUM_RATE: 'premiumRate',
	SHARED_COST: 'sharedCost',
	VOIP: 'voip',
});

/** What the library's class does; its own type leaves part of it out. */
interface NumberingPlans {
	selectNumberingPlan(countryOrCallingCode: string): unknown;
	numberingPlan?: { nationalNumberPattern(): string; IDDPrefix(): string };
}

const plans = new Metadata(numberingPlans) as unknown as NumberingPlans;

type Certainty = 'assigned' | 'possible';
type Reading = { number: ParsedNumber; certainty: Certainty } | PhoneRefusal;

/** Reads digits that begin with a country code. */
function readInternational(digits: string): Reading {
	if (digits.startsWith('0')) return refuse('countryCode', 'no country code begins with 0');
	// Mexico dropped its prefixes for mobiles in 2019; WhatsApp ids still have the 1 behind the country code.
	const current = digits.replace(/^52(?:04[45]|01|1)(?=[2-9]\d{9}$)/, '52');
	const number = parsePhoneNumberFromString(`+${current}`, { extract: false }, numberingPlans);
	if (!number) {
		return current.length < 7
			? refuse('tooShort', 'it has too few digits')
			: refuse('countryCode', `no country has the code it begins with (+${current.slice(0, 3)})`);
	}
	// "+55 90 6966-976808": the prefix of collect calls, or a digit too many?
	const { countryCallingCode: code, nationalNumber: national } = number;
	const behind = current.slice(code.length);
	const prefix = behind.endsWith(national) ? behind.slice(0, -national.length) : '';
	return !['', '0'].includes(prefix) && withoutOneDigit(behind).some((fewer) => fewer !== national && isAssigned(code, fewer))
		? refuse('tooLong', `it has too many digits (${behind.length} without the country code)`)
		: judge(number);
}

/** Reads digits as they are dialled inside a country. */
function readNational(digits: string, country: CountryCode): Reading {
	const number = parsePhoneNumberFromString(digits, { defaultCountry: country, extract: false }, numberingPlans);
	return number ? judge(number) : refuse('tooShort', 'it has too few digits');
}

/**
 * Assigned: the numbering plan has the range. Possible: length and first digits are right, so the range may be
 * newer than the plan. Anything else is refused.
 */
function judge(number: ParsedNumber): Reading {
	const national = number.nationalNumber;
	if (/^(\d)\1{6,}$/.test(national)) return refuse('placeholder', `all its digits are ${national[0]}`);
	// Voicemail boxes of Italy have a mobile's number with one digit more, premium services of Uruguay one with a digit less.
	if (number.isValid() && !['PREMIUM_RATE', 'VOICEMAIL'].includes(number.getType() ?? '')) return { number, certainty: 'assigned' };
	if (number.countryCallingCode === '55') return judgeBrazilian(number);
	const length = lengthRefusal(number.number, national);
	if (length) return length;
	if (withoutOneDigit(national).some((digits) => isAssigned(number.countryCallingCode, digits))) {
		return refuse('tooLong', `it has too many digits (${national.length} without the country code)`);
	}
	if (number.countryCallingCode !== '1' && withOneDigitMore(national).some((digits) => isAssigned(number.countryCallingCode, digits, mobileTypes))) {
		return refuse('tooShort', 'a digit seems to be missing: mobiles of that country have one more');
	}
	if (number.isValid()) return { number, certainty: 'assigned' };
	const inPlan =
		number.countryCallingCode === '1'
			? /^[2-9]\d\d[2-9]\d{6}$/.test(national)
			: new RegExp(`^(?:${nationalPattern(number)})$`).test(national) && !isSequence(national);
	return inPlan
		? { number, certainty: 'possible' }
		: refuse('impossible', `+${number.countryCallingCode} ${national} is in no range of that country's numbering plan`);
}

/** Brazil's plan is closed: 67 area codes; mobiles have nine digits, on WhatsApp still often the old eight. */
function judgeBrazilian(number: ParsedNumber): Reading {
	const national = number.nationalNumber;
	if (/^\d\d[6-9]\d{7}$/.test(national) && isAssigned('55', `${national.slice(0, 2)}9${national.slice(2)}`)) {
		return { number, certainty: 'assigned' };
	}
	if (/^[2-9]\d{7,8}$/.test(national)) {
		return refuse('areaCodeMissing', 'the area code (DDD) in front of it is missing');
	}
	const length = lengthRefusal(number.number, national);
	if (length) return length;
	if (!isAssigned('55', `${national.slice(0, 2)}988887777`)) {
		return refuse('impossible', `Brazil has no area code (DDD) ${national.slice(0, 2)}`);
	}
	return national.length === 11
		? refuse('impossible', 'Brazilian numbers with nine digits after the area code (DDD) begin with 9')
		: refuse('impossible', `Brazil has no numbers that begin with ${national[2]} after the area code (DDD)`);
}

const mobileTypes = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

/** Whether a number inside a country is in a range of its plan, as it stands. */
function isAssigned(callingCode: string, national: string, types?: string[]): boolean {
	const number = parsePhoneNumberFromString(`+${callingCode}${national}`, { extract: false }, numberingPlans);
	if (number?.isValid() !== true || number.nationalNumber !== national) return false;
	const type = number.getType() ?? '';
	return types ? types.includes(type) : type !== 'VOICEMAIL';
}

/** What a number may have been before a digit too many came in. */
function withoutOneDigit(digits: string): string[] {
	return [...new Set(Array.from(digits, (_, index) => digits.slice(0, index) + digits.slice(index + 1)))];
}

/** What a number may have been before it lost a digit. */
function withOneDigitMore(digits: string): string[] {
	return Array.from({ length: digits.length + 1 }, (_, index) => Array.from('0123456789', (digit) => digits.slice(0, index) + digit + digits.slice(index))).flat();
}

function lengthRefusal(e164: string, national: string): PhoneRefusal | undefined {
	switch (validatePhoneNumberLength(e164, numberingPlans)) {
		case undefined:
			return undefined;
		case 'TOO_SHORT':
			return refuse('tooShort', `it has too few digits (${national.length} without the country code)`);
		case 'TOO_LONG':
			return refuse('tooLong', `it has too many digits (${national.length} without the country code)`);
		default:
			return refuse('impossible', `no number of that country has ${national.length} digits`);
	}
}

function nationalPattern(number: ParsedNumber): string {
	plans.selectNumberingPlan(number.country ?? number.countryCallingCode);
	return plans.numberingPlan?.nationalNumberPattern() ?? '';
}

function isSequence(digits: string): boolean {
	return '01234567890123456789'.includes(digits) || '98765432109876543210'.includes(digits);
}

/** Digits behind an international dialling prefix, in every way the prefix can be cut off. */
function behindDiallingPrefix(digits: string, country: CountryCode): string[] {
	plans.selectNumberingPlan(country);
	const prefix = new RegExp(`^(?:${plans.numberingPlan?.IDDPrefix() ?? '00'})`).exec(digits)?.[0];
	const rests = [/^00+(?=[1-9])/.exec(digits)?.[0], prefix]
		.filter((found): found is string => found !== undefined)
		.map((found) => digits.slice(found.length));
	return [...new Set(rests)];
}

/** The one number that several readings agree on; a refusal when they do not. */
function onlyOne(readings: Reading[]): Reading | undefined {
	const found = readings.filter((reading) => !isRefusal(reading));
	const [first, ...others] = found;
	if (!first || isRefusal(first)) return undefined;
	const other = others.find((reading) => !isRefusal(reading) && reading.number.number !== first.number.number);
	if (!other || isRefusal(other)) return first;
	return refuse('ambiguous', `it can be ${first.number.number} or ${other.number.number}; write it with + and country code`);
}

/** The name of a country, from its two-letter code. */
const nameOf = (country?: string) => (countryOptions.find(({ value }) => value === country)?.name ?? 'another country').replace(/ \(\+\d+\)$/, '');

/**
 * Brazilian mobiles have nine digits behind the area code, the old ones eight. A new one that lost a digit looks like an
 * old one, unless it begins with another digit than 9; one that lost a digit of its area code looks like one of another.
 *
 * @returns why the number may have lost a digit
 */
function lostDigit({ digits, groups }: Written, { countryCallingCode: code, nationalNumber: national }: ParsedNumber): string | undefined {
	const asWritten = digits.replace(/^0+/, '');
	if (code === '39') return /^3\d{8}$/.test(national) ? 'a digit seems to be missing: Italian mobiles have ten digits; an old one of nine has to be written with +39' : undefined;
	if (code !== '55' || asWritten !== national || national.length !== 10) return undefined;
	if (national[2] === '9') {
		return 'a digit seems to be missing: Brazilian mobiles have nine digits after the area code (DDD); an old number of eight has to be written with its 9 in front, or with +55';
	}
	const areaCode = groups[0] ?? '';
	if (areaCode.length === 1 && areaCode !== '0') return 'a digit of the area code (DDD) seems to be missing';
	return groups.length === 1 && /^\d9[6-9]/.test(national)
		? `it can be +55${national} or a mobile whose area code (DDD) lost a digit; write it with +55 or as (${national.slice(0, 2)}) 9${national.slice(2, 6)}-${national.slice(6)}`
		: undefined;
}

/**
 * Whether digits are a number of a country with one digit too many.
 *
 * @param digits as written, without country code
 * @param except the number that they are otherwise read as
 */
function hasOneDigitTooMany(digits: string, country: CountryCode, except?: string): boolean {
	const callingCode = getCountryCallingCode(country, numberingPlans);
	return withoutOneDigit(digits).some((fewer) => `+${callingCode}${fewer}` !== except && isAssigned(callingCode, fewer));
}

/** Mexico's prefixes for mobiles and long distance until 2019, before the ten digits. */
function withoutOldPrefix(written: Written, country: CountryCode): string | PhoneRefusal {
	const { digits, groups } = written;
	const [, prefix, rest] = country === 'MX' ? (/^(04[45]|01|1)([2-9]\d{9})$/.exec(digits) ?? []) : [];
	if (!prefix || !rest) return digits;
	// "1 213 373 4253" is how people in Mexico write numbers of the United States as well; "1 55 1234 5678" is not.
	const asInMexico = groups[0] === '1' && groups[1]?.length === 2;
	return prefix === '1' && !asInMexico && isAssigned('1', rest)
		? refuse('ambiguous', `it can be +52${rest} or +1${rest}; write it with + and country code`)
		: rest;
}

/** Digits behind Brazil's country code without plus sign: "55 91 6195-5750", and "559161955750" as WhatsApp writes it. */
const isSplitAt = ({ groups, text }: Written, callingCode: string) =>
	groups.length === 1 || (groups[0] === callingCode && groups[1]?.length === 2 && groups.length > 2 && !text.startsWith('('));

function read(written: Written, country: CountryCode): Reading {
	const { digits, international } = written;
	if (digits.length > 22) return refuse('tooLong', 'it has too many digits for one number');
	if (international) return readWithCode(written, country);

	const behindPrefix = behindDiallingPrefix(digits, country).map(readInternational);
	if (behindPrefix.length > 0) {
		const assigned = behindPrefix.filter((reading) => !isRefusal(reading) && reading.certainty === 'assigned');
		// Carriers' codes may stand in the prefix: "00 55 12…" is a number of home more likely than one of +1 by carrier 55.
		const atHome = assigned.find((reading) => !isRefusal(reading) && reading.number.countryCallingCode === getCountryCallingCode(country, numberingPlans));
		const found = atHome ?? onlyOne(assigned.length ? assigned : behindPrefix);
		// "(003) 19248-18328": two zeros in front of a number of home are a slip as well.
		const home = digits.replace(/^0+/, '');
		if (found && !isRefusal(found) && found !== atHome && isAssigned(getCountryCallingCode(country, numberingPlans), home)) {
			return refuse('ambiguous', `it can be ${found.number.number} or ${home} of ${nameOf(country)}; write it with + and country code`);
		}
		if (found) return found;
		if (digits.startsWith('00')) return behindPrefix[0] as Reading;
	}

	const home = withoutOldPrefix(written, country);
	return typeof home === 'string' ? readAtHome({ ...written, digits: home }, country) : home;
}

/** Reads what begins with a plus sign. */
function readWithCode({ digits, text }: Written, country: CountryCode): Reading {
	const reading = readInternational(digits.replace(/^00+(?=[1-9])/, ''));
	const callingCode = getCountryCallingCode(country, numberingPlans);
	if (digits.startsWith(callingCode) || !text.startsWith('+') || !isAssigned(callingCode, digits)) return reading;
	const atHome = `+${callingCode}${digits}`;
	if (isRefusal(reading)) return refuse(reading.code, `${reading.reason}; if it is ${atHome}, its country code is missing`);
	// "+51 98123-4567": a mobile of Porto Alegre whose country code was forgotten, written as nobody writes one of Peru.
	return country === 'BR' && /^\+\(?\d\d\)? ?9\d{4}-\d{4}$/.test(text)
		? refuse('ambiguous', `it can be ${atHome} or ${reading.number.number}; write it with the right country code`)
		: reading;
}

/** Reads what has neither plus sign nor dialling prefix. */
function readAtHome(written: Written, country: CountryCode): Reading {
	const { digits } = written;
	const callingCode = getCountryCallingCode(country, numberingPlans);
	const national = readNational(digits, country);
	const bare = digits.replace(/^0/, '');
	if (!isRefusal(national)) {
		const lost = lostDigit(written, national.number);
		if (lost) return refuse('ambiguous', lost);
		const before = digits.endsWith(national.number.nationalNumber) ? digits.slice(0, -national.number.nationalNumber.length) : '';
		// "(55) 91619-55750": the country code, or the area code 55 and a digit too many?
		const mayBeTooLong = () => hasOneDigitTooMany(bare, country, national.number.number)
			|| (before.length > callingCode.length && before.startsWith(callingCode) && hasOneDigitTooMany(digits.slice(callingCode.length), country, national.number.number));
		if (!['', '0'].includes(before) && !(before === callingCode && country === 'BR' && isSplitAt(written, callingCode)) && mayBeTooLong()) {
			return refuse('ambiguous', `it can be ${national.number.number} or a number with one digit too many; write it with + and country code`);
		}
		// "4917…" in Germany: an area code, or the country code without plus sign?
		const withCode = digits.startsWith(callingCode) ? readInternational(digits) : national;
		const rivals = [national, withCode].filter((reading) => !isRefusal(reading) && reading.certainty === 'assigned');
		return onlyOne(rivals) ?? national;
	}
	if (national.code !== 'tooLong' || bare.length < 10) return national;
	const other = readInternational(bare);
	if (isRefusal(other) || other.certainty !== 'assigned') return national;
	if (other.number.countryCallingCode === callingCode) return other;
	return isForeignForSure(written, other.number, country)
		? other
		: refuse('ambiguous', `it has too many digits for a number of ${nameOf(country)}, and can be ${other.number.number} (${nameOf(other.number.country)}); write it with + and country code`);
}

/** Countries with numbers of ten digits and more, which look like a foreign country code when their own is missing. */
const neighbours = ['1', '39', '52', '54', '55', '57', '58'];

/**
 * A foreign number without plus sign is believed only when nothing in its writing speaks for home, it is a mobile there,
 * and it is neither a number of home with one digit too many nor a third country's without its code. A country code 1 or 7 may as well be a trunk prefix.
 */
function isForeignForSure({ digits, asAtHome }: Written, number: ParsedNumber, country: CountryCode): boolean {
	return !asAtHome && !digits.startsWith('0') && number.countryCallingCode.length > 1
		&& mobileTypes.includes(number.getType() ?? '')
		&& !hasOneDigitTooMany(digits, country)
		&& !neighbours.some((code) => code !== number.countryCallingCode && isAssigned(code, digits, mobileTypes));
}

/**
 * Reads a telephone number as people, spreadsheets and WhatsApp write it.
 *
 * A number without "+" or "00" is read as a number of the default country; failing that, as one that begins with
 * a country code, but only when nothing speaks for the default country (see {@link isForeignForSure}). Brazilian mobiles keep the number of
 * digits they are written with. An extension is given back apart.
 *
 * @param input text, whole number or bigint; anything else is refused
 * @param options.defaultCountry where numbers without country code belong to
 * @returns the number, or why the input is not exactly one number; never throws
 */
export function toE164(
	input: unknown,
	options: { defaultCountry: DefaultCountry },
): PhoneNumber | PhoneRefusal {
	if (!isSupportedCountry(options.defaultCountry, numberingPlans)) {
		return refuse('countryCode', "the default country is not a country's two-letter code");
	}
	if (input === undefined || input === null) return refuse('empty', 'it is empty');
	if (typeof input === 'number' && (!Number.isSafeInteger(input) || input < 0)) {
		return refuse('rounded', 'it is not a whole number of up to 15 digits; use text for phone numbers');
	}
	if (typeof input !== 'string' && typeof input !== 'number' && typeof input !== 'bigint') {
		return refuse('notText', 'it is neither text nor a number');
	}
	const written = readWritten(String(input));
	if (isRefusal(written)) return written;
	const reading = read(written, options.defaultCountry);
	if (isRefusal(reading)) return reading;

	const { number } = reading;
	const type = number.getType();
	const oldMobile = number.countryCallingCode === '55' && /^\d\d[6-9]\d{7}$/.test(number.nationalNumber) && !type;
	return {
		ok: true,
		e164: number.number,
		digits: number.number.slice(1),
		callingCode: number.countryCallingCode,
		national: number.nationalNumber,
		...(number.country && { country: number.country }),
		...(oldMobile ? { kind: 'mobile' as const } : type && { kind: kinds[type] ?? ('other' as const) }),
		...(written.extension && { extension: written.extension }),
	};
}
