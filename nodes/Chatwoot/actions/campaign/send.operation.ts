import { campaignSend } from '../../../shared/campaign/send';
import { inboxLocator, locatorAs, templateLocator } from '../../descriptions/locators';
import { readTemplate, templateVariables, templateVariablesJson } from '../../descriptions/template';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import type { AccountClient } from '../../transport/client';
import { chatwootSender, type ChatwootMessage } from './sender';

/** `createMessage` with a template for each recipient, at a pace: n8n sends, unlike campaigns that Chatwoot sends itself. */
export const send = accountOperation(campaignSend<AccountClient, ChatwootMessage>({
	fields: {
		channel: locatorAs(inboxLocator, { description: 'The WhatsApp inbox that sends' }),
		template: [templateLocator, templateVariables],
		additional: [templateVariablesJson],
		canMark: true,
	},
	read: (item) => ({ inboxId: readId(item, 'inboxId'), ...readTemplate(item, item.collection('additionalFields')) }),
	sender: (account, { item }) => chatwootSender(account, item.context),
}));
