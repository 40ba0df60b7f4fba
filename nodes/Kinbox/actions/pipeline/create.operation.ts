import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { privacyField, privacyGroupsField, readPrivacy } from '../../descriptions/privacy';
import type { KinboxClient } from '../../transport/client';
import { pipelineOutput } from './pipeline';

/** `POST /v3/pipelines` or `POST /v1/pipelines`. */
export const create = operation<KinboxClient, IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create pipeline',
		description: 'Create a pipeline (Funil) with its stages',
	},
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Vendas',
			description: 'How the pipeline is called',
		},
		{
			displayName: 'Stages',
			name: 'stages',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Stage',
			default: {},
			description: 'The stages (Etapas), in order',
			options: [
				{
					displayName: 'Stage',
					name: 'stage',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. Proposta enviada',
							description: 'How the stage is called',
						},
						{
							displayName: 'Color',
							name: 'color',
							type: 'color',
							default: '#3498db',
							description: 'Color of the stage',
						},
					],
				},
			],
		},
		{
			displayName: 'Kind',
			name: 'kind',
			type: 'options',
			options: [
				{ name: 'Commercial', value: 'commercial', description: 'Deals' },
				{ name: 'Operational', value: 'operational', description: 'Tickets. Only with an API Token.' },
			],
			default: 'commercial',
			description: 'What the pipeline is for',
		},
		{
			displayName: 'Reasons for Losing',
			name: 'lostReasons',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Reason' },
			default: [],
			placeholder: 'e.g. Preço',
			description: 'Reasons (Motivos de perda) to choose from. Only with an API Token.',
		},
		{
			displayName: 'Position',
			name: 'position',
			type: 'number',
			default: 0,
			description: 'Place in the list of pipelines',
		},
		privacyField,
		privacyGroupsField,
	],
	output: pipelineOutput,
	read(item) {
		const reasons = item.list('lostReasons');
		const stages = item.rows('stages', 'stage').map((row, index) => ({ id: stageId(index), name: row.required('name'), color: row.text('color') ?? '#3498db', requireds: [] }));
		if (stages.length === 0) throw item.refuse('stages', 'is empty', 'Add at least one stage.');
		return withoutUndefined({
			name: item.required('name'),
			stages,
			rules: [],
			position: item.number('position') ?? 0,
			kind: item.choice('kind', ['commercial', 'operational'] as const),
			lostReasons: reasons?.length ? reasons : undefined,
			privacy: readPrivacy(item),
		});
	},
	unordered: 'Each item makes a record of its own',
	async run(body, kinbox) {
		if (kinbox.generation === 'v1') return await kinbox.post('/pipelines', body);
		const { kind, lostReasons, ...v3 } = body;
		if (kind === 'operational') kinbox.needs('v1', "The kind 'Operational'");
		if (lostReasons !== undefined) kinbox.needs('v1', "'Reasons for Losing'");
		return await kinbox.post('/pipelines', v3);
	},
});

/** Kinbox wants an ID with each stage: 24 hexadecimal digits that begin with the time, as MongoDB makes them. */
function stageId(index: number): string {
	const time = Math.floor(Date.now() / 1000).toString(16).padStart(8, '0');
	const random = Array.from({ length: 14 }, () => Math.floor(Math.random() * 16).toString(16)).join('');
	return `${time}${random}${(index % 256).toString(16).padStart(2, '0')}`;
}
