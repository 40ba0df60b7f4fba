import type { ILoadOptionsFunctions, INodePropertyOptions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

/**
 * A yes/no field in a resource mapper. The editor sets a switch to false as soon as it shows it, so an update would
 * write what nobody chose; in a list, nothing is chosen at first.
 */
export const yesOrNo: Pick<ResourceMapperField, 'type' | 'options'> = {
	type: 'options',
	options: [
		{ name: 'Yes', value: true },
		{ name: 'No', value: false },
	],
};

/**
 * A field in a resource mapper that takes several of some choices, as text with commas: for lists the editor has a JSON
 * field only. {@link listIn} makes a list of it, for text fields that have choices.
 */
export function severalOf(options: INodePropertyOptions[]): Pick<ResourceMapperField, 'type' | 'options'> {
	return { type: 'string', options };
}

/** The entries of a text with commas or line breaks between them; an expression's list comes as JSON text. */
export function listIn(text: string): string[] {
	if (/^\s*\[/.test(text)) {
		try {
			const list: unknown = JSON.parse(text);
			if (Array.isArray(list)) return list.map(String);
		} catch {
			return [text];
		}
	}
	return text.split(/[,\n]/).map((entry) => entry.trim()).filter(Boolean);
}

/**
 * Fields of a resource mapper, or a sentence in their place: where loading fails, the editor shows nothing at all, and
 * it loads again only when the node is opened. An error goes on when something is mapped already, because an answer
 * without fields would wipe that.
 */
export async function fieldsOrNotice(context: ILoadOptionsFunctions, load: () => Promise<ResourceMapperFields>): Promise<ResourceMapperFields> {
	if (hasMapped(context.getCurrentNodeParameters())) return await load();
	try {
		return await load();
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return {
			fields: [],
			emptyFieldsNotice: Object.keys(context.getNode().credentials ?? {}).length === 0
				? 'These fields come from your account. With a credential chosen, close this node and open it again to see them.'
				: `These fields could not be loaded: ${reason.replace(/\.$/, '')}. Close this node and open it again to try once more.`,
		};
	}
}

/** Whether any mapper of the node knows its fields. */
function hasMapped(value: unknown): boolean {
	if (value === null || typeof value !== 'object') return false;
	if ('mappingMode' in value) return 'schema' in value && Array.isArray(value.schema) && value.schema.length > 0;
	return Object.values(value).some(hasMapped);
}
