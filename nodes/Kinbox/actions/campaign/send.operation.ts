import { campaignSend } from '../../../shared/campaign/send';
import { operation } from '../../../shared/operation/operation';
import { groupLocator, workingChannelLocator } from '../../descriptions/locators';
import { readTemplate, templateFields } from '../../descriptions/template';
import type { KinboxClient } from '../../transport/client';
import { kinboxSender, type KinboxMessage } from './sender';

/** `POST /v1/messages/send` with a template for each recipient, at a pace: n8n sends, unlike campaigns that Kinbox sends itself. */
export const send = operation(campaignSend<KinboxClient, KinboxMessage>({
	fields: {
		channel: { ...workingChannelLocator, description: 'The official WhatsApp channel (Canal) that sends. Needs an API Token with the scope send.' },
		template: templateFields,
		additional: [
			{ ...groupLocator, required: false, description: 'The group (Grupo) that gets the conversation' },
			{
				displayName: 'Keep Out of Inbox',
				name: 'hidden',
				type: 'boolean',
				default: true,
				description: 'Whether the conversation stays resolved, out of the inbox of the team',
			},
		],
		// No call of the API puts tags on a contact or a conversation.
		canMark: false,
	},
	read(item) {
		const template = readTemplate(item);
		if (!template) throw item.refuse('templateId', 'is empty', "Pick a template, or name one under 'Template Fields'.");
		const extra = item.collection('additionalFields');
		return { channelId: item.requiredNumericId('channelId'), template, hidden: extra.boolean('hidden'), item, groupId: extra.numericId('groupId') };
	},
	sender: (kinbox, { item, input }) => kinboxSender(kinbox, `Kinbox ${kinbox.http.baseUrl} ${item.context.getNode().credentials?.kinboxApi?.id ?? ''}`, input.rules.once !== undefined),
}));
