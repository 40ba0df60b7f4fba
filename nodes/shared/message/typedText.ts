import type { INodeProperties } from 'n8n-workflow';

import type { Fields, Item } from '../operation/item';
import { leftPlaceholder, visible } from '../whatsapp/words';
import { plainText, readTextFormat } from './textFormat';

/** What is done with braces in a text; for vendors that fill in none and take no signs to keep them. */
export const placeholdersInText: INodeProperties = {
	displayName: 'Placeholders in Text',
	name: 'placeholders',
	type: 'options',
	options: [
		{ name: 'Refuse', value: 'refuse', description: 'A text with {{…}} or {…} in it is an error: nobody has filled it in' },
		{ name: 'Send as They Are', value: 'literal', description: 'The person reads the braces' },
	],
	default: 'refuse',
	description: 'What to do with braces such as {{1}}, {{name}} or {name} in the text',
};

/**
 * Reads a text that is shown as it is typed, with WhatsApp's marks, and refuses what must not reach a customer.
 *
 * @param field name of the field
 * @param most characters that the channel takes
 * @param extra where {@link placeholdersInText} stands
 * @param typed what stands in the field, where that is not read as it is
 * @returns the text as it has to go out; undefined when the field is empty
 */
export function readTypedText(item: Item, field: string, most: number, extra: Fields, typed = item.text(field)): string | undefined {
	const format = readTextFormat(item, field, typed);
	if (typed === undefined) return undefined;
	const left = extra.choice('placeholders', ['literal', 'refuse'] as const) === 'literal' ? undefined : leftPlaceholder(typed);
	if (left !== undefined) throw item.refuse(field, `has a placeholder that nobody has filled in: ${left.slice(0, 60)}`, "Put an expression in its place, or choose 'Send as They Are' under 'Placeholders in Text'.");
	const text = visible(plainText(typed, format));
	if (text.trim() === '') throw item.refuse(field, 'is empty: nothing in it can be seen', 'Write a text, or leave this item out before it reaches the node.');
	const length = [...text].length;
	if (length > most) throw item.refuse(field, `has ${length} characters; the channel takes ${most} at most`, 'Shorten it, or split it into several messages.');
	return text;
}
