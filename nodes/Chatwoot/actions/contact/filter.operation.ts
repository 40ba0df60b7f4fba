import { defaultCountry, readCountry } from '../../../shared/operation/country';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { contactOutput } from './contact';
import type { FilterForm, FilterKey } from '../../descriptions/filters';
import { completeFilter, explainFilter, filterProperties, readFilter } from '../../descriptions/filters';
import { accountOperation } from '../../helpers/accountOperation';
import { contactPage, contactPageSize, contactSort, readSort } from './contact.lists';

const equality = ['equal_to', 'not_equal_to'] as const;
const parts = [...equality, 'contains', 'does_not_contain'] as const;
const days = ['is_greater_than', 'is_less_than', 'days_before'] as const;

/** `ContactFilterRow`, `x-operators`; starts_with is left out, as it compares for equality. */
export const contactFilterKeys: Record<string, FilterKey> = {
	blocked: { name: 'Blocked', operators: equality, kind: 'boolean' },
	city: { name: 'City', operators: parts },
	company_name: { name: 'Company', operators: parts },
	country_code: { name: 'Country Code', operators: equality },
	created_at: { name: 'Created', operators: days, kind: 'day' },
	email: { name: 'Email', operators: parts },
	identifier: { name: 'Identifier', operators: equality },
	labels: { name: 'Label', operators: [...equality, 'is_present', 'is_not_present'], kind: 'labels' },
	last_activity_at: { name: 'Last Activity', operators: days, kind: 'day' },
	name: { name: 'Name', operators: parts },
	phone_number: { name: 'Phone', operators: parts, kind: 'phone' },
};

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
			async (page) => contactPage(await account.postAgain('/contacts/filter', { payload }, { page, sort, include_contact_inboxes: 'false' })),
			contactPageSize,
			limit,
		));
		return rows;
	},
});
