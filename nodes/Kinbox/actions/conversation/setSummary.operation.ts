import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { sessionLocator } from '../../descriptions/locators';

/** `PATCH /v3/reports/sessions/by-call-id/{callId}`, after `GET /v3/reports/sessions/{id}` when the long ID is given. */
export const setSummary = operation<KinboxClient, { session: string; summary: string }>({
	option: {
		name: 'Set Summary',
		value: 'setSummary',
		action: 'Set summary of conversation',
		description: 'Write the summary (Resumo) of a conversation. Needs a Token V3.',
	},
	properties: [
		sessionLocator,
		{
			displayName: 'Summary',
			name: 'summary',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Asked for a new invoice; sent by e-mail.',
			description: 'Text that replaces the summary',
		},
	],
	read: (item) => ({ session: item.requiredLocator('sessionId'), summary: item.required('summary') }),
	orderingKey: ({ session }) => session,
	async run({ session, summary }, kinbox) {
		kinbox.needs('v3', 'Setting a summary');
		const number = /^\d+$/.test(session) ? session : (await kinbox.get<{ call: { id: number } }>(path`/reports/sessions/${session}`)).call.id;
		await kinbox.send({ method: 'PATCH', path: path`/reports/sessions/by-call-id/${number}`, body: { summary }, idempotent: true, expect: 'anything' });
		return { id: session, sessionNumber: String(number), summary };
	},
});
