import { path } from '../../../shared/http/httpClient';
import { labelsField, requiredLabels, whenLabelMissing } from '../../descriptions/labels';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { changeLabels } from '../../helpers/labels';
import { explainingTwins } from './contact.calls';

/** `setContactLabels`: `POST /contacts/{id}/labels`, which replaces; so they are read first. */
export const addLabels = accountOperation<{ labels: NamedLabels }>({
	option: {
		name: 'Add Labels',
		value: 'addLabels',
		action: 'Add labels to contact',
		description: 'Add labels to a contact; the others stay',
	},
	record: contactLocator,
	properties: [labelsField, whenLabelMissing],
	read: (item) => ({ labels: requiredLabels(item) }),
	run: async ({ id, labels }, account) => ({ contactId: id, ...(await explainingTwins(account, id, async () => await changeLabels(account, path`/contacts/${id}/labels`, 'add', labels))) }),
});
