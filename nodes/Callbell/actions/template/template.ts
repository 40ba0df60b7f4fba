import type { IDataObject } from 'n8n-workflow';

import { isoOrNull, textOrNull } from '../../../shared/values/read';

/** Kinds of template (`templateType`); all but text have a file in their header. */
export const templateTypes = ['document', 'image', 'text', 'video'] as const;
export type TemplateType = (typeof templateTypes)[number];

export function typeOfTemplate(template: IDataObject): TemplateType {
	return templateTypes.find((type) => type === template.templateType) ?? 'text';
}

/** Only approved templates go out. */
export function isApproved(template: IDataObject): boolean {
	return String(template.status ?? '').toLowerCase() === 'approved';
}

/** How many variables {{1}}, {{2}} … the text of a template has: the highest number. */
export function variableCount(template: IDataObject): number {
	const numbers = [...String(template.text ?? '').matchAll(/\{\{\s*(\d+)\s*\}\}/g)].map(([, number]) => Number(number));
	return Math.max(0, ...numbers);
}

/** The text that the person gets: variables filled in. */
export function filledIn(template: IDataObject, values: string[]): string {
	return String(template.text ?? '').replace(/\{\{\s*(\d+)\s*\}\}/g, (placeholder, number) => values[Number(number) - 1] ?? placeholder);
}

/** A template (`Template`) with what matters for sending it. */
export function simplifyTemplate(template: IDataObject): IDataObject {
	return {
		id: String(template.uuid ?? ''),
		title: textOrNull(template.title),
		text: textOrNull(template.text),
		variables: variableCount(template),
		type: typeOfTemplate(template),
		category: textOrNull(template.category),
		status: textOrNull(template.status),
		sendable: isApproved(template),
		createdAt: isoOrNull(template.createdAt),
	};
}
