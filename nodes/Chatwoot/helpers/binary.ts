import type { IBinaryData } from 'n8n-workflow';

import type { Item } from '../../shared/operation/item';

/** A file of the item's binary data, ready for a multipart body. */
export async function binaryFile(item: Item, field: string): Promise<{ blob: Blob; fileName: string; data: IBinaryData }> {
	const { context, index } = item;
	const data = context.helpers.assertBinaryData(index, field);
	const buffer = await context.helpers.getBinaryDataBuffer(index, field);
	return {
		blob: new Blob([new Uint8Array(buffer)], { type: data.mimeType || 'application/octet-stream' }),
		fileName: data.fileName ?? `file${data.fileExtension ? `.${data.fileExtension}` : ''}`,
		data,
	};
}
