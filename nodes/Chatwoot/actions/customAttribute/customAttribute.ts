import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** The kinds of records that can have custom attributes, by the server's names. */
export const attributeModels = { contact: 'contact_attribute', conversation: 'conversation_attribute', company: 'company_attribute' } as const;

/** A definition (`CustomAttributeDefinition`) in short. */
function simplifyDefinition(definition: IDataObject): IDataObject {
	return {
		id: String(definition.id ?? ''),
		name: textOrNull(definition.attribute_display_name),
		key: textOrNull(definition.attribute_key),
		appliesTo: textOrNull(definition.attribute_model)?.replace(/_attribute$/, '') ?? null,
		type: textOrNull(definition.attribute_display_type),
		description: textOrNull(definition.attribute_description),
		values: Array.isArray(definition.attribute_values) ? definition.attribute_values : [],
		pattern: textOrNull(definition.regex_pattern),
		createdAt: isoOrNull(definition.created_at),
	};
}

export const definitionOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyDefinition,
	properties: outputProperties([
		'attribute_description', 'attribute_display_name', 'attribute_display_type', 'attribute_key', 'attribute_model', 'attribute_values', 'created_at',
		'default_value', 'id', 'regex_cue', 'regex_pattern', 'updated_at',
	]),
};
