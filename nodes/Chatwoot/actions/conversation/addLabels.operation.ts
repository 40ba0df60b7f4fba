import { path } from '../../../shared/http/httpClient';
import { LostWrites } from '../../../shared/operation/lostWrites';
import { labelsField, requiredLabels, whenLabelMissing } from '../../descriptions/labels';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import type { NamedLabels } from '../../helpers/labels';
import { runLabels } from '../../helpers/labels';

/** `setConversationLabels`: `POST /conversations/{id}/labels`, which replaces; so they are read first. */
export const addLabels = accountOperation<{ labels: NamedLabels }, LostWrites>({
	option: {
		name: 'Add Labels',
		value: 'addLabels',
		action: 'Add labels to conversation',
		description: 'Add labels to a conversation; the others stay',
	},
	record: conversationLocator,
	properties: [labelsField, whenLabelMissing],
	read: (item) => ({ labels: requiredLabels(item) }),
	begin: async (account) => await Promise.resolve(new LostWrites(account.http)),
	run: async ({ id, labels }, account, { itemIndex, state: lost }) => await runLabels(account, { path: path`/conversations/${id}/labels`, record: `conversation ${id}`, index: itemIndex }, { conversationId: id }, 'add', labels, lost),
	end: async (lost) => await lost.finish(),
});
