import type {
	IAuthenticateGeneric,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** A token of the Kinbox app, with the generation of the API that it opens. */
export class KinboxApi implements ICredentialType {
	name = 'kinboxApi';

	displayName = 'Kinbox API';

	icon = { light: 'file:../nodes/Kinbox/kinbox.svg', dark: 'file:../nodes/Kinbox/kinbox.dark.svg' } as const;

	documentationUrl = 'https://developer.kinbox.com.br';

	properties: INodeProperties[] = [
		{
			displayName: 'Kind of Token',
			name: 'generation',
			type: 'options',
			options: [
				{
					name: 'API Token',
					value: 'v1',
					description: 'Recommended: opens the API that Kinbox publishes, and alone sends and reads messages. It has the scopes read, write and send.',
				},
				{
					name: 'Token V3',
					value: 'v3',
					description: 'For what the other token does not open: reports, dashboards, tasks, scenarios, operators. The long token of an operator, for an API that Kinbox calls internal and may change.',
				},
			],
			default: 'v1',
			description: 'What the Kinbox screen calls the token; it decides which version of the API is used',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'In Kinbox: Settings (Configurações) > Integrations (Integrações) > API',
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: 'https://api4.kinbox.com.br',
			placeholder: 'e.g. https://api4.kinbox.com.br',
			description: 'Address of the API. Newer accounts also use https://platform.kinbox.com.br.',
		},
		{
			displayName: 'API Secret',
			name: 'apiSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for the Kinbox Webhook Trigger: the secret with which Kinbox signs what it sends. In Kinbox: Settings (Configurações) > Integrations (Integrações) > API.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for Webhook: Create and Update with Send Secret: a text of your own for checking the calls',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: { Authorization: '=Bearer {{$credentials.token.trim().replace(/^bearer\\s+/i, "")}}' },
		},
	};
}
