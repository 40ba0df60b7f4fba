import { accountOperation } from '../../helpers/accountOperation';

/** `deleteNotifications`: `POST /notifications/destroy_all`. The server carries it out in all accounts of the owner. */
export const deleteMany = accountOperation<'all' | 'read'>({
	option: {
		name: 'Delete Many',
		value: 'deleteMany',
		action: 'Delete many notifications',
		description: "Delete notifications of the token's owner a little later, in all accounts that the owner belongs to; their conversations stay",
	},
	properties: [
		{
			displayName: 'Which',
			name: 'which',
			type: 'options',
			options: [
				{ name: 'All', value: 'all', description: 'Unread ones, too' },
				{ name: 'Read', value: 'read', description: 'Only those that were read' },
			],
			default: 'read',
			description: 'The notifications to delete',
		},
	],
	read: (item) => item.choice('which', ['all', 'read'] as const) ?? 'read',
	orderingKey: () => 'notifications',
	async run(type, account) {
		await account.tell({ method: 'POST', path: '/notifications/destroy_all', body: { type }, idempotent: true });
		return { deleted: true };
	},
});
