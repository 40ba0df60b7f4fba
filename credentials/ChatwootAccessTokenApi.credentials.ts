import type {
	IAuthenticateGeneric,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** An access token of a person, agent bot or platform app of a Chatwoot server. */
export class ChatwootAccessTokenApi implements ICredentialType {
	name = 'chatwootAccessTokenApi';

	displayName = 'Chatwoot Access Token API';

	icon = { light: 'file:../nodes/Chatwoot/chatwoot.svg', dark: 'file:../nodes/Chatwoot/chatwoot.dark.svg' } as const;

	documentationUrl = 'https://developers.chatwoot.com/api-reference/introduction';

	properties: INodeProperties[] = [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: 'https://app.chatwoot.com',
			placeholder: 'e.g. https://chat.example.com',
			required: true,
			description: 'Address of your Chatwoot. An address copied from the browser while Chatwoot is open works, too.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'In Chatwoot: your picture > Profile settings > Access Token, at the end of the page',
		},
		{
			displayName: 'Default Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1',
			description: 'The number after /accounts/ in the browser\'s address. Left empty, the number in the URL above is used, else the first account of the token. Each node can choose another account.',
		},
		{
			displayName: 'HMAC Token',
			name: 'hmacToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for contacts of a public inbox with Sign Identifier: the token under Settings > Inboxes > the API inbox > Configuration (Identity Validation). It is never sent; the hash of the identifier is made with it.',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for a Chatwoot Trigger with Registration: By Hand: the secret that Chatwoot shows beside the webhook. Several secrets have a comma between them.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			// With dashes: proxies drop headers with underscores, and the server reads both alike.
			headers: { 'api-access-token': '={{$credentials.accessToken.trim()}}' },
		},
	};
}
