import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { recordIn } from '../../transport/client';
import { readContact } from '../contact/contact';
import { contactLocator } from '../../descriptions/locators';
import { simplifyBot } from './bot';

/** `POST /contacts/{uuid}/bot` with `bot_start`. */
export const start = operation<CallbellClient, string>({
	option: {
		name: 'Start',
		value: 'start',
		action: 'Start bot for contact',
		description: 'Let the bot of the account answer a contact',
	},
	properties: [contactLocator],
	read: readContact,
	orderingKey: async (id, callbell) => await callbell.contactKey(id),
	async run(id, callbell) {
		const uuid = await callbell.contactId(id);
		return simplifyBot(recordIn(await callbell.post(path`/contacts/${uuid}/bot`, { status: 'bot_start' }), 'bot'), uuid);
	},
});
