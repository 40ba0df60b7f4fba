import { path } from '../../../shared/http/httpClient';
import { labelsField, requiredLabels, whenLabelMissing } from '../../descriptions/labels';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { changeLabels } from '../../helpers/labels';

/** `setConversationLabels`: `POST /conversations/{id}/labels`, which replaces; so they are read first. */
export const removeLabels = accountOperation<{ labels: NamedLabels }>({
	option: {
		name: 'Remove Labels',
		value: 'removeLabels',
		action: 'Remove labels from conversation',
		description: 'Remove labels from a conversation; the others stay',
	},
	record: conversationLocator,
	properties: [labelsField, whenLabelMissing],
	read: (item) => ({ labels: requiredLabels(item) }),
	run: async ({ id, labels }, account) => ({ conversationId: id, ...(await changeLabels(account, path`/conversations/${id}/labels`, 'remove', labels)) }),
});
