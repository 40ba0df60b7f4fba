import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { CallbellClient } from '../../transport/client';
import { simplifyTemplate } from './template';
import { isApproved, typeOfTemplate, templateTypes } from '../../helpers/templates';

interface Input {
	limit?: number;
	keep(template: IDataObject): boolean;
}

/** `GET /templates`; Callbell filters nothing, so it is done here. */
export const getAll = operation<CallbellClient, Input>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many templates',
		description: 'Get many WhatsApp templates with their text and state',
	},
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: 'Which templates to return; all filters have to fit',
			options: [
				{
					displayName: 'Approved Only',
					name: 'approvedOnly',
					type: 'boolean',
					default: true,
					description: 'Whether to return only templates that can be sent',
				},
				{
					displayName: 'Category',
					name: 'category',
					type: 'options',
					options: [
						{ name: 'Marketing', value: 'MARKETING' },
						{ name: 'Utility', value: 'UTILITY' },
					],
					default: 'MARKETING',
					description: 'Only templates of this category',
				},
				{
					displayName: 'Search Text',
					name: 'search',
					type: 'string',
					default: '',
					placeholder: 'e.g. order',
					description: 'Only templates that have this in their title or text',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Document', value: 'document' },
						{ name: 'Image', value: 'image' },
						{ name: 'Text', value: 'text' },
						{ name: 'Video', value: 'video' },
					],
					default: 'text',
					description: 'Only templates with this kind of header',
				},
			],
		},
	],
	read(item) {
		const filters = item.collection('filters');
		const approvedOnly = filters.boolean('approvedOnly');
		const category = filters.text('category')?.toUpperCase();
		const search = filters.text('search')?.toLowerCase();
		const type = filters.choice('type', templateTypes);
		return {
			limit: readLimit(item),
			keep: (template) =>
				(!approvedOnly || isApproved(template)) &&
				(category === undefined || String(template.category ?? '').toUpperCase() === category) &&
				(search === undefined || `${String(template.title ?? '')} ${String(template.text ?? '')}`.toLowerCase().includes(search)) &&
				(type === undefined || typeOfTemplate(template) === type),
		};
	},
	run: async ({ limit, keep }, callbell) => (await callbell.list('/templates', 'templates', {}, { limit, keep })).map(simplifyTemplate),
});
