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

export type PhoneRefusalCode =
	| 'ambiguous'
	| 'areaCodeMissing'
	| 'characters'
	| 'countryCode'
	| 'empty'
	| 'group'
	| 'hiddenId'
	| 'impossible'
	| 'letters'
	| 'notText'
	| 'placeholder'
	| 'rounded'
	| 'several'
	| 'tooLong'
	| 'tooShort';

/** A text that is no telephone number, or could be more than one. */
export interface PhoneRefusal {
	ok: false;
	code: PhoneRefusalCode;
	/** Goes behind "cannot be used as a phone number: ". */
	reason: string;
}

const kinds: Record<string, PhoneKind> = {
	MOBILE: 'mobile',
	FIXED_LINE: 'fixedLine',
	FIXED_LINE_OR_MOBILE: 'fixedLineOrMobile',
	TOLL_FREE: 'tollFree',
	PREMIUM_RATE: 'premiumRate',
	SHARED_COST: 'sharedCost',
	VOIP: 'voip',
};

/** What the library's class does; its own type leaves part of it out. */
interface NumberingPlans {
	selectNumberingPlan(countryOrCallingCode: string): unknown;
	numberingPlan?: { nationalNumberPattern(): string; IDDPrefix(): string };
}

const plans = new Metadata(numberingPlans) as unknown as NumberingPlans;

function refuse(code: PhoneRefusalCode, reason: string): PhoneRefusal {
	return { ok: false, code, reason };
}

/** Decimal digits of any script as 0-9; other characters stay. */
function asciiDigits(text: string): string {
	return text.replace(/\p{Nd}/gu, (digit) => {
		const code = digit.codePointAt(0) ?? 0;
		// The mathematical digits are five alphabets of ten without a gap.
		if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10);
		// Every other script has its ten digits in a row of their own, so its zero has no digit before it.
		let zero = code;
		while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
		return String(code - zero);
	});
}

/** The decimal digits in a value, of any script, as 0-9. */
export function digitsOnly(value: unknown): string {
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return '';
	return asciiDigits(String(value)).replace(/[^0-9]/g, '');
}

