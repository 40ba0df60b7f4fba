import type { IExecuteFunctions } from 'n8n-workflow';

import type { TextFormat } from '../../../shared/message/textFormat';
import { readTextFormat, textFormatFields } from '../../../shared/message/textFormat';
import { conversationLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { channelOf, outgoingText, refuseClosedWindow } from '../../helpers/outgoing';
import { readId } from '../../helpers/read';
import { withMark } from '../../helpers/workflowMark';
import type { Decision } from './answer';
import { postOutgoing } from './message.calls';

interface Input {
	id: string;
	content: string;
	format: TextFormat;
	isPrivate: boolean;
	links: Array<{ label: string; decision: Decision }>;
	/** Milliseconds; undefined waits for ever. */
	wait?: number;
}

const units = { days: 86_400_000, hours: 3_600_000, minutes: 60_000 } as const;
const waitForEver = new Date('3000-01-01T00:00:00Z');

/** `createMessage` with signed links to this execution, which sleeps until somebody answers there. */
export const sendAndWait = accountOperation<Input>({
	option: {
		name: 'Send and Wait for Response',
		value: 'sendAndWait',
		action: 'Send message and wait for response',
		description: 'Send a message with links to approve, decline or write something, and go on when somebody has done so; the execution sleeps meanwhile',
	},
	properties: [
		conversationLocator,
		{
			displayName: 'Message',
			name: 'content',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. May we give Ana a discount of 15 %?',
			description: 'The question; the links stand below it',
		},
		...textFormatFields,
		{
			displayName: 'Private Note',
			name: 'private',
			type: 'boolean',
			default: false,
			description: 'Whether the question goes to the team as a private note, and not to the contact',
		},
		{
			displayName: 'Response Type',
			name: 'responseType',
			type: 'options',
			options: [
				{ name: 'Approval', value: 'approval', description: 'Approve or decline' },
				{ name: 'Free Text', value: 'freeText', description: 'A text, written on a page' },
			],
			default: 'approval',
			description: 'What the person can answer',
		},
		{
			displayName: 'Approve Label',
			name: 'approveLabel',
			type: 'string',
			default: 'Approve',
			displayOptions: { show: { responseType: ['approval'] } },
			placeholder: 'e.g. Aprovar',
			description: 'What stands before the link that approves',
		},
		{
			displayName: 'Decline Label',
			name: 'declineLabel',
			type: 'string',
			default: 'Decline',
			displayOptions: { show: { responseType: ['approval'] } },
			placeholder: 'e.g. Recusar',
			description: 'What stands before the link that declines',
		},
		{
			displayName: 'Answer Label',
			name: 'answerLabel',
			type: 'string',
			default: 'Answer here',
			displayOptions: { show: { responseType: ['freeText'] } },
			placeholder: 'e.g. Responda aqui',
			description: 'What stands before the link to the page',
		},
		{
			displayName: 'Wait at Most',
			name: 'waitAmount',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'How long to wait; 0 waits without end. When it is over, the workflow goes on with the input of this node.',
		},
		{
			displayName: 'Wait Unit',
			name: 'waitUnit',
			type: 'options',
			options: [
				{ name: 'Days', value: 'days' },
				{ name: 'Hours', value: 'hours' },
				{ name: 'Minutes', value: 'minutes' },
			],
			default: 'hours',
			description: "The unit of 'Wait at Most'",
		},
	],
	read(item) {
		if (item.index > 0) throw item.refuse('content', 'can wait for one answer at a time', 'Put a Loop Over Items node before this one, with a batch size of 1.');
		const amount = item.number('waitAmount', { min: 0 }) ?? 0;
		const unit = item.choice('waitUnit', ['days', 'hours', 'minutes'] as const) ?? 'hours';
		const freeText = item.choice('responseType', ['approval', 'freeText'] as const) === 'freeText';
		return {
			id: readId(item, 'conversationId'),
			content: item.required('content'),
			format: readTextFormat(item, 'content', item.required('content')),
			isPrivate: item.boolean('private') ?? false,
			links: freeText
				? [{ label: item.text('answerLabel') ?? 'Answer here', decision: 'write' as const }]
				: [{ label: item.text('approveLabel') ?? 'Approve', decision: 'approve' as const }, { label: item.text('declineLabel') ?? 'Decline', decision: 'decline' as const }],
			wait: amount > 0 ? amount * units[unit] : undefined,
		};
	},
	orderingKey: ({ id }) => id,
	async run({ id, content, format, isPrivate, links, wait }, account, { item: { context } }) {
		const channel = await channelOf(account, id);
		if (!isPrivate) refuseClosedWindow(account, channel, id);
		const shown = isPrivate ? '' : channel.type;
		const lines = links.map(({ label, decision }) => `${outgoingText(label, 'asIs', shown)}: ${resumeUrl(context, decision)}`);
		const message = await postOutgoing(account, id, withMark({ content: [outgoingText(content, format, shown), ...lines].join('\n\n'), message_type: 'outgoing', private: isPrivate }, context));
		await context.putExecutionToWait(wait === undefined ? waitForEver : new Date(Date.now() + wait));
		return message;
	},
});

function resumeUrl(context: IExecuteFunctions, decision: Decision): string {
	return context.getSignedResumeUrl({ decision });
}
