import { path } from '../../../shared/http/httpClient';
import { LostWrites } from '../../../shared/operation/lostWrites';
import { labelsField, requiredLabels, whenLabelMissing } from '../../descriptions/labels';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { runLabels } from '../../helpers/labels';
import { explainingTwins } from './contact.calls';

/** `setContactLabels`: `POST /contacts/{id}/labels`, which replaces; so they are read first. */
export const addLabels = accountOperation<{ labels: NamedLabels }, LostWrites>({
	option: {
		name: 'Add Labels',
		value: 'addLabels',
		action: 'Add labels to contact',
		description: 'Add labels to a contact; the others stay',
	},
	record: contactLocator,
	properties: [labelsField, whenLabelMissing],
	read: (item) => ({ labels: requiredLabels(item) }),
	begin: async (account) => await Promise.resolve(new LostWrites(account.http)),
	run: async ({ id, labels }, account, { itemIndex, state: lost }) => await explainingTwins(account, id, async () => await runLabels(account, { path: path`/contacts/${id}/labels`, record: `contact ${id}`, index: itemIndex }, { contactId: id }, 'add', labels, lost)),
	end: async (lost) => await lost.finish(),
});
