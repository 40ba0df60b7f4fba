import type { ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';

// "Joao" finds "João".
function plain(text = ''): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/**
 * Keeps the entries that hold the text that the person typed; for lists that the vendor does not search.
 *
 * @param filter what was typed; all entries without it
 */
export function filtered(items: INodeListSearchItems[], filter?: string): INodeListSearchItems[] {
	const text = plain(filter);
	return text ? items.filter(({ name }) => plain(name).includes(text)) : items;
}

/** The ID that is picked in another field of the node as it stands in the editor; undefined while none is. */
export function pickedId(context: ILoadOptionsFunctions, field: string): string | undefined {
	const value: unknown = context.getCurrentNodeParameter(field, { extractValue: true });
	const id: unknown = value !== null && typeof value === 'object' && 'value' in value ? value.value : value;
	return (typeof id === 'string' && id.trim() !== '') || typeof id === 'number' ? String(id).trim() : undefined;
}
