import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { pipelineLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { pipelineOutput } from './pipeline';

/** `PATCH /v3/pipelines/{id}` or `PATCH /v1/pipelines/{id}`. */
export const update = operation<KinboxClient, { body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update pipeline',
		description: 'Change name, place or reasons for losing of a pipeline (Funil)',
	},
	record: pipelineLocator,
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Vendas',
					description: 'How the pipeline is called',
				},
				{
					displayName: 'Position',
					name: 'position',
					type: 'number',
					default: 0,
					description: 'Place in the list of pipelines',
				},
				{
					displayName: 'Reasons for Losing',
					name: 'lostReasons',
					type: 'string',
					typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Reason' },
					default: [],
					placeholder: 'e.g. Preço',
					description: 'Reasons (Motivos de perda) to choose from; they replace the present ones. Only with an API Token.',
				},
			],
		},
	],
	output: pipelineOutput,
	read(item) {
		const fields = item.collection('updateFields');
		const body = withoutUndefined({ name: fields.text('name'), position: fields.number('position'), lostReasons: fields.list('lostReasons') });
		item.needsChange('updateFields', body);
		return { body };
	},
	async run({ id, body }, kinbox) {
		if (body.lostReasons !== undefined) kinbox.needs('v1', "'Reasons for Losing'");
		return await kinbox.patch(path`/pipelines/${id}`, body);
	},
});
