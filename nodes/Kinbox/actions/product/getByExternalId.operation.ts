import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';

/** `GET /v3/products/external/{externalId}` or `GET /v1/products/external/{externalId}`. */
export const getByExternalId = operation<KinboxClient, string>({
	option: {
		name: 'Get by External ID',
		value: 'getByExternalId',
		action: 'Get product by external id',
		description: 'Find a product by its key in another system',
	},
	properties: [
		{
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. SKU-1042',
			description: 'The key of the product in another system',
		},
	],
	read: (item) => item.required('externalId'),
	run: async (externalId, kinbox) => await kinbox.get(path`/products/external/${externalId}`),
});
