import type { IDataObject } from 'n8n-workflow';

import { isoOrNull, textOrNull } from '../../../shared/values/read';
import { filledText } from '../../../shared/whatsapp/template';
import { isApproved, typeOfTemplate, variableCount } from '../../helpers/templates';

/** The text that the person gets: variables filled in. */
export function filledIn(template: IDataObject, values: string[]): string {
	return filledText(String(template.text ?? ''), (name) => values[Number(name) - 1]);
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
