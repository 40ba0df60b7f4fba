import { isSamePhone } from './compare';
import { asciiDigits } from './digits';
import { withoutEnd } from '../values/ends';

/*
 * What is written in a cell, a form or a link, before any numbering plan is asked: the digits, and what the writing says
 * about them. Texts are cut off by length first, so that no expression here can take long.
 */

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
	| 'sheetError'
	| 'tooLong'
	| 'tooShort';

/** A text that is no telephone number, or could be more than one. */
export interface PhoneRefusal {
	ok: false;
	code: PhoneRefusalCode;
	/** Goes behind "cannot be used as a phone number: ". */
	reason: string;
}

export function refuse(code: PhoneRefusalCode, reason: string): PhoneRefusal {
	return { ok: false, code, reason };
}

export const isRefusal = (value: object): value is PhoneRefusal => 'ok' in value && value.ok === false;

export interface Written {
	digits: string;
	/** Begins with a country code: it has a plus sign or comes from WhatsApp. */
	international: boolean;
	/** The digits between other signs: ["85", "98888", "7777"]. */
	groups: string[];
	/** Has parentheses or hyphens, as people write numbers of their own country. */
	asAtHome: boolean;
	/** As it stood, without labels, in plain signs. */
	text: string;
	extension?: string;
}

/** One kind of space, dash and plus; no invisible marks, pictures or quotes around. */
function plainText(input: string): string {
	return asciiDigits(input)
		.replace(/[\p{Cf}\p{Extended_Pictographic}\uFE0E\uFE0F\u20E3\u{1F57F}]/gu, '')
		.replace(/\r\n?|[\n\v\f\u0085\u2028\u2029]/g, '\n')
		.replace(/[\p{Zs}\t]+/gu, ' ')
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

const written = (text: string, international: boolean, extension?: string): Written => ({
	digits: text.replace(/\D/g, ''),
	international,
	groups: text.match(/\d+/g) ?? [],
	asAtHome: /[()-]/.test(text),
	text,
	extension,
});

/** The number in a link of WhatsApp: `wa.me/5585…`, `api.whatsapp.com/send?phone=5585…`. */
function numberInLink(text: string): string | undefined {
	const start = /^(?:https?:\/\/)?(?:wa\.me\/|(?:api|web)\.whatsapp\.com\/send\/?(?=\?))/i.exec(text)?.[0];
	if (start === undefined || text.includes('\n')) return undefined;
	const [path = '', query = ''] = text.slice(start.length).split('#', 1)[0]!.split('?', 2);
	const named = /wa\.me\/$/i.test(start) ? path.split('&', 1)[0] : query.split('&').filter((part) => /^phone=/i.test(part)).pop()?.slice('phone='.length);
	return /^(?:\+|%2B)?(\d+)\/?$/i.exec(named ?? '')?.[1];
}

/** Ids and links of WhatsApp, which hold the international number without plus sign. */
function whatsAppNumber(text: string): Written | PhoneRefusal | undefined {
	const linked = numberInLink(text);
	if (linked !== undefined) return written(linked, true);
	const id = /^(?:whatsapp:)?([^@\s]+)@([a-z.]+)$/i.exec(text);
	if (!id) return undefined;
	const domain = id[2]?.toLowerCase();
	if (domain === 'g.us') return refuse('group', 'it is the id of a WhatsApp group');
	if (domain === 'broadcast' || domain === 'newsletter') return refuse('group', 'it is the id of a WhatsApp broadcast or channel');
	if (domain === 'lid') return refuse('hiddenId', 'it is a WhatsApp id that hides the number');
	if (domain !== 's.whatsapp.net' && domain !== 'c.us') return undefined;
	// Before the "@": the number, and behind "." or ":" the device it was used on.
	const user = /^\+?(\d+)(?:[.:_]\d+)*$/.exec(id[1] ?? '');
	return user?.[1] ? written(user[1], true) : refuse('characters', 'it is a WhatsApp id without a number');
}

/** A linked cell that came as its formula: the address and the text have to tell the same number. */
function hyperlink(text: string): Written | PhoneRefusal | undefined {
	const [, address, label] = /^=(?:HYPERLINK|HIPERLINK|HIPERV[IÍ]NCULO|COLLEG\.IPERTESTUALE)\(\s*"([^"]*)"\s*(?:[;,]\s*"([^"]*)"\s*)?\)$/i.exec(text) ?? [];
	if (address === undefined) return undefined;
	const readings = [address, label ?? ''].filter((part) => /\d{3}/.test(part)).map(readWritten);
	const numbers = readings.filter((reading) => !isRefusal(reading)) as Written[];
	const [first, second] = numbers;
	if (!first) return readings[0] ?? refuse('empty', 'it is a link without a number');
	const end = Math.min(8, first.digits.length, second?.digits.length ?? 8);
	const agree = !second || isSamePhone(first.digits, second.digits) || first.digits.slice(-end) === second.digits.slice(-end);
	return agree ? (numbers.find(({ international }) => international) ?? first) : refuse('several', 'its link has another number than its text');
}

