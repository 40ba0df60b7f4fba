import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { textOrNull } from '../../../shared/values/read';
import { idOf, listOf } from '../../helpers/read';
import type { KinboxClient } from '../../transport/client';

/** A custom field (v1 `CustomField`, v3 `V3CustomField`) in short: how it is called, where it belongs, what it takes. */
export const customFieldOutput: OutputShape<KinboxClient> = {
	simplify: (field) => ({
		id: idOf(field),
		name: textOrNull(field.name),
		placeholder: textOrNull(field.placeholder),
		entity: textOrNull(field.entity),
		type: textOrNull(field.type),
		options: choicesOf(field.options),
		description: textOrNull(field.description),
		requiredToResolve: field.requiredToResolve === true,
		isActive: field.isActive !== false,
		position: field.position ?? null,
	}),
	properties: outputProperties([
		'_id', 'createdAt', 'dependency', 'description', 'entity', 'id', 'invisible', 'isActive', 'isDependent', 'isIntegration', 'isUniqueIdentifier', 'lastUpdateAt', 'name',
		'options', 'placeholder', 'position', 'requiredToResolve', 'resetOnNewCall', 'showAlways', 'type', 'updatedAt', 'validate', 'validation_mask', 'validation_type', 'workspaceId',
	]),
};

/** What a field lets people choose from: the value that is stored, and how it is shown. v3 gives them as JSON text. */
function choicesOf(options: unknown): IDataObject[] {
	let list = options;
	if (typeof options === 'string') {
		try {
			list = JSON.parse(options);
		} catch {
			return [];
		}
	}
	return listOf(list).map(({ value, label }) => ({ value: value ?? label ?? null, label: label ?? value ?? null }));
}
