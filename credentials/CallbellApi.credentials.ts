import type {
	IAuthenticateGeneric,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** An API key of the Callbell dashboard. */
export class CallbellApi implements ICredentialType {
	name = 'callbellApi';

	displayName = 'Callbell API';

	icon = { light: 'file:../nodes/Callbell/callbell.svg', dark: 'file:../nodes/Callbell/callbell.dark.svg' } as const;

	documentationUrl = 'https://docs.callbell.eu/api/reference/introduction';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'In Callbell: Settings > API settings > API keys. It can be pasted with or without "Bearer" in front.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.callbell.eu/v1',
			placeholder: 'e.g. https://api.callbell.eu/v1',
			description: 'Address of the API; there is no need to change it',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. whsec_…',
			description: 'Only for the Callbell Trigger: the secret that Callbell generates beside the webhook (whsec_…). When it is given, events without a good signature are refused.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: { Authorization: '=Bearer {{$credentials.token.trim().replace(/^(bearer\\s+)+/i, "")}}' },
		},
	};
}
