import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { operatorLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { groupOfPhrase, readPhrase, shortcutField } from './quickPhrase.fields';

/** `POST /v3/quick-phrases`. */
export const create = operation<KinboxClient, IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create quick phrase',
		description: 'Create a quick phrase (Resposta rápida). Needs a Token V3. Kinbox does not document this call.',
	},
	properties: [
		{
			displayName: 'Phrase',
			name: 'phrase',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			required: true,
			placeholder: 'e.g. Olá! Como posso ajudar?',
			description: 'The text itself',
		},
		shortcutField,
		{
			displayName: 'Visible To',
			name: 'privacy',
			type: 'options',
			options: [
				{ name: 'Everyone', value: 'public' },
				{ name: 'Group', value: 'group' },
				{ name: 'Only Me', value: 'private' },
			],
			default: 'public',
			description: 'Who can use it (Privacidade)',
		},
		groupOfPhrase,
		{ ...operatorLocator, description: 'The operator (Operador) that the phrase belongs to' },
	],
	read(item) {
		item.required('phrase');
		const operatorId = Number(item.requiredNumericId('operatorId'));
		const privacy = item.choice('privacy', ['public', 'group', 'private'] as const) ?? 'public';
		return withoutUndefined({ ...readPhrase(item), privacy, operatorId });
	},
	unordered: 'Each item makes a record of its own',
	async run(body, kinbox) {
		kinbox.needs('v3', 'Creating a quick phrase');
		return await kinbox.post('/quick-phrases', body);
	},
});
