import { deliveryField, readDelivery } from '../../../shared/message/delivery';
import { readSendOnce } from '../../../shared/message/sendOnce';
import { conversationLocator, templateLocator } from '../../descriptions/locators';
import type { TemplateInput } from '../../descriptions/template';
import { fillTemplate, placeholdersInValues, readTemplate, templateVariables, templateVariablesJson } from '../../descriptions/template';
import { sendOnceField } from '../../descriptions/sendOnce';
import { accountOperation } from '../../helpers/accountOperation';
import { channelOf, unknownChannel, withDelivery } from '../../helpers/outgoing';
import { withMark } from '../../helpers/workflowMark';
import { channelNames } from '../inbox/inbox';
import { messageOutput } from './message';
import { postOutgoing, sendUnderKey, withOnceMark } from './message.calls';

/** `createMessage`: `POST /conversations/{id}/messages` with `template_params`. */
export const sendTemplate = accountOperation<TemplateInput & { seconds?: number; once?: string }>({
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
			options: [placeholdersInValues, sendOnceField, templateVariablesJson, deliveryField],
		},
	],
	output: messageOutput,
	read(item) {
		const extra = item.collection('additionalFields');
		return { seconds: readDelivery(extra), once: readSendOnce(extra), ...readTemplate(item, extra) };
	},
	async run({ id, seconds, once, ...input }, account, { item }) {
		const channel = await channelOf(account, id);
		if (channel.type === unknownChannel) throw account.http.error('Chatwoot does not show templates to agent bots', 'Use the token of a person.');
		if (channel.type !== 'Channel::Whatsapp') throw item.refuse('conversationId', `is in an inbox of the kind ${channelNames[channel.type] ?? channel.type}, which has no WhatsApp templates`, "Use 'Send', or pick a conversation of a WhatsApp inbox.");
		const { params, text } = await fillTemplate(account, channel.inboxId, input);
		const message = withMark({ content: text, message_type: 'outgoing', private: false, template_params: params }, item.context);
		const answer = await sendUnderKey(account, id, { key: once, channel }, async (deadline) => await postOutgoing(account, id, withOnceMark(message, once), deadline));
		return 'before' in answer ? answer.before : await withDelivery(account, id, answer.sent, { channel, seconds });
	},
});
