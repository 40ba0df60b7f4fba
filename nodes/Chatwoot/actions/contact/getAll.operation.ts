import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { contactOutput } from './contact';
import { accountOperation, forServersSince } from '../../helpers/accountOperation';
import { contactOrders, contactPage, contactPageSize } from './contact.calls';
import { contactSort, readSort } from './contact.lists';
import { readLabels } from '../../descriptions/labels';
import type { NamedLabels } from '../../helpers/labels';
import { findLabels } from '../../helpers/labels';

interface Input {
	limit?: number;
	labels: NamedLabels;
	online: boolean;
	inboxes: boolean;
	sort: string;
}

/** `listContacts`: `GET /contacts`, or `listActiveContacts` for those who are online. */
export const getAll = accountOperation<Input>({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many contacts',
		description: 'Get many contacts, all or those with a label. Chatwoot lists only contacts with an e-mail, phone or identifier.',
	},
	properties: [
		...returnAllOrLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			description: "Which contacts to return; for conditions on fields, use the operation 'Filter'",
			options: [
				{
					displayName: 'Include Inboxes',
					name: 'includeInboxes',
					type: 'boolean',
					default: true,
					description: "Whether each contact comes with the inboxes it is linked to (in 'Raw' and 'Selected Fields')",
				},
				{
					displayName: 'Label Names or IDs',
					name: 'labels',
					type: 'multiOptions',
					typeOptions: { loadOptionsMethod: 'labelTitles' },
					default: [],
					description: 'Only contacts with any of these labels. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: 'Online Now',
					name: 'online',
					type: 'boolean',
					default: false,
					description: 'Whether to return only contacts who are online at the moment (Chatwoot 4.3 and newer)',
				},
			],
		},
		contactSort,
	],
	output: contactOutput,
	read(item) {
		const filters = item.collection('filters');
		return {
			limit: readLimit(item),
			labels: readLabels(filters),
			online: filters.boolean('online') ?? false,
			inboxes: filters.boolean('includeInboxes') ?? false,
			sort: readSort(item),
		};
	},
	async run({ limit, labels, online, inboxes, sort }, account) {
		const { titles } = await findLabels(account, labels);
		const query = { labels: titles.length && !online ? titles : undefined, include_contact_inboxes: String(inboxes) };
		const fetch = async () => await account.collect(
			async (page, order) => contactPage(await account.get(online ? '/contacts/active' : '/contacts', { sort: order, ...query, page })),
			contactPageSize,
			limit,
			contactOrders(sort),
		);
		const { rows } = online ? await forServersSince(account.client, '4.3', 'Online Now', fetch) : await fetch();
		return rows;
	},
});
