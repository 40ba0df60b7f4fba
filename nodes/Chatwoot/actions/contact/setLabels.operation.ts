import { path } from '../../../shared/http/httpClient';
import { labelsField, readLabels } from '../../descriptions/labels';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { changeLabels } from '../../helpers/labels';
import { readId } from '../../helpers/read';

/** `setContactLabels`: `POST /contacts/{id}/labels`, which replaces them all. */
export const setLabels = accountOperation<{ id: string; labels: string[] }>({
	option: {
		name: 'Set Labels',
		value: 'setLabels',
		action: 'Set labels of contact',
		description: 'Replace all labels of a contact; an empty list removes them all',
	},
	properties: [contactLocator, labelsField],
	read: (item) => ({ id: readId(item, 'contactId'), labels: readLabels(item) }),
	orderingKey: ({ id }) => id,
	run: async ({ id, labels }, account) => ({ contactId: id, ...(await changeLabels(account, path`/contacts/${id}/labels`, 'set', labels)) }),
});
