import type { IDataObject } from 'n8n-workflow';

import { fingerprint } from '../../shared/trigger/webhook';
import { objectOrEmpty } from '../../shared/values/read';

/** Any of n8n's contexts that knows its workflow. */
interface InWorkflow {
	getWorkflow(): { id?: string };
}

/** Under which content attribute a message says what has sent it; Chatwoot 4 keeps attributes that it does not know. */
const attribute = 'n8n_workflow';

/** The mark of a workflow: it tells workflows apart, and nothing about them. */
function markOf(context: InWorkflow): string | undefined {
	const { id } = context.getWorkflow();
	return id ? fingerprint(`workflow ${id}`) : undefined;
}

/** A message (`MessageCreate`) with the mark of the workflow that sends it, so that its own trigger can leave it out. */
export function withMark(message: IDataObject, context: InWorkflow): IDataObject {
	const mark = markOf(context);
	return mark === undefined ? message : { ...message, content_attributes: { ...objectOrEmpty(message.content_attributes), [attribute]: mark } };
}

/** The mark that a message has; undefined for one without. */
export const workflowMarkOf = (message: IDataObject): unknown => objectOrEmpty(message.content_attributes)[attribute];

/** Whether a message of an event was sent by this workflow. */
export function isMarked(message: IDataObject, context: InWorkflow): boolean {
	const mark = markOf(context);
	return mark !== undefined && workflowMarkOf(message) === mark;
}
