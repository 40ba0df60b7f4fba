import { path } from '../../../shared/http';
import { operation } from '../../../shared/operation';
import type { CallbellClient } from '../../client';
import { recordIn } from '../../client';
import { contactLocator } from '../../locators';
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
	read: (item) => item.requiredLocator('contactId'),
	run: async (id, callbell) => simplifyBot(recordIn(await callbell.get(path`/contacts/${id}/bot`), 'bot'), id),
});
