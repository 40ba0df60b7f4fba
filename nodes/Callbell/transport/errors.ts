import { messageIn } from '../../shared/http/answers';
import type { Answer, Call, Explanation } from '../../shared/http/httpClient';
import { table } from '../../shared/values/table';

/** The one error code that Callbell publishes: no WhatsApp credit is left for templates. */
export const noCreditCode = 'whatsapp_wallet_depleted_credit';

/** Callbell's parameters under the names that our fields have in the editor. */
const labels: Record<string, string> = table({
	assigned_user: 'Assigned User Email',
	bot_status: 'Bot',
	bsuid: 'Business-Scoped User ID',
	channel_uuid: 'Channel',
	content: 'Message',
	'content.text': 'Text',
	'content.url': 'File URL',
	custom_fields: 'Custom Fields',
	custom_status_uuid: 'Custom Status',
	emoji: 'Emoji',
	from: 'Channel Type',
	funnel_id: 'Funnel Stage',
	identifier: 'Phone or Channel ID',
	metadata: 'Metadata',
	name: 'Name',
	note: 'Note',
	optin_contact: 'Contact Has Opted In',
	source: 'Channel Type',
	status: 'Bot',
	subscriptions: 'Events',
	tags: 'Tags',
	team_uuid: 'Team',
	template_uuid: 'Template',
	template_values: 'Template Variables',
	text: 'Text',
	title: 'Title',
	to: 'To',
	type: 'Message Type',
	url: 'URL',
});

/** What Callbell says, with its parameters named as our fields: text, or messages for each parameter. */
export function callbellSays(body: unknown): string | undefined {
	const error = body !== null && typeof body === 'object' && 'error' in body ? body.error : undefined;
	if (error !== null && typeof error === 'object' && !Array.isArray(error)) {
		const parts = Object.entries(error).map(([param, messages]) => {
			const text = (Array.isArray(messages) ? messages : [messages]).map(String).join(', ');
			return param === 'base' ? text : `'${labels[param] ?? param}' ${text}`;
		});
		return parts.length ? parts.join('; ') : undefined;
	}
	const said = messageIn(body);
	const named = said === undefined ? null : /^([a-z_.]+): (.+)$/s.exec(said);
	return named?.[1] !== undefined && labels[named[1]] ? `'${labels[named[1]]}' ${named[2]}` : said;
}

export function explainCallbell(answer: Answer, call: Call): Explanation | undefined {
	const said = callbellSays(answer.body);
	const quoted = said ? `Callbell says: ${said}` : undefined;
	const code = answer.body !== null && typeof answer.body === 'object' && 'code' in answer.body ? answer.body.code : undefined;
	switch (answer.status) {
		case 400:
		case 422:
			return {
				message: `Callbell refused the request${said ? `: ${said}` : ` (HTTP ${answer.status})`}`,
				description: /tags|custom_fields|assigned_user|team_uuid/.test(JSON.stringify(answer.body ?? ''))
					? 'Tags, custom fields, users and teams must exist in the Callbell account before they are used: Callbell does not create them.'
					: undefined,
			};
		case 401:
			return {
				message: 'Callbell did not accept the token of the credential',
				description: 'Make a new one in Callbell under Settings > API settings > API keys, and save it in the Callbell API credential.',
			};
		case 402:
			return code === noCreditCode
				? {
					message: 'The WhatsApp credit of the Callbell account is used up',
					description: 'The template was not sent. Add credit in Callbell, then run the remaining items again.',
				}
				: { message: 'Callbell asks for payment', description: quoted };
		case 403:
			return {
				message: 'Callbell does not allow this with the token of the credential',
				description: ['The plan of the account may not include it.', quoted].filter(Boolean).join(' '),
			};
		case 404:
			return {
				message: call.path.startsWith('/contacts/phone/') ? 'Callbell has no contact with this phone' : 'Callbell does not know this record',
				description: ['It may have been deleted, or belongs to another account or channel.', quoted].filter(Boolean).join(' '),
			};
		default:
			return undefined;
	}
}
