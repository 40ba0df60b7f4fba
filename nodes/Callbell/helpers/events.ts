import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { table } from '../../shared/values/table';

/** What Callbell's webhook can tell (`WebhookEventName`). */
export const eventOptions: INodePropertyOptions[] = [
	{ name: 'Agent Session Updated', value: 'agent_session_updated', description: 'A colleague signed in or out' },
	{ name: 'Agent Status Updated', value: 'agent_status_updated', description: 'A colleague became available or away, or changed the custom status' },
	{ name: 'Contact Created', value: 'contact_created' },
	{ name: 'Contact Deleted', value: 'contact_deleted' },
	{ name: 'Contact Updated', value: 'contact_updated', description: 'Also when tags change' },
	{ name: 'Conversation Closed', value: 'conversation_closed', description: 'With the closing reason' },
	{ name: 'Conversation Opened', value: 'conversation_opened' },
	{ name: 'Message Created', value: 'message_created', description: 'A message came in, or went out' },
	{ name: 'Message Failed', value: 'message_failed', description: 'A sent message could not be delivered; the reason stands under error' },
	{ name: 'Message Status Updated', value: 'message_status_updated', description: 'A sent WhatsApp message was delivered, read or has failed' },
	{ name: 'Team Membership Updated', value: 'team_membership_updated', description: 'A colleague joined or left a team' },
];

/** Choices that are a certain case of an event of Callbell's. */
const derived: Record<string, string> = table({ message_failed: 'message_status_updated' });

/** Callbell's own events, which a webhook subscribes to. */
export const vendorEventOptions: INodePropertyOptions[] = eventOptions.filter(({ value }) => !Object.hasOwn(derived, String(value)));

export const eventNames: readonly string[] = vendorEventOptions.map(({ value }) => String(value));

/** The events of Callbell (`WebhookEventName`) that the chosen ones need. */
export function subscriptionsFor(chosen: string[]): string[] {
	return [...new Set(chosen.map((event) => (Object.hasOwn(derived, event) ? derived[event]! : event)))];
}

/** The chosen events that a delivery is. */
export function matching(chosen: string[], event: string, payload: IDataObject): string[] {
	return [...new Set(chosen)].filter((one) => one === event || (one === 'message_failed' && event === 'message_status_updated' && isUndelivered(payload.status)));
}

/** A `mismatch` was sent to a number that is not on WhatsApp. */
export const isUndelivered = (status: unknown) => status === 'failed' || status === 'mismatch';
