import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { customFieldOutput } from './customField';

const entities = ['all', 'channel', 'contact', 'deal', 'group', 'product', 'session', 'task', 'user'] as const;

/** `GET /v3/custom-fields` or `GET /v1/custom-fields`; neither pages nor filters. */
export const getAll = operation<KinboxClient, { limit?: number; entity: (typeof entities)[number] }>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many custom fields',
		description: 'Get the custom fields of the account; deleted ones are left out',
	},
	properties: [
		{
			displayName: 'Belongs To',
			name: 'entity',
			type: 'options',
			options: [
				{ name: 'Any Record', value: 'all' },
				{ name: 'Channel', value: 'channel' },
				{ name: 'Contact', value: 'contact' },
				{ name: 'Conversation', value: 'session' },
				{ name: 'Deal', value: 'deal' },
				{ name: 'Group', value: 'group' },
				{ name: 'Operator', value: 'user' },
				{ name: 'Product', value: 'product' },
				{ name: 'Task', value: 'task' },
			],
			default: 'all',
			description: 'Only custom fields of this kind of record',
		},
		...returnAllOrLimit,
	],
	output: customFieldOutput,
	read: (item) => ({ limit: readLimit(item), entity: item.choice('entity', entities) ?? 'all' }),
	async run({ limit, entity }, kinbox) {
		const fields = await kinbox.listAtOnce('/custom-fields');
		return fields.filter((field) => !field.isDeleted && (entity === 'all' || field.entity === entity)).slice(0, limit);
	},
});
