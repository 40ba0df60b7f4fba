import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { dealLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';
import { dealOutput } from './deal';

/** `PATCH /v3/deals/{id}` or `PATCH /v1/deals/{id}` with status lost and the reasons. */
export const lose = operation<KinboxClient, { body: IDataObject }>({
	option: {
		name: 'Lose',
		value: 'lose',
		action: 'Lose deal',
		description: 'Mark a deal as lost (Perdido), with reasons',
	},
	record: dealLocator,
	properties: [
		{
			displayName: 'Reasons',
			name: 'reasons',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Reason' },
			default: [],
			placeholder: 'e.g. Preço',
			description: 'Reasons (Motivos de perda), as the pipeline lists them',
		},
		{
			displayName: 'Remark',
			name: 'remark',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. Wants to come back next year',
			description: 'Free text about the loss',
		},
		{
			displayName: 'Lost At',
			name: 'closedAt',
			type: 'dateTime',
			default: '',
			description: 'When it was lost; left empty, now',
		},
	],
	output: dealOutput,
	read(item) {
		const reasons = item.list('reasons');
		return {
			body: withoutUndefined({ status: 'lost', wonLostDate: item.date('closedAt') ?? new Date().toISOString(), lostReason: reasons?.length ? reasons : undefined, lostReasonObs: item.text('remark') }),
		};
	},
	run: async ({ id, body }, kinbox) => await kinbox.patch(path`/deals/${id}`, body),
});
