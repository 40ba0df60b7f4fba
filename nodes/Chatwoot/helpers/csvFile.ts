import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../shared/operation/item';
import type { AccountClient } from '../transport/client';

export const csvFileField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the output binary field to put the file in',
	description: 'The name of the output binary field to put the file in',
};

/**
 * The text of a CSV file that Chatwoot has answered with.
 *
 * @throws NodeApiError when it is a web page
 */
export function csvText(body: ArrayBuffer | undefined, { http }: AccountClient): string {
	const text = Buffer.from(body ?? new ArrayBuffer(0)).toString('utf8');
	if (/^\s*</.test(text)) throw http.error('Chatwoot answered with a web page in place of the file', 'Check the address in the credential; a proxy may have answered instead.');
	return text;
}

/** A CSV file as an output item. */
export async function asCsvFile(text: string, fileName: string, field: string, { context }: Item): Promise<INodeExecutionData[]> {
	const bytes = Buffer.from(text);
	return [{ json: { fileName, fileSize: bytes.length }, binary: { [field]: await context.helpers.prepareBinaryData(bytes, fileName, 'text/csv') } }];
}
