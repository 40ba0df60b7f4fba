import { LostWrites } from '../../../shared/operation/lostWrites';
import { askedAgain } from '../../descriptions/labels';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { lookAgainAtAttributes, removeAttributes } from './conversation.attributes';

/** `removeConversationCustomAttributes`, or the set is read, and written back without them. */
export const removeCustomAttributes = accountOperation<{ keys: string[] }, LostWrites>({
	option: {
		name: 'Remove Custom Attributes',
		value: 'removeCustomAttributes',
		action: 'Remove custom attributes from conversation',
		description: 'Take some custom attributes away from a conversation; the others stay',
	},
	record: conversationLocator,
	properties: [
		{
			displayName: 'Custom Attribute Names or IDs',
			name: 'attributeKeys',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'conversationAttributeKeys', loadOptionsDependsOn: askedAgain },
			default: [],
			required: true,
			description: 'The custom attributes to remove. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	],
	read(item) {
		const keys = item.list('attributeKeys') ?? [];
		if (keys.length === 0) throw item.refuse('attributeKeys', 'is empty', 'Pick at least one custom attribute.');
		return { keys };
	},
	begin: async (account) => await Promise.resolve(new LostWrites(account.http)),
	run: async ({ id, keys }, account, { itemIndex, state }) => lookAgainAtAttributes(account, { id, index: itemIndex, lost: state }, Object.fromEntries(keys.map((key) => [key, null])), await removeAttributes(account, id, keys)),
	end: async (lost) => await lost.finish(),
});
