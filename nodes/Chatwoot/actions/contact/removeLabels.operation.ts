import { path } from '../../../shared/http/httpClient';
import { labelsField, requiredLabels, whenLabelMissing } from '../../descriptions/labels';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { changeLabels } from '../../helpers/labels';
import { explainingTwins } from './contact.calls';

/** `setContactLabels`: `POST /contacts/{id}/labels`, which replaces; so they are read first. */
export const removeLabels = accountOperation<{ labels: NamedLabels }>({
	option: {
		name: 'Remove Labels',
		value: 'removeLabels',
		action: 'Remove labels from contact',
		description: 'Remove labels from a contact; the others stay',
	},
	record: contactLocator,
	properties: [labelsField, whenLabelMissing],
	read: (item) => ({ labels: requiredLabels(item) }),
	run: async ({ id, labels }, account) => ({ contactId: id, ...(await explainingTwins(account, id, async () => await changeLabels(account, path`/contacts/${id}/labels`, 'remove', labels))) }),
});
