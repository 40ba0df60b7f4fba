import type { IDataObject } from 'n8n-workflow';

import { isoOrNull, textOrNull } from '../shared/contact';
import type { OutputShape } from '../shared/output';
import { outputProperties } from '../shared/output';
import type { ChatwootClient } from './client';

/** The definition of a custom attribute (`CustomAttributeDefinition`) in short. */
function simplifyDefinition(definition: IDataObject): IDataObject {
	return {
		id: String(definition.id ?? ''),
		key: textOrNull(definition.attribute_key),
		name: textOrNull(definition.attribute_display_name),
		description: textOrNull(definition.attribute_description),
		kind: textOrNull(definition.attribute_display_type),
		// "contact_attribute", "conversation_attribute" or "company_attribute".
		belongsTo: textOrNull(String(definition.attribute_model ?? '').replace(/_attribute$/, '')),
		choices: Array.isArray(definition.attribute_values) ? definition.attribute_values : [],
		pattern: textOrNull(definition.regex_pattern),
		patternHint: textOrNull(definition.regex_cue),
		createdAt: isoOrNull(definition.created_at),
		updatedAt: isoOrNull(definition.updated_at),
	};
}

export const definitionOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyDefinition,
	properties: outputProperties([
		'attribute_description', 'attribute_display_name', 'attribute_display_type', 'attribute_key', 'attribute_model', 'attribute_values', 'created_at',
		'default_value', 'id', 'regex_cue', 'regex_pattern', 'updated_at',
	]),
};
