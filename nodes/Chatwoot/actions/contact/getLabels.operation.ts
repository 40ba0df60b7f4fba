import { path } from '../../../shared/http/httpClient';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readCurrent } from '../../helpers/labels';

/** `listContactLabels`: `GET /contacts/{id}/labels`. */
export const getLabels = accountOperation({
	option: {
		name: 'Get Labels',
		value: 'getLabels',
		action: 'Get labels of contact',
		description: 'Get the titles of the labels that a contact has',
	},
	record: contactLocator,
	run: async ({ id }, account) => ({ contactId: id, labels: await readCurrent(account, path`/contacts/${id}/labels`) }),
});
