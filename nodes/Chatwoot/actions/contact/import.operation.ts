import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { listed } from '../../../shared/values/nearNames';
import { accountOperation } from '../../helpers/accountOperation';
import type { ImportRules } from './contact.csv';
import { importFile } from './contact.csv';

interface Input extends ImportRules {
	field: string;
}

/** `importContacts`: `POST /contacts/import`; the server works it off later and mails the result. */
export const importCsv = accountOperation<Input>({
	option: {
		name: 'Import',
		value: 'import',
		action: 'Import contacts from CSV',
		description: 'Import contacts from a CSV file; those that Chatwoot knows by identifier, e-mail or phone are overwritten. It happens a minute later, and administrators get the result by mail.',
	},
	properties: [
		{
			displayName: 'Input Data Field Name',
			name: 'binaryField',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			hint: 'The name of the input field containing the CSV file',
			description: 'The name of the input field with the CSV file. Its first line names the columns in English, Portuguese or Spanish: name, email, phone_number, identifier, company_name, city, labels, and the keys or names of custom attributes, which an empty cell clears.',
		},
		defaultCountry,
		{
			displayName: 'When a Column Is Unknown',
			name: 'unknownColumns',
			type: 'options',
			options: [
				{ name: 'Fail', value: 'fail', description: 'Nothing is sent, and the message names the columns' },
				{ name: 'Leave It Out', value: 'skip', description: 'Do not send the column, and say so in the item' },
				{ name: 'Make It a Custom Attribute', value: 'attribute', description: 'Send it as it is; Chatwoot stores it as an attribute that the account has not defined' },
			],
			default: 'fail',
			description: 'What to do with a column that is no field of a contact and no custom attribute of the account',
		},
		{
			displayName: 'When a Row Is Wrong',
			name: 'badRows',
			type: 'options',
			options: [
				{ name: 'Fail', value: 'fail', description: 'Nothing is sent, and the message names the lines' },
				{ name: 'Leave It Out', value: 'skip', description: 'Send the others, and list the row in the item' },
			],
			default: 'fail',
			description: 'What to do with a row whose phone, e-mail or labels cannot be used, or that has no phone, e-mail and identifier',
		},
	],
	read: (item) => ({
		field: item.required('binaryField'),
		country: readCountry(item),
		unknownColumns: item.choice('unknownColumns', ['attribute', 'fail', 'skip'] as const) ?? 'fail',
		badRows: item.choice('badRows', ['fail', 'skip'] as const) ?? 'fail',
	}),
	orderingKey: () => 'import',
	async run({ field, ...rules }, account, { item }) {
		const { fileName } = item.context.helpers.assertBinaryData(item.index, field);
		const bytes = await item.context.helpers.getBinaryDataBuffer(item.index, field);
		const { csv, rows, columns, customAttributes, leftOutColumns, refused } = await importFile(account, item, 'binaryField', bytes, rules);
		const form = new FormData();
		const name = `${(fileName ?? 'contacts').replace(/\.[^.]*$/, '')}.csv`;
		form.append('import_file', new Blob([csv], { type: 'text/csv' }), name);
		await account.tell({ method: 'POST', path: '/contacts/import', form });
		if (customAttributes.length) account.http.notices.add(`These columns become custom attributes: ${listed(customAttributes)}.`);
		return { queued: true, fileName: name, rows, columns, customAttributes, leftOutColumns, refused };
	},
});
