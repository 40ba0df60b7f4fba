import { path } from '../../../shared/http/httpClient';
import { LostWrites } from '../../../shared/operation/lostWrites';
import { labelsField, readLabels, whenLabelMissing } from '../../descriptions/labels';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { runLabels } from '../../helpers/labels';

/** `setConversationLabels`: `POST /conversations/{id}/labels`, which replaces them all. */
export const setLabels = accountOperation<{ labels: NamedLabels }, LostWrites>({
	option: {
		name: 'Set Labels',
		value: 'setLabels',
		action: 'Set labels of conversation',
		description: 'Replace all labels of a conversation; an empty list removes them all',
	},
	record: conversationLocator,
	properties: [labelsField, whenLabelMissing],
	read: (item) => ({ labels: readLabels(item) }),
	begin: async (account) => await Promise.resolve(new LostWrites(account.http)),
	run: async ({ id, labels }, account, { itemIndex, state: lost }) => await runLabels(account, { path: path`/conversations/${id}/labels`, record: `conversation ${id}`, index: itemIndex }, { conversationId: id }, 'set', labels, lost),
	end: async (lost) => await lost.finish(),
});
