import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { CallbellClient } from '../../client';
import { recordIn } from '../../client';
import { contactLocator } from '../../locators';
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
	read: (item) => item.requiredLocator('contactId'),
	orderingKey: (id) => id,
	run: async (id, callbell) => simplifyBot(recordIn(await callbell.post(path`/contacts/${id}/bot`, { status: 'bot_start' }), 'bot'), id),
});
