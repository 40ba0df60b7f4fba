import type { ResourceMapperField } from 'n8n-workflow';

import { limits } from './limits';
import type { TemplateVariable, WhatsAppTemplate } from './template';

/** The variables of a template as fields of a resource mapper. */
export function templateFields({ variables }: WhatsAppTemplate): ResourceMapperField[] {
	return variables.map((variable) => ({ id: variable.id, displayName: nameOf(variable), required: variable.required, defaultMatch: false, display: true, type: 'string' }));
}

function nameOf({ kind, label, words }: TemplateVariable): string {
	const limit = kind === 'code' || kind === 'copyCode' ? ` (up to ${limits.code} characters)` : '';
	return `${words ?? label}${limit}`;
}
