import { path } from '../../../shared/http/httpClient';
import { LostWrites } from '../../../shared/operation/lostWrites';
import { objectOrEmpty } from '../../../shared/values/read';
import { askedAgain } from '../../descriptions/labels';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { contactOutput } from './contact';
import { contactIn, explainingTwins } from './contact.calls';

/** `removeContactCustomAttributes`: `POST /contacts/{id}/destroy_custom_attributes`; unknown keys are ignored. */
export const removeCustomAttributes = accountOperation<{ keys: string[] }, LostWrites>({
	option: {
		name: 'Remove Custom Attributes',
		value: 'removeCustomAttributes',
		action: 'Remove custom attributes from contact',
		description: "Take custom attributes away from a contact; to set some, use 'Update'",
	},
	record: contactLocator,
	properties: [
		{
			displayName: 'Custom Attribute Names or IDs',
			name: 'attributeKeys',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'contactAttributeKeys', loadOptionsDependsOn: askedAgain },
			default: [],
			required: true,
			description: 'The custom attributes to remove. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	],
	output: contactOutput,
	read(item) {
		const keys = item.list('attributeKeys') ?? [];
		if (keys.length === 0) throw item.refuse('attributeKeys', 'is empty', 'Pick at least one custom attribute.');
		return { keys };
	},
	begin: async (account) => await Promise.resolve(new LostWrites(account.http)),
	run: async ({ id, keys }, account, { itemIndex, state: lost }) => await explainingTwins(account, id, async () => {
		const address = path`/contacts/${id}`;
		const remove = async (gone: string[]) => contactIn(await account.postAgain(`${address}/destroy_custom_attributes`, { custom_attributes: gone }));
		const contact = await remove(keys);
		// The server writes all that it has read before, without a lock.
		lost.wrote(id, {
			record: `contact ${id}`,
			field: 'Custom Attributes',
			read: async () => objectOrEmpty(contactIn(await account.get(address, { include_contact_inboxes: false })).custom_attributes),
			write: async (missing) => await remove(Object.keys(missing)),
			show: (current) => ({ custom_attributes: current }),
		}, Object.fromEntries(keys.filter((key) => !Object.hasOwn(objectOrEmpty(contact.custom_attributes), key)).map((key) => [key, null])));
		return lost.gave(id, itemIndex, contact);
	}),
	end: async (lost) => await lost.finish(),
});
