import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** An answer to the satisfaction survey (`CsatResponse`) in short. */
function simplifyCsat(response: IDataObject): IDataObject {
	const contact = objectOrEmpty(response.contact);
	const agent = objectOrEmpty(response.assigned_agent);
	return {
		id: String(response.id ?? ''),
		rating: response.rating ?? null,
		feedback: textOrNull(response.feedback_message),
		contactId: textOrNull(contact.id),
		contactName: textOrNull(contact.name),
		agentId: textOrNull(agent.id),
		agentName: textOrNull(agent.name),
		conversationId: textOrNull(response.conversation_id),
		messageId: textOrNull(response.message_id),
		reviewNotes: textOrNull(response.csat_review_notes),
		createdAt: isoOrNull(response.created_at),
	};
}

export const csatOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyCsat,
	properties: outputProperties([
		'account_id', 'assigned_agent', 'assigned_agent.name', 'contact', 'contact.email', 'contact.name', 'contact.phone_number', 'conversation_id',
		'created_at', 'csat_review_notes', 'feedback_message', 'id', 'message_id', 'rating', 'review_notes_updated_at', 'review_notes_updated_by',
	]),
};
