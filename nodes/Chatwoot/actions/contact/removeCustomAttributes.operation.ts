import { path } from '../../../shared/http/httpClient';
import { askedAgain } from '../../descriptions/labels';
import { contactLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { contactOutput } from './contact';
import { contactIn, explainingTwins } from './contact.calls';

/** `removeContactCustomAttributes`: `POST /contacts/{id}/destroy_custom_attributes`; unknown keys are ignored. */
export const removeCustomAttributes = accountOperation<{ keys: string[] }>({
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
	run: async ({ id, keys }, account) => await explainingTwins(account, id, async () => contactIn(await account.postAgain(path`/contacts/${id}/destroy_custom_attributes`, { custom_attributes: keys }))),
});
