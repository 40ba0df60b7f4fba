import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { quickPhraseLocator } from '../../descriptions/locators';

/** `GET /v3/quick-phrases/{id}` or `GET /v1/quick-phrases/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get quick phrase',
		description: 'Get one quick phrase (Resposta rápida)',
	},
	record: quickPhraseLocator,
	async run({ id }, kinbox) {
		return await kinbox.get(path`/quick-phrases/${id}`);
	},
});
