import { campaignSend } from '../../../shared/campaign/send';
import { unfitInAnyWay } from '../../../shared/message/sendFiles';
import { operation } from '../../../shared/operation/operation';
import { readTemplateFields, templateFields, variablesList } from '../../descriptions/template';
import { claimField } from '../../helpers/claim';
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
		safety: [claimField],
	},
	read(item) {
		const template = readTemplateFields(item);
		const { header } = template;
		return {
			base: readMessageBase(item),
			template,
			header: () => readTemplateFields(item).header,
			unfitHeader: async (kind) => (header ? await unfitInAnyWay(item, 'header', header, kind) : undefined),
		};
	},
	sender: (callbell, { item, input }) => callbellSender(
		callbell,
		`Callbell ${callbell.http.baseUrl} ${item.context.getNode().credentials?.callbellApi?.id ?? ''}`,
		input.rules.once ? input.safety.text('claimField') : undefined,
	),
}));
