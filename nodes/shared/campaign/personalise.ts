import type { CommonContact } from '../contact/contact';
import { foldName } from '../values/names';
import { table } from '../values/table';

/** What a placeholder may stand for besides the contact's own fields. */
const common = ['name', 'first name', 'phone', 'email'];

/** A text in single braces; two of them are another program's. */
const placeholder = /(?<!\{)\{([^{}]+)\}(?!\})/g;

/** The placeholders of a text, as written. */
export function placeholdersIn(text: string): string[] {
	return [...text.matchAll(placeholder)].map((match) => match[1]!.trim());
}

/** What is wrong with the placeholders of a text whoever it goes to; undefined when nothing is. */
export function placeholderProblem(text: string, fields: Iterable<string>): string | undefined {
	if (/\{\{|\}\}/.test(text)) return `has double braces: ${text.slice(0, 60)}`;
	const known = new Set([...common, ...fields].map(foldName));
	const unknown = placeholdersIn(text).find((name) => !known.has(foldName(name)));
	return unknown === undefined ? undefined : `has {${unknown}}, which no contact has`;
}

/** Fills {name}, {first name}, {phone}, {email} and {any custom field} with what a contact has; what it does not have becomes empty. */
export function personalise(text: string, contact: Pick<CommonContact, 'customFields' | 'email' | 'name' | 'phone'>): string {
	const values = new Map<string, unknown>(Object.entries(contact.customFields).map(([label, value]) => [foldName(label), value]));
	const own = table<unknown>({ name: contact.name, 'first name': firstName(contact.name), phone: contact.phone, email: contact.email });
	for (const name of common) values.set(foldName(name), own[name]);
	return text.replace(placeholder, (_, name: string) => textOf(values.get(foldName(name))));
}

/** The first word of a name that has letters in it: a name may begin with an emoji. */
function firstName(name: string | null): string {
	return (name ?? '').split(/\s+/).find((word) => /\p{L}/u.test(word)) ?? '';
}

function textOf(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (Array.isArray(value)) return value.map(textOf).join(', ');
	return typeof value === 'object' ? '' : String(value);
}
