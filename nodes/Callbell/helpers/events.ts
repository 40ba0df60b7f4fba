import type { INodePropertyOptions } from 'n8n-workflow';

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
	{ name: 'Message Status Updated', value: 'message_status_updated', description: 'A sent WhatsApp message was delivered, read or has failed' },
	{ name: 'Team Membership Updated', value: 'team_membership_updated', description: 'A colleague joined or left a team' },
];

export const eventNames: readonly string[] = eventOptions.map(({ value }) => String(value));
