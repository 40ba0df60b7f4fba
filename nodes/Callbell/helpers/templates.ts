import type { IDataObject } from 'n8n-workflow';
import type { WhatsAppTemplate } from '../../shared/whatsapp/template';
import { parseTemplate } from '../../shared/whatsapp/template';

export function typeOfTemplate(template: IDataObject): TemplateType {
	return templateTypes.find((type) => type === template.templateType) ?? 'text';
}

/** Only approved templates go out. */
export function isApproved(template: IDataObject): boolean {
	return String(template.status ?? '').toLowerCase() === 'approved';
}

/** A template (`Template`) in WhatsApp's form. Callbell shows its text and the kind of its header, and no buttons. */
export function whatsappTemplate(template: IDataObject): WhatsAppTemplate {
	const type = typeOfTemplate(template);
	return parseTemplate({
		name: template.title ?? template.uuid,
		status: template.status ?? 'not approved',
		// Callbell has no other way for a code than the variable of the text.
		category: '',
		components: [...(type === 'text' ? [] : [{ type: 'HEADER', format: type }]), { type: 'BODY', text: String(template.text ?? '') }],
	});
}

/** How many variables {{1}}, {{2}} … the text of a template has. */
export function variableCount(template: IDataObject): number {
	return whatsappTemplate(template).variables.filter(({ part }) => part === 'body').length;
}

/** Kinds of template (`templateType`); all but text have a file in their header. */
export const templateTypes = ['document', 'image', 'text', 'video'] as const;

export type TemplateType = (typeof templateTypes)[number];
