import { operation } from '../../../shared/operation/operation';
import { path } from '../../../shared/http/httpClient';
import type { KinboxClient } from '../../transport/client';
import { contactOutput } from './contact';
import { contactLocator } from '../../descriptions/locators';

/** `GET /v3/contacts/{id}` or `GET /v1/contacts/{id}`. */
export const get = operation<KinboxClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get contact',
		description: 'Get one contact by its ID',
	},
	record: contactLocator,
	output: contactOutput,
	run: async ({ id }, kinbox) => await kinbox.get(path`/contacts/${id}`),
});
