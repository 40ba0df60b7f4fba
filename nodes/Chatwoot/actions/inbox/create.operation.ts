import type { IDataObject } from 'n8n-workflow';

import type { Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { withoutSecrets } from '../../transport/answers';
import { inboxOutput } from './inbox';
import { inboxSettings, readSettings } from './inbox.fields';

const kinds = ['api', 'email', 'web_widget'] as const;

/** `createInbox`: `POST /inboxes`, for channels that need nobody's keys. */
export const create = accountOperation<IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create inbox',
		description: 'Create an inbox for an API, a website or e-mail; other channels are connected in Chatwoot. Administrators only.',
	},
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Shop',
			description: 'How the inbox is called',
		},
		{
			displayName: 'Channel',
			name: 'channel',
			type: 'options',
			options: [
				{ name: 'API', value: 'api' },
				{ name: 'E-Mail', value: 'email' },
				{ name: 'Website', value: 'web_widget' },
			],
			default: 'api',
			description: 'What the inbox receives from',
		},
		{
			displayName: 'Callback URL',
			name: 'webhookUrl',
			type: 'string',
			default: '',
			displayOptions: { show: { channel: ['api'] } },
			placeholder: 'e.g. https://example.com/chatwoot',
			description: 'Where Chatwoot sends what agents write; may be left empty',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			displayOptions: { show: { channel: ['email'] } },
			placeholder: 'e.g. name@email.com',
			description: 'The address of the inbox',
		},
		{
			displayName: 'Website URL',
			name: 'websiteUrl',
			type: 'string',
			default: '',
			displayOptions: { show: { channel: ['web_widget'] } },
			placeholder: 'e.g. https://www.example.com',
			description: 'The website that shows the chat',
		},
		{
			displayName: 'Welcome Title',
			name: 'welcomeTitle',
			type: 'string',
			default: '',
			displayOptions: { show: { channel: ['web_widget'] } },
			placeholder: 'e.g. Hello!',
			description: 'The headline of the chat',
		},
		{
			displayName: 'Welcome Tagline',
			name: 'welcomeTagline',
			type: 'string',
			default: '',
			displayOptions: { show: { channel: ['web_widget'] } },
			placeholder: 'e.g. We answer within minutes',
			description: 'The text below the headline',
		},
		{
			displayName: 'Widget Color',
			name: 'widgetColor',
			type: 'color',
			default: '#1f93ff',
			displayOptions: { show: { channel: ['web_widget'] } },
			description: 'The colour of the chat',
		},
		inboxSettings,
	],
	output: inboxOutput,
	read(item) {
		const type = item.choice('channel', kinds) ?? 'api';
		const name = item.required('name');
		const channel = readChannel(item, type);
		return { name, ...readSettings(item), channel: { type, ...channel } };
	},
	unordered: 'Each item makes a record of its own',
	run: async (body, account) => withoutSecrets(await account.post('/inboxes', body)),
});

function readChannel(item: Item, type: (typeof kinds)[number]): IDataObject {
	switch (type) {
		case 'api':
			return withoutUndefined({ webhook_url: item.url('webhookUrl') });
		case 'email':
			item.required('email');
			return withoutUndefined({ email: item.email('email') });
		case 'web_widget':
			item.required('websiteUrl');
			return withoutUndefined({
				website_url: item.url('websiteUrl'),
				widget_color: item.text('widgetColor'),
				welcome_title: item.text('welcomeTitle'),
				welcome_tagline: item.text('welcomeTagline'),
			});
	}
}
