import { madeOnce } from '../../../shared/http/lostAnswer';
import { operation } from '../../../shared/operation/operation';
import { objectOrEmpty } from '../../../shared/values/read';
import type { KinboxClient } from '../../transport/client';
import { dealOutput } from './deal';
import { contactLocator, pipelineLocator, stageLocator } from '../../descriptions/locators';
import { dealFields, readDealFields, toDealBody, type DealInput } from './deal.fields';

/** `POST /v3/deals` or `POST /v1/deals`; each wants some keys that the other does not, so both get them. */
export const create = operation<KinboxClient, DealInput>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create deal',
		description: 'Create a deal (Negócio) in a stage of a pipeline',
	},
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Wedding cake, Ana Souza',
			description: 'Title of the deal',
		},
		{ ...contactLocator, description: 'The contact (Contato) that the deal belongs to' },
		pipelineLocator,
		stageLocator,
		{
			displayName: 'Value',
			name: 'value',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 0,
			description: 'Amount (Valor) in the currency of the account',
		},
		...dealFields,
	],
	output: dealOutput,
	read(item) {
		const { body, products, tags } = readDealFields(item);
		return {
			products,
			tags,
			body: {
				name: item.required('name'),
				contactId: Number(item.requiredNumericId('contactId')),
				pipelineId: item.requiredLocator('pipelineId'),
				stageId: item.requiredLocator('stageId'),
				value: item.number('value', { min: 0 }) ?? 0,
				status: 'open',
				customFields: {},
				...body,
			},
		};
	},
	unordered: 'Each item makes a record of its own',
	async run(input, kinbox, { item }) {
		const body = await toDealBody(input, kinbox, item);
		return await madeOnce(kinbox.http, async () => await kinbox.post('/deals', body), {
			what: 'deal',
			key: `deal ${JSON.stringify(body)}`,
			async find() {
				const from = new Date(kinbox.http.serverNow() - 3_600_000).toISOString();
				const query = kinbox.generation === 'v3' ? { pipelineId: String(body.pipelineId), createdAtFrom: from } : { pipeline_id: String(body.pipelineId), created_at_from: from };
				return (await kinbox.list('/deals', query, { limit: 500 })).rows;
			},
			isIt: (deal) => deal.name === body.name && String(deal.stageId) === String(body.stageId) && String(objectOrEmpty(deal.contact).id) === String(body.contactId),
			madeAt: (deal) => Date.parse(String(deal.createdAt)),
			idOf: (deal) => deal.id ?? deal._id,
		});
	},
});