const extensionPattern =
	/(?<=[\d)\s])[;,.]?\s?(?:;ext=|\b(?:ext(?:ensi[oó]n|ensao|ensão|n)?|ramal|r|rml?|anexo|interno|int|poste|durchwahl|x)\b|\bx(?=\d)|#)\s?[.:=#-]?\s?(\d{1,7})$/iu;

/** What people and lead forms put before or behind a number to say what it is. */
const label = String.raw`(?:n[úu]mero|n[ºo°]?\.?|num|tel(?:[eé]fono?|efone|emóvel|emovel|efono|\.)?|fone|phone|mobile|m[óo]vil|m[óo]vel|cel(?:l|ular|lulare|\.)?|whats?(?:app|up)?|wh?ats|wpp|zap(?:zap)?|contac?to|contact|call|sms|work|home|casa|p)`;
const labelBefore = new RegExp(String.raw`^(?:${label}\s?(?:[/&-]|\be\b)?\s?){1,3}[:.=-]?\s?(?=[+(\d])`, 'iu');
const labelBehind = new RegExp(String.raw`(?<=\d)(?:\s[,;/-]?\s?\(?|\()(?:${label}[\s/&-]{0,9}){1,2}\)?$`, 'iu');
/** Words in parentheses behind a number say whose it is – or that it is not to be used. */
const wordsBehind = /(?<=\d)\s*\((\p{L}[\p{L}\p{M}\s.'’-]{0,60})\)$/u;
const warning = /\b(?:n[aã]o|no|not|never|nunca|old|antig[oa]|anterior|errad[oa]|wrong|equivocad[oa]|velh[oa]|viej[oa]|cancelad[oa]|inativ[oa]|inactiv[oa]|falecid[oa]|ex|recado)\b/iu;

/** Errors that a spreadsheet shows in place of a value, in its languages. */
const sheetError = /^#(?:ERROR!?|ERRO!?|REF!?|¡?REF!|VALUE!?|VALOR!|¡VALOR!|N\/[ADP]|N\/D|NAME\?|NOME\?|¿NOMBRE\?|NUM!|¡NUM!|NÚM!|DIV\/0!|¡DIV\/0!|NULL!|¡NULO!|NULO!|SPILL!|#+)/iu;

/** Sorts out what is written: the digits, whether they begin with a country code, an extension. */
export function readWritten(input: string): Written | PhoneRefusal {
	if (input.length > (/^\s*(?:=|https?:|wa\.me)/i.test(input.slice(0, 20)) ? 2000 : 200)) return refuse('tooLong', 'the text is too long for one phone number');
	const linked = hyperlink(input.trim());
	if (linked) return linked;
	let text = plainText(input);
	if (text === '') return refuse('empty', 'it is empty');
	if (/^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text)) {
		return refuse('rounded', 'a spreadsheet turned it into a rounded number such as 5.58599E+12; format the column as text and enter the number again');
	}
	if (sheetError.test(text)) {
		return refuse('sheetError', `a spreadsheet shows the error ${text.slice(0, 12)} in its place, as it does when it takes the + for a sum; format the column as text and enter the number again`);
	}
	const fromWhatsApp = whatsAppNumber(text);
	if (fromWhatsApp) return fromWhatsApp;
	if (text.length > 200) return refuse('tooLong', 'the text is too long for one phone number');
	text = text.replace(/^=(?=\s*[+(\d])/, '').replace(/^(?:tel|callto|sms|whatsapp):(?:\/\/)?\s*/i, '').replace(labelBefore, '');

	const extension = extensionPattern.exec(text);
	if (extension) text = text.slice(0, extension.index).trim();
	text = text.replace(labelBehind, '');
	const words = wordsBehind.exec(text);
	if (words && !warning.test(words[1] ?? '')) text = text.slice(0, words.index);
	text = withoutEnd(text, ' \n.,;:/|-');
	// Brazil's old way to write "any carrier code": 0xx85.
	text = text.replace(/^(\(?)0xx(?=[\s)(-]*\d)/i, '$10');
	// A column of numbers that was saved as decimals, or with commas between the thousands.
	if (/^\+?\d{1,3}(?:,\d{3}){2,5}(?:\.0{1,2})?$/.test(text)) text = text.replace(/\.0+$/, '').replace(/,/g, '');
	else if (/^\+?\d{1,3}(?:\.\d{3}){2,5},0{1,2}$/.test(text)) text = text.replace(/,0+$/, '').replace(/\./g, '');
	else text = text.replace(/^(\+?\d{7,})[.,]0{1,2}$/, '$1');

	const several = severalNumbers(text);
	if (several) return several;
	const letters = /[\p{L}\p{M}]+/u.exec(text);
	if (letters) return refuse('letters', `it has letters in it ("${letters[0].slice(0, 20)}")`);
	const other = /[^\d+\s().[\]/-]/u.exec(text)?.[0] ?? (text.includes('+', text.search(/[\d+]/) + 1) ? '+' : undefined);
	if (other !== undefined) return refuse('characters', `it has a "${other}" in it`);
	const digits = text.replace(/\D/g, '');
	if (digits === '') return refuse('empty', 'it has no digits');
	if (/^\d+$/.test(text) && digits.length >= 12 && /0{7}$/.test(digits)) {
		return refuse('rounded', 'it ends in seven zeros, as numbers do that a spreadsheet has rounded; format the column as text and enter the number again');
	}
	return written(text, text.includes('+'), extension?.[1]);
}

function severalNumbers(text: string): PhoneRefusal | undefined {
	const parts = text
		.split(/[;|\n,]|\/|:::|\s(?:ou|or|o|e|y|and|et|und|oder|&)\s|(?<=\d\s{0,9})(?=\(?\+)/iu)
		.map((part) => part.replace(/\D/g, '').length)
		.filter((length) => length > 0);
	// "030/1234567" is one number; "3333-4444/5555" is one number and the end of another.
	const several = parts.length > 1 && (parts.filter((length) => length >= 7).length > 1 || (parts[0] ?? 0) >= 7);
	// Two whole numbers with a space between them.
	const whole = text.split(' ').filter((part) => /^\+?\d{9,}$/.test(part));
	return several || whole.length > 1 ? refuse('several', 'there is more than one number in it') : undefined;
}
