import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { contactIn } from '../../transport/client';
import { contactOutput, readContact } from '../contact/contact';
import { contactLocator, funnelLocator } from '../../descriptions/locators';

/**
 * `PUT /contacts/{uuid}/conversation/update_funnel` with `funnel_id`. Callbell's page has it in its heading, and in its
 * samples `POST /contacts/{uuid}/messages/update_funnel`.
 */
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
	async run({ id, funnelId }, callbell) {
		const contact = await callbell.contactId(id);
		const body = { funnel_id: funnelId };
		const call: Call = { method: 'PUT', path: path`/contacts/${contact}/conversation/update_funnel`, body };
		const answer = await callbell.http.exchange({ ...call, accept: [404, 405] });
		if (answer.status < 300) return contactIn(answer.body as IDataObject);
		const other = await callbell.http.exchange({ method: 'POST', path: path`/contacts/${contact}/messages/update_funnel`, body, idempotent: true, accept: [404, 405] });
		// Neither is there: then it is the contact that is not.
		if (other.status >= 300) throw callbell.http.refusal(answer.status === 405 ? other : answer, call);
		return contactIn(other.body as IDataObject);
	},
});
