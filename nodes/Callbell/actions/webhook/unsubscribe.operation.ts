import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';

/** `DELETE /webhooks/unsubscribe`: removes the one webhook of the account, whoever made it. */
export const unsubscribe = operation<CallbellClient, null>({
	option: {
		name: 'Unsubscribe',
		value: 'unsubscribe',
		action: 'Unsubscribe webhook',
		description: 'Remove the one webhook of the account, whoever made it, this workflow or another program',
	},
	properties: [],
	read: () => null,
	orderingKey: () => 'webhook',
	async run(_, callbell) {
		await callbell.delete('/webhooks/unsubscribe');
		return { deleted: true };
	},
});
