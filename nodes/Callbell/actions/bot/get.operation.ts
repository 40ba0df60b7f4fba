import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { readContact } from '../contact/contact';
import { contactLocator } from '../../descriptions/locators';
import { simplifyBot } from './bot';

/** `GET /contacts/{uuid}/bot`. */
export const get = operation<CallbellClient, string>({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get bot of contact',
		description: 'See which bot answers a contact, and how far it is',
	},
	properties: [contactLocator],
	read: readContact,
	async run(id, callbell) {
		const uuid = await callbell.contactId(id);
		return simplifyBot(recordIn(await callbell.get(path`/contacts/${uuid}/bot`), 'bot'), uuid);
	},
});