/** One kind of space, dash and plus; no invisible marks, telephone pictures or quotes around. */
function plainText(input: string): string {
	return asciiDigits(input)
		.replace(/[\p{Cf}\uFE0E\uFE0F\u20E3\u260E\u260F\u2706\u{1F4DE}\u{1F4F1}\u{1F4F2}\u{1F57F}]/gu, '')
		.replace(/\r\n?|[\n\v\f\u0085\u2028\u2029]/g, '\n')
		.replace(/[\p{Zs}\t]/gu, ' ')
		.replace(/[\p{Pd}\u2212]/gu, '-')
		.replace(/[\uFF0B\uFE62]/g, '+')
		.replace(/\uFF08/g, '(')
		.replace(/\uFF09/g, ')')
		.replace(/\uFF0F/g, '/')
		.replace(/[\uFF0E\u00B7\u2022]/g, '.')
		.trim()
		.replace(/^=?(["'\u2018\u2019\u201C\u201D`])(.*?)["'\u2018\u2019\u201C\u201D`]?$/su, '$2')
		.trim();
}

interface Written {
	digits: string;
	/** Begins with a country code: it has a plus sign or comes from WhatsApp. */
	international: boolean;
	/** Ends in two groups of four: 9888-7777. */
	groupedByFour?: boolean;
	extension?: string;
}

/** Ids and links of WhatsApp, which hold the international number without plus sign. */
function whatsAppNumber(text: string): Written | PhoneRefusal | undefined {
	const link = /^(?:https?:\/\/)?(?:wa\.me\/|(?:api|web)\.whatsapp\.com\/send\/?\?(?:[^#]*&)?phone=)(?:\+|%2B)?(\d+)\/?(?:[?&#].*)?$/i.exec(text);
	if (link?.[1]) return { digits: link[1], international: true };
	const id = /^(?:whatsapp:)?([^@\s]+)@([a-z.]+)$/i.exec(text);
	if (!id) return undefined;
	const domain = id[2]?.toLowerCase();
	if (domain === 'g.us') return refuse('group', 'it is the id of a WhatsApp group');
	if (domain === 'broadcast' || domain === 'newsletter') return refuse('group', 'it is the id of a WhatsApp broadcast or channel');
	if (domain === 'lid') return refuse('hiddenId', 'it is a WhatsApp id that hides the number');
	if (domain !== 's.whatsapp.net' && domain !== 'c.us') return undefined;
	// Before the "@": the number, and behind "." or ":" the device it was used on.
	const user = /^\+?(\d+)(?:[.:_]\d+)*$/.exec(id[1] ?? '');
	return user?.[1]
		? { digits: user[1], international: true }
		: refuse('characters', 'it is a WhatsApp id without a number');
}

const extensionPattern =
	/(?<=[\d)\s])[;,.]?\s*(?:;ext=|\b(?:ext(?:ensi[oó]n|ensao|ensão|n)?|ramal|r|rml?|anexo|interno|int|poste|durchwahl|x)\b|\bx(?=\d)|#)\s*[.:=#-]?\s*(\d{1,7})$/iu;

/** Sorts out what is written: the digits, whether they begin with a country code, an extension. */
function readText(input: string): Written | PhoneRefusal {
	if (input.length > 200) return refuse('tooLong', 'the text is too long for one phone number');
	let text = plainText(input);
	if (text === '') return refuse('empty', 'it is empty');
	if (/^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text)) {
		return refuse('rounded', 'a spreadsheet turned it into a rounded number such as 5.58599E+12; format the column as text and enter the number again');
	}
	const fromWhatsApp = whatsAppNumber(text);
	if (fromWhatsApp) return fromWhatsApp;
	text = text.replace(/^(?:tel|callto|sms|whatsapp):(?:\/\/)?\s*/i, '');

	const extension = extensionPattern.exec(text);
	if (extension) text = text.slice(0, extension.index).trim();
	// Brazil's old way to write "any carrier code": 0xx85.
	text = text.replace(/^(\(?)0xx(?=[\s)(-]*\d)/i, '$10');

	const several = severalNumbers(text);
	if (several) return several;
	const letters = /[\p{L}\p{M}]+/u.exec(text);
	if (letters) return refuse('letters', `it has letters in it ("${letters[0].slice(0, 20)}")`);
	// A column of numbers that was saved as decimals.
	text = text.replace(/^(\+?\d{7,})[.,]0{1,2}$/, '$1');
	const other = /[^\d+\s().[\]/-]/u.exec(text) ?? /(?<=[\d+].*)\+/u.exec(text);
	if (other) return refuse('characters', `it has a "${other[0]}" in it`);
	const digits = text.replace(/\D/g, '');
	if (digits === '') return refuse('empty', 'it has no digits');
	if (/^\d+$/.test(text) && digits.length >= 12 && /0{7}$/.test(digits)) {
		return refuse('rounded', 'it ends in seven zeros, as numbers do that a spreadsheet has rounded; format the column as text and enter the number again');
	}
	return { digits, international: text.includes('+'), groupedByFour: /(?:^|\D)\d{4}\D+\d{4}$/.test(text), extension: extension?.[1] };
}

function severalNumbers(text: string): PhoneRefusal | undefined {
	const parts = text
		.split(/[;|\n,]|\/|\s(?:ou|or|o|e|y|and|et|und|oder|&)\s|(?<=\d\s*)(?=\(?\+)/iu)
		.map((part) => part.replace(/\D/g, '').length)
		.filter((length) => length > 0);
	// "030/1234567" is one number; "3333-4444/5555" is one number and the end of another.
	return parts.length > 1 && (parts.filter((length) => length >= 7).length > 1 || (parts[0] ?? 0) >= 7)
		? refuse('several', 'there is more than one number in it')
		: undefined;
}

type Certainty = 'assigned' | 'possible';
type Reading = { number: ParsedNumber; certainty: Certainty } | PhoneRefusal;

const isRefusal = (value: object): value is PhoneRefusal => 'ok' in value && value.ok === false;

/** Reads digits that begin with a country code. */
function readInternational(digits: string): Reading {
	if (digits.startsWith('0')) return refuse('countryCode', 'no country code begins with 0');
	// Mexico dropped the 1 behind its country code in 2019; WhatsApp ids still have it.
	const current = digits.replace(/^521(?=\d{10}$)/, '52');
	const number = parsePhoneNumberFromString(`+${current}`, { extract: false }, numberingPlans);
	if (!number) {
		return current.length < 7
			? refuse('tooShort', 'it has too few digits')
			: refuse('countryCode', `no country has the code it begins with (+${current.slice(0, 3)})`);
	}
	return judge(number);
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
	if (number.isValid()) return { number, certainty: 'assigned' };
	if (number.countryCallingCode === '55') return judgeBrazilian(number);
	const length = lengthRefusal(number.number, national);
	if (length) return length;
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
	const isAssigned = (digits: string) =>
		parsePhoneNumberFromString(`+55${digits}`, { extract: false }, numberingPlans)?.isValid() === true;
	if (/^\d\d[6-9]\d{7}$/.test(national) && isAssigned(`${national.slice(0, 2)}9${national.slice(2)}`)) {
		return { number, certainty: 'assigned' };
	}
	if (/^[2-9]\d{7,8}$/.test(national)) {
		return refuse('areaCodeMissing', 'the area code (DDD) in front of it is missing');
	}
	const length = lengthRefusal(number.number, national);
	if (length) return length;
	if (!isAssigned(`${national.slice(0, 2)}988887777`)) {
		return refuse('impossible', `Brazil has no area code (DDD) ${national.slice(0, 2)}`);
	}
	return national.length === 11
		? refuse('impossible', 'Brazilian numbers with nine digits after the area code (DDD) begin with 9')
		: refuse('impossible', `Brazil has no numbers that begin with ${national[2]} after the area code (DDD)`);
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

/** A Brazilian mobile of nine digits that lost one looks like an old one of eight that began with 9. */
function isTruncatedMobile({ countryCallingCode, nationalNumber }: ParsedNumber): boolean {
	return countryCallingCode === '55' && /^\d\d9\d{7}$/.test(nationalNumber);
}

function read(written: Written, country: CountryCode): Reading {
	const { digits, international } = written;
	if (digits.length > 22) return refuse('tooLong', 'it has too many digits for one number');
	if (international) return readInternational(digits.replace(/^00+(?=[1-9])/, ''));

	const behindPrefix = behindDiallingPrefix(digits, country).map(readInternational);
	if (behindPrefix.length > 0) {
		const found = onlyOne(behindPrefix);
		if (found) return found;
		if (digits.startsWith('00')) return behindPrefix[0] as Reading;
	}

	const national = readNational(digits, country);
	const callingCode = getCountryCallingCode(country, numberingPlans);
	if (!isRefusal(national)) {
		if (!written.groupedByFour && `+${digits}` !== national.number.number && isTruncatedMobile(national.number)) {
			return refuse('ambiguous', 'a digit seems to be missing: Brazilian mobiles have nine digits after the area code (DDD)');
		}
		// "4917…" in Germany: an area code, or the country code without plus sign?
		const withCode = digits.startsWith(callingCode) ? readInternational(digits) : national;
		const rivals = [national, withCode].filter((reading) => !isRefusal(reading) && reading.certainty === 'assigned');
		return onlyOne(rivals) ?? national;
	}
	// A country code without plus sign is believed only where no number of the default country is that long, and
	// not when it is a 1 or 7, which may as well be a trunk prefix.
	const bare = digits.replace(/^0/, '');
	if (national.code === 'tooLong' && bare.length >= 10) {
		const foreign = readInternational(bare);
		if (!isRefusal(foreign) && foreign.certainty === 'assigned' && foreign.number.countryCallingCode.length > 1) return foreign;
	}
	return national;
}

/**
 * Reads a telephone number as people, spreadsheets and WhatsApp write it.
 *
 * A number without "+" or "00" is read as a number of the default country; failing that, as one that begins with
 * a country code, but only when it is too long to be of the default country. Brazilian mobiles keep the number of
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
	const written = readText(String(input));
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
