import { contactLocator, locatorAs } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { contactOutput } from './contact';

/** `mergeContacts`: `POST /actions/contact_merge`; the answer is the bare contact. */
export const merge = accountOperation<{ base: string; other: string }>({
	option: {
		name: 'Merge',
		value: 'merge',
		action: 'Merge contacts',
		description: 'Join two contacts into one; the second one is deleted and its conversations move to the first',
	},
	properties: [
		locatorAs(contactLocator, { description: 'The contact that stays; its values win' }),
		locatorAs(contactLocator, { displayName: 'Contact to Merge', name: 'mergeeId', description: 'The contact that is merged into the first and then deleted' }),
	],
	output: contactOutput,
	read(item) {
		const [base, other] = [readId(item, 'contactId'), readId(item, 'mergeeId')];
		if (base === other) throw item.refuse('mergeeId', 'is the same contact', 'Pick another contact to merge.');
		return { base, other };
	},
	orderingKey: ({ base }) => base,
	run: async ({ base, other }, account) => await account.post('/actions/contact_merge', { base_contact_id: Number(base), mergee_contact_id: Number(other) }),
});
