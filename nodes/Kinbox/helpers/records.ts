import type { IDataObject } from 'n8n-workflow';

import { isoOrNull, objectOrEmpty, textOrNull } from '../../shared/contact/contact';
import type { OutputShape } from '../../shared/operation/output';
import { outputProperties } from '../../shared/operation/output';
import type { KinboxClient } from '../transport/client';

const idOf = (record: IDataObject) => String(record.id ?? record._id ?? '');
const idOrNull = (value: unknown) => (value === null || value === undefined || value === '' ? null : String(value));
const listOf = (value: unknown): IDataObject[] => (Array.isArray(value) ? value.map(objectOrEmpty) : []);

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

/** A task (`V3Task`) in short: what, who, when, whether it is done. */
export const taskOutput: OutputShape<KinboxClient> = {
	simplify: (task) => ({
		id: idOf(task),
		name: textOrNull(task.name),
		type: textOrNull(task.type),
		description: textOrNull(task.description),
		done: task.done === true,
		canceled: task.canceled === true,
		operatorId: idOrNull(task.operatorId),
		conversationId: idOrNull(task.conversationId),
		from: isoOrNull(task.from),
		to: isoOrNull(task.to),
		minutesDuration: task.minutesDuration ?? null,
	}),
	properties: outputProperties([
		'_id', 'authorType', 'autoExec', 'canceled', 'conversationId', 'createdAt', 'day', 'description', 'done', 'from', 'fromDate', 'fromTime', 'id', 'lastUpdateAt',
		'minutesDuration', 'name', 'notifyMinutesBefore', 'operatorId', 'required', 'to', 'toDate', 'toTime', 'type', 'updatedAt', 'workspaceId',
	]),
};

/** A pipeline (v1 `Pipeline`, v3 `V3Pipeline`) in short, with its stages. Only v1 tells the kind. */
export const pipelineOutput: OutputShape<KinboxClient> = {
	simplify: (pipeline) => ({
		id: idOf(pipeline),
		name: textOrNull(pipeline.name),
		kind: textOrNull(pipeline.kind),
		position: pipeline.position ?? null,
		stages: listOf(pipeline.stages).map((stage) => ({ id: idOf(stage), name: textOrNull(stage.name), color: textOrNull(stage.color) })),
		// Texts in v1, objects in v3.
		lostReasons: (Array.isArray(pipeline.lostReasons) ? (pipeline.lostReasons as unknown[]) : []).map((reason) => String(typeof reason === 'string' ? reason : objectOrEmpty(reason).name ?? '')),
		privacy: textOrNull(objectOrEmpty(pipeline.privacy).type),
	}),
	properties: outputProperties([
		'_id', 'authorId', 'cadence', 'createdAt', 'id', 'kind', 'lastUpdateAt', 'lostReasons', 'name', 'position', 'privacy', 'requiredCustomFieldIds', 'rules', 'stages', 'updatedAt', 'workspaceId',
	]),
};

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Business hours (`V3BusinessHour`) in short: of each day the times, such as "08:00-12:00, 13:00-18:00", or null when closed. */
export const businessHoursOutput: OutputShape<KinboxClient> = {
	simplify: (hours) => ({
		id: idOf(hours),
		name: textOrNull(hours.name),
		isActive: hours.isActive === true,
		...Object.fromEntries(days.map((day) => [day, timesOf(objectOrEmpty(hours[day]))])),
	}),
	properties: outputProperties(['_id', 'createdAt', 'id', 'isActive', 'lastUpdateAt', 'name', 'updatedAt', 'workspaceId', ...days]),
};

function timesOf({ active, hours }: IDataObject): string | null {
	if (active !== true || !Array.isArray(hours)) return null;
	return (hours as unknown[]).map((span) => (Array.isArray(span) ? span.join('-') : String(span))).join(', ') || null;
}
