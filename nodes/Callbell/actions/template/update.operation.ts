import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { simplifyTemplate } from './template';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { templateLocator } from '../../descriptions/locators';

/** `PATCH /templates/{uuid}`: only the title can change. */
export const update = operation<CallbellClient, { title: string }>({
	option: {
		name: 'Rename',
		value: 'update',
		action: 'Rename template',
		description: 'Give a template another title; Callbell lets nothing else of it be changed',
	},
	record: { ...templateLocator, required: true },
	properties: [
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Order ready v2',
			description: 'The new title',
		},
	],
	read: (item) => ({ title: item.required('title') }),
	run: async ({ id, title }, callbell) => simplifyTemplate(recordIn(await callbell.patch(path`/templates/${id}`, { title }), 'template', 'templates')),
});
