import type { Handlers, JsonObject } from '../types';
import { refuse } from './errors';
import { wholeList } from './paging';
import type { KinboxCustomField, KinboxState } from './state';
import { iso } from './time';

const inOrder = (state: KinboxState): KinboxCustomField[] => [...state.customFields.values()].sort((a, b) => a.position - b.position);

function v1CustomField(field: KinboxCustomField): JsonObject {
  const { createdAt: _createdAt, updatedAt: _updatedAt, options, ...rest } = field;
  return {
    ...(rest as unknown as JsonObject), id: String(field.id), invisible: false, isIntegration: false, showAlways: true, resetOnNewCall: false,
    ...(options.length > 0 ? { options } : {}),
  };
}

/** v3 gives the options as JSON text, as a public connector met them. */
function v3CustomField(state: KinboxState, field: KinboxCustomField): JsonObject {
  return {
    ...v1CustomField(field), options: JSON.stringify(field.options), validate: {}, validation_mask: {}, validation_type: '', dependency: {}, isDependent: false,
    workspaceId: state.workspace.id, createdAt: iso(field.createdAt), lastUpdateAt: iso(field.updatedAt), updatedAt: iso(field.updatedAt),
  };
}

function find(state: KinboxState, id: unknown): KinboxCustomField {
  return state.customFields.get(Number(id)) ?? refuse(404, 'Custom field not found');
}

/** Read only; deleted fields are listed with isDeleted. */
export const customFields: Handlers<KinboxState> = {
  listCustomFields: ({ state }) => ({ status: 200, body: { data: inOrder(state).map(v1CustomField) } }),
  getCustomField: ({ state, params }) => ({ status: 200, body: v1CustomField(find(state, params.id)) }),
  v3ListCustomFields: ({ state }) => ({ status: 200, body: wholeList(inOrder(state), (one) => v3CustomField(state, one)) }),
  v3GetCustomField: ({ state, params }) => ({ status: 200, body: v3CustomField(state, find(state, params.id)) }),
};
