import type { QueryValue } from '../../../shared/http/httpClient';
import { accountOperation } from '../../helpers/accountOperation';
import { csatFilters, readCsatQuery } from './csat.fields';

/** `downloadCsatResponses`: `GET /csat_survey_responses/download`, a CSV file. */
export const download = accountOperation<{ field: string; query: Record<string, QueryValue> }>({
	option: {
		name: 'Download',
		value: 'download',
		action: 'Download CSAT responses as CSV',
		description: 'Get all answers to the satisfaction survey as a CSV file, with agent, rating, feedback, contact and a link to the conversation',
	},
	properties: [
		{
			displayName: 'Put Output File in Field',
			name: 'binaryName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			hint: 'The name of the output binary field to put the file in',
			description: 'The name of the output binary field to put the file in',
		},
		csatFilters,
	],
	read: (item) => ({ field: item.required('binaryName'), query: readCsatQuery(item) }),
	async run({ field, query }, account, { item }) {
		// The last line of the file names the range, so the server breaks without one.
		const range = query.since === undefined ? { since: '0', until: String(Math.floor(Date.now() / 1000)) } : {};
		const body = await account.send<ArrayBuffer | undefined>({ method: 'GET', path: '/csat_survey_responses/download', query: { ...query, ...range }, expect: 'bytes' });
		const bytes = Buffer.from(body ?? new ArrayBuffer(0));
		if (/^\s*</.test(bytes.toString('utf8', 0, 100))) throw account.http.error('Chatwoot answered with a web page in place of the file', 'Check the address in the credential; a proxy may have answered instead.');
		const fileName = 'csat_responses.csv';
		return [{ json: { fileName, fileSize: bytes.length }, binary: { [field]: await item.context.helpers.prepareBinaryData(bytes, fileName, 'text/csv') } }];
	},
});
