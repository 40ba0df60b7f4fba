import type { IDataObject } from 'n8n-workflow';

import { messageIn } from '../../shared/http/answers';
import type { Answer, Call, Explanation } from '../../shared/http/httpClient';
import { table } from '../../shared/values/table';

/** Chatwoot's field names as our nodes show them. */
const labels: Record<string, string> = table({
	attribute_key: 'Key',
	attribute_display_name: 'Name',
	email: 'Email',
	identifier: 'Identifier',
	in_reply_to: 'Reply To',
	inbox: 'Inbox',
	inbox_id: 'Inbox',
	phone_number: 'Phone',
	short_code: 'Short Code',
	sla_policy_id: 'SLA Policy ID',
	subscriptions: 'Events',
	url: 'URL',
});

/** The label of a field in our nodes; words of unknown fields are capitalised. */
export function labelOf(attribute: string): string {
	return labels[attribute] ?? attribute.replace(/_id$/, '').split(/[_.]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

export function explainChatwoot(answer: Answer, call: Call): Explanation | undefined {
	const body = (answer.body !== null && typeof answer.body === 'object' ? answer.body : {}) as IDataObject;
	const said = messageIn(answer.body);
	const says = said ? ` Chatwoot says: ${said}` : '';
	switch (answer.status) {
		case 401:
			return explainUnauthorized(said ?? '', call);
		case 402:
			return { message: `The plan of the Chatwoot account does not cover this${said ? `: ${said}` : ''}` };
		case 403:
			return {
				message: 'Chatwoot does not allow this',
				description: `The plan of the account may not include the API, or this kind of inbox does not have the feature.${says}`,
			};
		case 404:
			return {
				message: `Chatwoot does not know ${recordIn(call) ?? 'this record'}`,
				description: `It may have been deleted, or the ID belongs to another account${accountIn(call) ? ` than ${accountIn(call)}` : ''}.${says}`,
			};
		case 422: {
			const attributes = Array.isArray(body.attributes) ? [...new Set(body.attributes.map((name) => labelOf(String(name))))] : [];
			const plain = attributes.length === 0 ? inOurWords(said ?? '') : undefined;
			if (plain) return plain;
			if (attributes.length === 0) return { message: `Chatwoot refused the request: ${said ?? 'it did not say why'}` };
			return {
				message: `Chatwoot refused ${attributes.map((label) => `'${label}'`).join(' and ')}: ${said ?? 'it did not say why'}`,
				description: `Check ${attributes.length === 1 ? 'this field' : 'these fields'} of the item.`,
			};
		}
		case 500:
			// Rails' default page says nothing; missing records and unknown words end here, too.
			return {
				message: 'Chatwoot could not handle the request (HTTP 500)',
				description: 'The server answers like this to a record that it does not know or a value that it does not expect, too. Check the IDs and values of the item.',
			};
		default:
			return undefined;
	}
}

// These texts are fixed in the server's code, whatever the language of the account.
function explainUnauthorized(said: string, call: Call): Explanation {
	if (/not authorized to do this action/i.test(said)) {
		return {
			message: 'The access token is valid, but its owner may not do this in Chatwoot',
			description: 'Chatwoot says so for three reasons: it needs the role Administrator; or the inbox of the record is not one that the owner works in; or the record, such as a personal macro, belongs to somebody else. Use the token of an administrator, or add the agent to the inbox.',
		};
	}
	if (/not authorized to access this account/i.test(said)) {
		return {
			message: `The access token is valid, but not for account ${accountIn(call) ?? 'of this ID'}`,
			description: "Pick another one under 'Account', or change 'Default Account ID' in the credential.",
		};
	}
	if (/suspended/i.test(said)) return { message: `Chatwoot has suspended account ${accountIn(call) ?? ''}`.trim(), description: 'Ask the administrators of the Chatwoot server.' };
	if (/for bots/i.test(said)) {
		return {
			message: 'The access token belongs to an agent bot, and bots may not do this',
			description: 'Bots may start, change and answer conversations, but not read contacts, messages or settings. Use the token of a person, from the profile settings.',
		};
	}
	if (/Invalid User IDs/i.test(said)) return { message: 'One of the agents does not belong to this account', description: 'Pick the agents from the list.' };
	return {
		message: 'Chatwoot did not accept the access token of the credential',
		description: `Copy it again from Chatwoot: your picture > Profile settings > Access Token.${said ? ` Chatwoot says: ${said}` : ''}`,
	};
}

/** What Rails says of its own code, in words that help; see the recorded answers. */
function inOurWords(said: string): Explanation | undefined {
	if (/contact phone number/i.test(said) && /param is missing/i.test(said)) return { message: 'The contact has no phone, and this inbox writes to phones', description: "Give the contact a 'Phone' first, or choose an inbox of another kind." };
	if (/contact email/i.test(said) && /param is missing/i.test(said)) return { message: 'The contact has no e-mail address, and this inbox writes to e-mail addresses', description: "Give the contact an 'Email' first, or choose an inbox of another kind." };
	const missing = /Couldn't find (\w+) with 'id'="?(\d+)/.exec(said);
	if (missing) return { message: `Chatwoot does not know ${missing[1]!.toLowerCase()} ${missing[2]}`, description: 'It may have been deleted, or belong to another conversation.' };
	if (/undefined method [`']\w+' for nil/.test(said)) return { message: 'Chatwoot needs more than was given', description: 'A part of the request is empty that has to be there, such as the entries of a form or a list.' };
	if (/User must exist/i.test(said)) return { message: 'One of the agents does not belong to this account', description: 'Pick the agents from the list.' };
	return undefined;
}

/** The record that a path names last, e.g. "conversation 12"; undefined for lists. */
function recordIn({ path }: Call): string | undefined {
	const parts = [...path.replace(/^.*\/accounts\/\d+/, '').matchAll(/\/([a-z_]+)\/(\d+)(?=\/|$)/g)];
	return parts.map(([, kind, id]) => `${kind!.replace(/ies$/, 'y').replace(/(?<=x)es$/, '').replace(/(?<!s)s$/, '').replaceAll('_', ' ')} ${id}`).join(', ') || undefined;
}

function accountIn(call: Call): string | undefined {
	return /\/accounts\/(\d+)/.exec(call.path)?.[1];
}
