import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { simplifyTemplate } from './template';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { templateLocator } from '../../descriptions/locators';

/** `GET /templates/{uuid}`. */
export const get = operation<CallbellClient>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get template',
		description: 'Get one template by its ID',
	},
	record: { ...templateLocator, required: true },
	run: async ({ id }, callbell) => simplifyTemplate(recordIn(await callbell.get(path`/templates/${id}`), 'template', 'templates')),
});
