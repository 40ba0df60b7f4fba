import { accountOperation } from '../../helpers/accountOperation';
import { uploadBinary, uploadFromUrl } from '../../helpers/uploads';

/** `uploadFile`: `POST /upload`, 60 an hour and account; what no message takes is cleaned up later. */
export const uploadFile = accountOperation<{ field?: string; url?: string }>({
	option: {
		name: 'Upload File',
		value: 'uploadFile',
		action: 'Upload file for message',
		description: "Store a file once, to send it in many messages: its upload ID goes into 'Uploaded Files' of Send",
	},
	properties: [
		{
			displayName: 'File From',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'Input Data', value: 'binary', description: 'A file of the input item' },
				{ name: 'URL', value: 'url', description: 'A public address of an image or a video, which Chatwoot fetches' },
			],
			default: 'binary',
			description: 'Where the file comes from',
		},
		{
			displayName: 'Input Data Field Name',
			name: 'file',
			type: 'string',
			default: 'data',
			displayOptions: { show: { source: ['binary'] } },
			placeholder: 'e.g. data',
			description: 'The name of the input field with the file',
			hint: 'The name of the input field with the file',
		},
		{
			displayName: 'File URL',
			name: 'url',
			type: 'string',
			default: '',
			displayOptions: { show: { source: ['url'] } },
			placeholder: 'e.g. https://example.com/cake.jpg',
			description: 'The address of the image or video; Chatwoot refuses private addresses and other kinds of files',
		},
	],
	read(item) {
		if ((item.choice('source', ['binary', 'url'] as const) ?? 'binary') === 'binary') return { field: item.required('file') };
		item.required('url');
		return { url: item.url('url') };
	},
	unordered: 'Each item uploads a file of its own',
	async run({ field, url }, account, { item }) {
		const upload = field === undefined ? await uploadFromUrl(account, url!) : await uploadBinary(account, item, field);
		return { uploadId: upload.blob_id, url: upload.file_url };
	},
});
