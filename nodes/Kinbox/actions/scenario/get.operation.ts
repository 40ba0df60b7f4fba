import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { scenarioLocator } from '../../descriptions/locators';

/** `GET /v3/workflows/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get scenario',
		description: 'Get one scenario (Cenário) with its steps. Needs a Token V3.',
	},
	record: scenarioLocator,
	async run({ id }, kinbox) {
		kinbox.needs('v3', 'Scenarios');
		return await kinbox.get(path`/workflows/${id}`);
	},
});
