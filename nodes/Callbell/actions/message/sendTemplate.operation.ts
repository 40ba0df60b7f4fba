import type { IDataObject } from 'n8n-workflow';

import { deliveryField, readDelivery } from '../../../shared/message/delivery';
import { refuseUnfitContent, refuseUnfitFile } from '../../../shared/message/sendFiles';
import { operation } from '../../../shared/operation/operation';
import type { CallbellClient } from '../../transport/client';
import { sentOutput } from './message';
import { sendUnderKey, withDelivery, type OnceKey } from './message.calls';
import type { Recipient } from './message.fields';
import { addressOf, messageExtras, onceExtras, readMessageBase, readOnce, readRecipient, recipientFields, recipientKey, sendingChannel } from './message.fields';
import type { TemplateInput } from '../../descriptions/template';
import { typeOfTemplate } from '../../helpers/templates';
import { filledIn } from '../template/template';
import { misfit, readTemplateFields, refuseWithoutOptIn, templateBody, templateFields, variablesList } from '../../descriptions/template';

interface Input {
	recipient: Recipient;
	template: TemplateInput;
	base: IDataObject;
	once?: OnceKey;
	/** Seconds to wait for the channel. */
	seconds?: number;
}

/** `POST /messages/send` with `template_uuid`; needs the official WhatsApp Business API. */
export const sendTemplate = operation<CallbellClient, Input>({
	option: {
		name: 'Send Template',
		value: 'sendTemplate',
		action: 'Send template message',
		description: 'Send an approved WhatsApp template; the only way to write to someone after 24 hours of silence',
	},
	properties: [
		sendingChannel,
		...recipientFields,
		...templateFields,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the message',
			options: [
				messageExtras.assignedUser,
				messageExtras.bot,
				onceExtras.claimField,
				messageExtras.metadata,
				messageExtras.metadataJson,
				onceExtras.sendOnce,
				messageExtras.team,
				variablesList,
				deliveryField,
			],
		},
	],
	output: sentOutput,
	read(item) {
		const template = readTemplateFields(item);
		if (!template.optedIn) throw refuseWithoutOptIn(item);
		const recipient = readRecipient(item);
		return { recipient, once: readOnce(item, recipient, true), template, base: readMessageBase(item), seconds: readDelivery(item.collection('additionalFields')) };
	},
	orderingKey: ({ recipient }) => recipientKey(recipient),
	async run({ recipient, template, base, once, seconds }, callbell, { item }) {
		const chosen = await callbell.template(template.templateId);
		const problem = misfit(template, chosen, 'refuse');
		if (problem) throw item.refuse(problem.field, problem.what, problem.advice);
		const kind = typeOfTemplate(chosen);
		if (template.header && kind !== 'text') {
			refuseUnfitFile(item, 'header', template.header, kind);
			await refuseUnfitContent(item, 'header', kind);
		}
		const taken = await sendUnderKey(callbell, once, { body: { ...(await addressOf(recipient, callbell, item)), ...base, ...templateBody(template, chosen) }, text: filledIn(chosen, template.values) });
		return await withDelivery(callbell, taken, seconds);
	},
});
