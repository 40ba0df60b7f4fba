import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** A macro (`Macro`) in short. */
function simplifyMacro(macro: IDataObject): IDataObject {
	const actions = Array.isArray(macro.actions) ? macro.actions.map(objectOrEmpty) : [];
	return {
		id: String(macro.id ?? ''),
		name: textOrNull(macro.name),
		visibility: textOrNull(macro.visibility),
		actions: actions.map(({ action_name: name, action_params: params }) => ({ action: textOrNull(name), params: Array.isArray(params) ? params : [] })),
		createdBy: textOrNull(objectOrEmpty(macro.created_by).name),
		updatedBy: textOrNull(objectOrEmpty(macro.updated_by).name),
	};
}

export const macroOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyMacro,
	properties: outputProperties(['account_id', 'actions', 'created_by', 'files', 'id', 'name', 'updated_by', 'visibility']),
};

/** The macro of an answer of `getMacro`, `createMacro` or `updateMacro`. */
export function macroIn(answer: IDataObject): IDataObject {
	return objectOrEmpty(answer.payload);
}
