import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, textOrNull } from '../../../shared/values/read';
import { idOf, idOrNull } from '../../helpers/read';
import type { KinboxClient } from '../../transport/client';

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
