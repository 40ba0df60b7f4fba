import type { QueryValue } from '../../../shared/http/httpClient';
import { accountOperation } from '../../helpers/accountOperation';
import { asCsvFile, csvFileField, csvText } from '../../helpers/csvFile';
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
		csvFileField,
		csatFilters,
	],
	read: (item) => ({ field: item.required('binaryName'), query: readCsatQuery(item) }),
	async run({ field, query }, account, { item }) {
		// The last line of the file names the range, so the server breaks without one.
		const range = query.since === undefined ? { since: '0', until: String(Math.floor(Date.now() / 1000)) } : {};
		const body = await account.send<ArrayBuffer | undefined>({ method: 'GET', path: '/csat_survey_responses/download', query: { ...query, ...range }, expect: 'bytes' });
		return await asCsvFile(csvText(body, account), 'csat_responses.csv', field, item);
	},
});
