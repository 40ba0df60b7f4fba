import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';
import { contactOutput, readContact } from '../contact/contact';
import { contactLocator, funnelLocator } from '../../descriptions/locators';

/** `PUT /contacts/{uuid}/conversation/update_funnel` with `funnel_id`. */
export const moveInFunnel = operation<CallbellClient, { id: string; funnelId: string }>({
	option: {
		name: 'Move in Funnel',
		value: 'moveInFunnel',
		action: 'Move conversation in funnel',
		description: 'Move the conversation with a contact to a stage of the sales funnel',
	},
	properties: [contactLocator, funnelLocator],
	output: contactOutput,
	read: (item) => ({ id: readContact(item), funnelId: item.requiredLocator('funnelId') }),
	orderingKey: async ({ id }, callbell) => await callbell.contactKey(id),
	run: async ({ id, funnelId }, callbell) =>
		contactIn(await callbell.put(path`/contacts/${await callbell.contactId(id)}/conversation/update_funnel`, { funnel_id: funnelId })),
});
