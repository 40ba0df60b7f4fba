import { path } from '../../../shared/http/httpClient';
import { LostWrites } from '../../../shared/operation/lostWrites';
import { labelsField, readLabels, whenLabelMissing } from '../../descriptions/labels';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { runLabels } from '../../helpers/labels';
import { explainingTwins } from './contact.calls';

/** `setContactLabels`: `POST /contacts/{id}/labels`, which replaces them all. */
export const setLabels = accountOperation<{ labels: NamedLabels }, LostWrites>({
	option: {
		name: 'Set Labels',
		value: 'setLabels',
		action: 'Set labels of contact',
		description: 'Replace all labels of a contact; an empty list removes them all',
	},
	record: contactLocator,
	properties: [labelsField, whenLabelMissing],
	read: (item) => ({ labels: readLabels(item) }),
	begin: async (account) => await Promise.resolve(new LostWrites(account.http)),
	run: async ({ id, labels }, account, { itemIndex, state: lost }) => await explainingTwins(account, id, async () => await runLabels(account, { path: path`/contacts/${id}/labels`, record: `contact ${id}`, index: itemIndex }, { contactId: id }, 'set', labels, lost)),
	end: async (lost) => await lost.finish(),
});
