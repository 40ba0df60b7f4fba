import { path } from '../../../shared/http/httpClient';
import { conversationLocator, inboxLocator, locatorAs, templateLocator } from '../../descriptions/locators';
import type { TemplateInput } from '../../descriptions/template';
import { fillTemplate, placeholdersInValues, readTemplate, templateVariables, templateVariablesJson } from '../../descriptions/template';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';
import { withMark } from '../../helpers/workflowMark';
import { messageOutput } from './message';

/** `createMessage`: `POST /conversations/{id}/messages` with `template_params`. */
export const sendTemplate = accountOperation<TemplateInput & { inboxId: string }>({
	option: {
		name: 'Send WhatsApp Template',
		value: 'sendTemplate',
		action: 'Send WhatsApp template message',
		description: 'Send an approved template; the only way to write first, or after 24 hours of silence',
	},
	record: conversationLocator,
	properties: [
		locatorAs(inboxLocator, { description: 'The WhatsApp inbox of the conversation, whose templates are listed' }),
		templateLocator,
		templateVariables,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the message',
			options: [placeholdersInValues, templateVariablesJson],
		},
	],
	output: messageOutput,
	read: (item) => ({ inboxId: readId(item, 'inboxId'), ...readTemplate(item, item.collection('additionalFields')) }),
	async run({ id, inboxId, ...input }, account, { item }) {
		const { params, text } = await fillTemplate(account, inboxId, input);
		return await account.post(path`/conversations/${id}/messages`, withMark({ content: text, message_type: 'outgoing', private: false, template_params: params }, item.context));
	},
});
