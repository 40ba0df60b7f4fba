import { path } from '../../../shared/http/httpClient';
import { labelsField, readLabels, whenLabelMissing } from '../../descriptions/labels';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { changeLabels } from '../../helpers/labels';

/** `setConversationLabels`: `POST /conversations/{id}/labels`, which replaces them all. */
export const setLabels = accountOperation<{ labels: NamedLabels }>({
	option: {
		name: 'Set Labels',
		value: 'setLabels',
		action: 'Set labels of conversation',
		description: 'Replace all labels of a conversation; an empty list removes them all',
	},
	record: conversationLocator,
	properties: [labelsField, whenLabelMissing],
	read: (item) => ({ labels: readLabels(item) }),
	run: async ({ id, labels }, account) => ({ conversationId: id, ...(await changeLabels(account, path`/conversations/${id}/labels`, 'set', labels)) }),
});
