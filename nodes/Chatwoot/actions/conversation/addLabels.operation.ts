import { path } from '../../../shared/http/httpClient';
import { labelsField, requiredLabels, whenLabelMissing } from '../../descriptions/labels';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { changeLabels } from '../../helpers/labels';

/** `setConversationLabels`: `POST /conversations/{id}/labels`, which replaces; so they are read first. */
export const addLabels = accountOperation<{ labels: NamedLabels }>({
	option: {
		name: 'Add Labels',
		value: 'addLabels',
		action: 'Add labels to conversation',
		description: 'Add labels to a conversation; the others stay',
	},
	record: conversationLocator,
	properties: [labelsField, whenLabelMissing],
	read: (item) => ({ labels: requiredLabels(item) }),
	run: async ({ id, labels }, account) => ({ conversationId: id, ...(await changeLabels(account, path`/conversations/${id}/labels`, 'add', labels)) }),
});
