import type { QueryValue } from '../../../shared/http/httpClient';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { csatOutput } from './csat';
import { csatFilters, readCsatQuery } from './csat.fields';

const pageSize = 25;

/** `listCsatResponses`: `GET /csat_survey_responses`, newest first. */
export const getAll = accountOperation<{ limit?: number; query: Record<string, QueryValue> }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many CSAT responses',
		description: 'Get many answers to the satisfaction survey, newest first',
	},
	properties: [...returnAllOrLimit, csatFilters],
	output: csatOutput,
	read: (item) => ({ limit: readLimit(item), query: readCsatQuery(item) }),
	async run({ limit, query }, account) {
		const { rows } = await account.collect(
			async (page) => ({ rows: rowsIn(await account.get('/csat_survey_responses', { ...query, sort: '-created_at', page })) }),
			pageSize,
			limit,
		);
		return rows;
	},
});
