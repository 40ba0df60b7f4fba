import type { IDataObject } from 'n8n-workflow';

import { messageIn } from '../../shared/http/answers';
import type { Answer, Call, Explanation } from '../../shared/http/httpClient';

/** Chatwoot's field names as our nodes show them. */
const labels: Record<string, string> = {
	attribute_key: 'Key',
	attribute_display_name: 'Name',
	email: 'Email',
	identifier: 'Identifier',
	inbox: 'Inbox',
	inbox_id: 'Inbox',
	phone_number: 'Phone',
	short_code: 'Short Code',
	subscriptions: 'Events',
	url: 'URL',
};

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
				message: 'Chatwoot does not know this record',
				description: `It may have been deleted, or the ID belongs to another account${accountIn(call) ? ` than ${accountIn(call)}` : ''}.${says}`,
			};
		case 422: {
			const attributes = Array.isArray(body.attributes) ? [...new Set(body.attributes.map((name) => labelOf(String(name))))] : [];
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
			description: 'It needs the role Administrator in the account. Use the token of an administrator, or have the role changed under Settings > Agents.',
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
			description: 'Bots may only work with conversations and messages. Use the token of a person, from the profile settings.',
		};
	}
	if (/Invalid User IDs/i.test(said)) return { message: 'One of the agents does not belong to this account', description: 'Pick the agents from the list.' };
	return {
		message: 'Chatwoot did not accept the access token of the credential',
		description: `Copy it again from Chatwoot: your picture > Profile settings > Access Token.${said ? ` Chatwoot says: ${said}` : ''}`,
	};
}

function accountIn(call: Call): string | undefined {
	return /\/accounts\/(\d+)/.exec(call.path)?.[1];
}
