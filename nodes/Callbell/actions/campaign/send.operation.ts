import { campaignSend } from '../../../shared/campaign/send';
import { operation } from '../../../shared/operation/operation';
import { readTemplateFields, templateFields, variablesList } from '../../descriptions/template';
import type { CallbellClient } from '../../transport/client';
import { messageExtras, readMessageBase, sendingChannel } from '../message/message.fields';
import { callbellSender, type CallbellMessage } from './sender';

/** `POST /messages/send` with a template for each recipient, at a pace; Callbell has no call for many. */
export const send = operation(campaignSend<CallbellClient, CallbellMessage>({
	fields: {
		channel: sendingChannel,
		template: templateFields.filter(({ name }) => name !== 'optIn'),
		additional: [messageExtras.assignedUser, messageExtras.bot, messageExtras.metadata, messageExtras.metadataJson, messageExtras.team, variablesList],
		canMark: true,
		safety: [
			{
				displayName: 'Claim Field',
				name: 'claimField',
				type: 'string',
				default: '',
				placeholder: 'e.g. Campaigns',
				description: 'A custom field of the type text, kept for Send Only Once: with it nobody gets the campaign twice, whatever happens. Without it that holds for runs one after the other, also after a crash (who got the same text within a day is left out), but not for two n8n processes that send it at the same time.',
			},
		],
	},
	read: (item) => ({ base: readMessageBase(item), template: readTemplateFields(item), header: () => readTemplateFields(item).header }),
	sender: (callbell, { item, input }) => callbellSender(
		callbell,
		`Callbell ${callbell.http.baseUrl} ${item.context.getNode().credentials?.callbellApi?.id ?? ''}`,
		input.rules.once ? input.safety.text('claimField') : undefined,
	),
}));
