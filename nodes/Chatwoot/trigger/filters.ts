import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/values/read';
import { isMarked } from '../helpers/workflowMark';
import { isBookkeeping } from './events';
import { answersOf, isAutomaticMail, isDeleted, isGroup, isReaction, senderOf } from './marks';
import { inboxIdOf } from './places';

/** The field *Filters*, as the editor stores it. */
export interface Filters {
	automaticMails?: boolean;
	bookkeeping?: boolean;
	deletedMessages?: boolean;
	direction?: string;
	groups?: boolean;
	ignoreOwn?: boolean;
	inboxes?: unknown[];
	ownWorkflow?: boolean;
	privateNotes?: boolean;
	reactions?: boolean;
	senders?: string[];
}

/**
 * Whether an event is one the person wants, as far as its body tells. Without filters nothing starts that could make a
 * workflow answer itself or a robot: own messages, absence notes, groups, reactions, deleted messages.
 */
export function isWanted(context: IWebhookFunctions, body: IDataObject, filters: Filters): boolean {
	const inboxes = (filters.inboxes ?? []).map(String);
	const inbox = inboxIdOf(body);
	if (inboxes.length && inbox !== undefined && !inboxes.includes(inbox)) return false;
	if (filters.bookkeeping !== true && isBookkeeping(body)) return false;
	const event = String(body.event);
	const isNewMessage = event === 'message_created';
	if (isNewMessage || event === 'conversation_created' || event.startsWith('conversation_typing')) {
		if (filters.automaticMails !== true && isAutomaticMail(body)) return false;
		if (filters.groups !== true && isGroup(body)) return false;
	}
	if (!isNewMessage && event !== 'message_updated') return true;
	if (body.private === true && filters.privateNotes !== true) return false;
	// The answer to a form is an update of the message that asked: it is the customer's.
	const isAnswer = !isNewMessage && answersOf(body) !== null;
	// A delivery report, too, is about the message that this workflow has sent.
	if (!isAnswer && filters.ownWorkflow !== true && isMarked(body, context)) return false;
	if (!isAnswer && filters.senders?.length && !filters.senders.includes(senderOf(body))) return false;
	if (!isNewMessage) return true;

	// Received ones only, unless asked for: a workflow that answers would start itself again.
	const direction = filters.direction ?? 'incoming';
	if (direction !== 'all' && body.private !== true && (body.message_type === 'incoming') !== (direction === 'incoming')) return false;
	// Chatwoot sends events late: the message may be gone, and its text the server's remark.
	if (filters.deletedMessages !== true && isDeleted(body)) return false;
	return filters.reactions === true || !isReaction(body);
}

/** Whether a message is of this user, whose own ones were not wanted. An answer to a form is not. */
export function isOfOwner(body: IDataObject, ownerId: number | undefined): boolean {
	const { id } = objectOrEmpty(body.sender);
	return ownerId !== undefined && senderOf(body) === 'user' && id === ownerId && !(body.event === 'message_updated' && answersOf(body) !== null);
}
