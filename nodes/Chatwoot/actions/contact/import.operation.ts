import { accountOperation } from '../../helpers/accountOperation';
import { binaryFile } from '../../helpers/uploads';

/** `importContacts`: `POST /contacts/import`; the server works it off later and mails the result. */
export const importCsv = accountOperation<string>({
	option: {
		name: 'Import',
		value: 'import',
		action: 'Import contacts from CSV',
		description: 'Import contacts from a CSV file with a header row; Chatwoot does it a minute later and mails the result to the administrators',
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
			description: 'The name of the input field with the CSV file; its columns may be name, email, phone_number, identifier and custom attributes',
		},
	],
	read: (item) => item.required('binaryField'),
	orderingKey: () => 'import',
	async run(field, account, { item }) {
		const form = new FormData();
		const { blob, fileName } = await binaryFile(item, field);
		form.append('import_file', blob, fileName);
		await account.tell({ method: 'POST', path: '/contacts/import', form });
		return { queued: true, fileName };
	},
});
