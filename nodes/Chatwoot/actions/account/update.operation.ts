import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../shared/http/httpClient';
import { withoutUndefined } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { accountOutput } from './account';

/** `updateAccount`: `PATCH /accounts/{id}`. */
export const update = accountOperation<IDataObject>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update account',
		description: 'Change settings of an account; those left out stay. Administrators only.',
	},
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [
				{
					displayName: 'Auto Resolve After',
					name: 'autoResolveAfter',
					type: 'number',
					typeOptions: { minValue: 10, maxValue: 1439856 },
					default: 1440,
					description: 'Minutes without activity after which conversations are resolved',
				},
				{
					displayName: 'Auto Resolve Label',
					name: 'autoResolveLabel',
					type: 'string',
					default: '',
					placeholder: 'e.g. resolved-by-time',
					description: 'The label that such conversations get',
				},
				{
					displayName: 'Auto Resolve Message',
					name: 'autoResolveMessage',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					placeholder: 'e.g. We close this for now.',
					description: 'What contacts read when that happens',
				},
				{
					displayName: 'Domain',
					name: 'domain',
					type: 'string',
					default: '',
					placeholder: 'e.g. example.com',
					description: 'The domain for replies by mail',
				},
				{
					displayName: 'Locale',
					name: 'locale',
					type: 'string',
					default: '',
					placeholder: 'e.g. pt_BR',
					description: 'The language of the account',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Padaria Boa Vista',
					description: 'How the account is called',
				},
				{
					displayName: 'Support Email',
					name: 'supportEmail',
					type: 'string',
					default: '',
					placeholder: 'e.g. name@email.com',
					description: 'The address that mails of the account come from',
				},
			],
		},
	],
	output: accountOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const body = withoutUndefined({
			name: fields.text('name'),
			locale: fields.text('locale'),
			domain: fields.text('domain'),
			support_email: fields.email('supportEmail'),
			auto_resolve_after: fields.number('autoResolveAfter', { min: 10, max: 1_439_856, integer: true }),
			auto_resolve_message: fields.text('autoResolveMessage'),
			auto_resolve_label: fields.text('autoResolveLabel'),
		});
		item.needsChange('updateFields', body);
		return body;
	},
	orderingKey: () => 'account',
	async run(body, account) {
		const call: Call = { method: 'PATCH', path: '', body, idempotent: true, accept: body.locale === undefined ? [] : [500] };
		const answer = await account.exchange(call);
		// The server stumbles over a language that it does not have.
		if (answer.status === 500) throw account.http.error(`Chatwoot could not change the account; 'Locale' ${String(body.locale)} is probably no language that it has`, 'Nothing was changed. Give a code of its language list (Settings > Account settings), such as en, es or pt_BR.', answer.status);
		return answer.body as IDataObject;
	},
});
