import type { IDataObject } from 'n8n-workflow';

import { withoutUndefined } from '../../../shared/values/read';
import { filterProperties, readFilter } from '../../descriptions/filters';
import { accountOperation } from '../../helpers/accountOperation';
import { contactFilterKeys } from './filter.operation';

/** `exportContacts`: `POST /contacts/export`; the server mails a link to the caller. */
export const exportCsv = accountOperation<IDataObject>({
	option: {
		name: 'Export',
		value: 'export',
		action: 'Export contacts as CSV',
		description: "Have Chatwoot write a CSV file of contacts; it mails a link to the token's owner. Administrators only.",
	},
	properties: [
		{
			displayName: 'Label Name or ID',
			name: 'label',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'labelTitles' },
			default: '',
			description: 'Only contacts with this label. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Columns',
			name: 'columns',
			type: 'string',
			default: '',
			placeholder: 'e.g. name, email, phone_number',
			description: 'The columns of the file, with commas between them; left empty, Chatwoot takes a usual set',
		},
		...filterProperties(contactFilterKeys),
	],
	read(item) {
		const payload = readFilter(item, contactFilterKeys, { required: false });
		const columns = item.list('columns');
		return withoutUndefined({
			column_names: columns?.length ? columns : undefined,
			payload: payload.length ? payload : undefined,
			label: item.text('label'),
		});
	},
	async run(body, account) {
		await account.tell({ method: 'POST', path: '/contacts/export', body });
		return { queued: true };
	},
});
