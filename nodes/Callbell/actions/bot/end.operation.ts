import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { CallbellClient } from '../../client';
import { recordIn } from '../../client';
import { contactLocator } from '../../locators';
import { simplifyBot } from './bot';

/** `POST /contacts/{uuid}/bot` with `bot_end`. */
export const end = operation<CallbellClient, string>({
	option: {
		name: 'End',
		value: 'end',
		action: 'End bot for contact',
		description: 'Let the bot be silent for a contact, for example when a person takes over',
	},
	properties: [contactLocator],
	read: (item) => item.requiredLocator('contactId'),
	orderingKey: (id) => id,
	run: async (id, callbell) => simplifyBot(recordIn(await callbell.post(path`/contacts/${id}/bot`, { status: 'bot_end' }), 'bot'), id),
});
