import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { quickPhraseLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { groupOfPhrase, readPhrase, shortcutField } from './quickPhrase.fields';

/** `PATCH /v3/quick-phrases/{id}`. */
export const update = operation<KinboxClient, { body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update quick phrase',
		description: 'Change a quick phrase. Needs a Token V3. Kinbox does not document this call.',
	},
	record: quickPhraseLocator,
	properties: [
		{
			displayName: 'Phrase',
			name: 'phrase',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. Olá! Como posso ajudar?',
			description: 'The text itself; left empty, it stays as it is',
		},
		shortcutField,
		{
			displayName: 'Visible To',
			name: 'privacy',
			type: 'options',
			options: [
				{ name: 'Everyone', value: 'public' },
				{ name: 'Group', value: 'group' },
				{ name: 'Leave as It Is', value: 'same' },
				{ name: 'Only Me', value: 'private' },
			],
			default: 'same',
			description: 'Who can use it (Privacidade)',
		},
		groupOfPhrase,
	],
	read(item) {
		const body = withoutUndefined(readPhrase(item));
		if (Object.keys(body).length === 0) throw item.refuse('quickPhraseId', 'is given, but no field to change', 'Fill in at least one field.');
		return { body };
	},
	async run({ id, body }, kinbox) {
		kinbox.needs('v3', 'Changing a quick phrase');
		return await kinbox.patch(path`/quick-phrases/${id}`, body);
	},
});
