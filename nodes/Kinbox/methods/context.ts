import type { ILoadOptionsFunctions } from 'n8n-workflow';

/** The ID that is picked in another field of the node; undefined when none is. */
export function pickedId(context: ILoadOptionsFunctions, field: string): string | undefined {
	const value: unknown = context.getCurrentNodeParameter(field, { extractValue: true });
	const id: unknown = value !== null && typeof value === 'object' && 'value' in value ? value.value : value;
	return (typeof id === 'string' && id.trim() !== '') || typeof id === 'number' ? String(id).trim() : undefined;
}
