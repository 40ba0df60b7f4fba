import { deliveryField, readDelivery } from '../../../shared/message/delivery';
import { conversationLocator, templateLocator } from '../../descriptions/locators';
import type { TemplateInput } from '../../descriptions/template';
import { fillTemplate, placeholdersInValues, readTemplate, templateVariables, templateVariablesJson } from '../../descriptions/template';
import { accountOperation } from '../../helpers/accountOperation';
import { channelOf, unknownChannel, withDelivery } from '../../helpers/outgoing';
import { withMark } from '../../helpers/workflowMark';
import { channelNames } from '../inbox/inbox';
import { messageOutput } from './message';
import { postOutgoing } from './message.calls';

/** `createMessage`: `POST /conversations/{id}/messages` with `template_params`. */
export const sendTemplate = accountOperation<TemplateInput & { seconds?: number }>({
	option: {
		name: 'Send WhatsApp Template',
		value: 'sendTemplate',
		action: 'Send WhatsApp template message',
		description: 'Send an approved template; the only way to write first, or after 24 hours of silence',
	},
	record: conversationLocator,
	properties: [
		templateLocator,
		templateVariables,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the message',
			options: [placeholdersInValues, templateVariablesJson, deliveryField],
		},
	],
	output: messageOutput,
	read(item) {
		const extra = item.collection('additionalFields');
		return { seconds: readDelivery(extra), ...readTemplate(item, extra) };
	},
	async run({ id, seconds, ...input }, account, { item }) {
		const channel = await channelOf(account, id);
		if (channel.type === unknownChannel) throw account.http.error('Chatwoot does not show templates to agent bots', 'Use the token of a person.');
		if (channel.type !== 'Channel::Whatsapp') throw item.refuse('conversationId', `is in an inbox of the kind ${channelNames[channel.type] ?? channel.type}, which has no WhatsApp templates`, "Use 'Send', or pick a conversation of a WhatsApp inbox.");
		const { params, text } = await fillTemplate(account, channel.inboxId, input);
		const sent = await postOutgoing(account, id, withMark({ content: text, message_type: 'outgoing', private: false, template_params: params }, item.context));
		return await withDelivery(account, id, sent, { channel, seconds });
	},
});
