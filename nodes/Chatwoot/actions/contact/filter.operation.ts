import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { contactOutput } from './contact';
import type { FilterForm } from '../../descriptions/filters';
import { completeFilter, explainFilter, filterProperties, readFilter } from '../../descriptions/filters';
import { accountOperation } from '../../helpers/accountOperation';
import { contactOrders, contactPage, contactPageSize } from './contact.calls';
import { contactFilterKeys, contactSort, readSort } from './contact.lists';
/** `filterContacts`: `POST /contacts/filter`. */
export const filter = accountOperation<{ conditions: FilterForm; limit?: number; sort: string }>({
	option: {
		name: 'Filter',
		value: 'filter',
		action: 'Filter contacts',
		description: 'Get the contacts that fit conditions on their fields, labels or custom attributes',
	},
	properties: [...filterProperties(contactFilterKeys), defaultCountry, ...returnAllOrLimit, contactSort],
	output: contactOutput,
	read: (item) => ({ conditions: readFilter(item, contactFilterKeys, { country: readCountry(item) }), limit: readLimit(item), sort: readSort(item) }),
	async run({ conditions, limit, sort }, account) {
		const payload = await completeFilter(account, conditions, 'contact');
		const { rows } = await explainFilter(account, conditions, async () => await account.collect(
			async (page, order) => contactPage(await account.postAgain('/contacts/filter', { payload }, { page, sort: order, include_contact_inboxes: 'false' })),
			contactPageSize,
			limit,
			contactOrders(sort),
		));
		return rows;
	},
});
