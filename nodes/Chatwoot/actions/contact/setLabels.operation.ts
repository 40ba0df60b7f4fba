import { path } from '../../../shared/http/httpClient';
import { labelsField, readLabels, whenLabelMissing } from '../../descriptions/labels';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { changeLabels } from '../../helpers/labels';
import { explainingTwins } from './contact.calls';

/** `setContactLabels`: `POST /contacts/{id}/labels`, which replaces them all. */
export const setLabels = accountOperation<{ labels: NamedLabels }>({
	option: {
		name: 'Set Labels',
		value: 'setLabels',
		action: 'Set labels of contact',
		description: 'Replace all labels of a contact; an empty list removes them all',
	},
	record: contactLocator,
	properties: [labelsField, whenLabelMissing],
	read: (item) => ({ labels: readLabels(item) }),
	run: async ({ id, labels }, account) => ({ contactId: id, ...(await explainingTwins(account, id, async () => await changeLabels(account, path`/contacts/${id}/labels`, 'set', labels))) }),
});
