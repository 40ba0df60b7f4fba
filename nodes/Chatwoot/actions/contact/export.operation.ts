import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { withoutUndefined } from '../../../shared/values/read';
import type { FilterForm } from '../../descriptions/filters';
import { completeFilter, filterProperties, readFilter } from '../../descriptions/filters';
import { accountOperation } from '../../helpers/accountOperation';
import { contactFilterKeys } from './contact.lists';
import { readLabels } from '../../descriptions/labels';
import type { NamedLabels } from '../../helpers/labels';
import { findLabels } from '../../helpers/labels';

/** `exportContacts`: `POST /contacts/export`; the server mails a link to the caller. */
export const exportCsv = accountOperation<{ columns?: string[]; conditions: FilterForm; label: NamedLabels }>({
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
		defaultCountry,
	],
	read(item) {
		const columns = item.list('columns');
		return {
			columns: columns?.length ? columns : undefined,
			conditions: readFilter(item, contactFilterKeys, { required: false, country: readCountry(item) }),
			label: readLabels(item, 'label'),
		};
	},
	async run({ columns, conditions, label }, account) {
		const payload = await completeFilter(account, conditions, 'contact');
		const { titles } = await findLabels(account, label);
		await account.tell({ method: 'POST', path: '/contacts/export', body: withoutUndefined({ column_names: columns, payload: payload.length ? payload : undefined, label: titles[0] }) });
		return { queued: true };
	},
});
