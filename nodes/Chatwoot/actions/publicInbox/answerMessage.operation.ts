import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import { filledIn } from '../../../shared/values/read';
import { locatorAs, messageLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readMessage } from '../../helpers/read';
import { simplifyPublicMessage } from './publicInbox';
import type { PublicContact } from './publicInbox.calls';
import { contactPath, conversationField, inboxField, publicCall, readContact, sourceField } from './publicInbox.calls';

const kinds = ['choice', 'form', 'survey'] as const;

/** `answerPublicMessage`: `PATCH …/conversations/{id}/messages/{message}`. */
export const answerMessage = accountOperation<PublicContact & { id: string; messageId: string; answer: IDataObject | IDataObject[] }>({
	option: {
		name: 'Answer Message',
		value: 'answerMessage',
		action: 'Answer message of public inbox',
		description: 'Answer an interactive message as the contact: a choice, a form or a satisfaction survey',
	},
	properties: [
		inboxField,
		sourceField,
		conversationField,
		locatorAs(messageLocator, { description: 'The interactive message to answer; the list has the newest 20 of the conversation' }),
		{
			displayName: 'Kind of Answer',
			name: 'answerKind',
			type: 'options',
			options: [
				{ name: 'Choice', value: 'choice', description: 'One of the options of the message' },
				{ name: 'Form', value: 'form', description: 'The fields of a form' },
				{ name: 'Satisfaction Survey', value: 'survey', description: 'A rating from 1 to 5; possible for 14 days' },
			],
			default: 'choice',
			description: 'What the message asks for',
		},
		{
			displayName: 'Option Title',
			name: 'choiceTitle',
			type: 'string',
			default: '',
			displayOptions: { show: { answerKind: ['choice'] } },
			placeholder: 'e.g. Small',
			description: 'The option as the contact reads it; left empty, its value',
		},
		{
			displayName: 'Option Value',
			name: 'choiceValue',
			type: 'string',
			default: '',
			displayOptions: { show: { answerKind: ['choice'] } },
			placeholder: 'e.g. s',
			description: 'The value of the option that is chosen',
		},
		{
			displayName: 'Form Fields',
			name: 'formAnswers',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Field',
			default: {},
			displayOptions: { show: { answerKind: ['form'] } },
			description: 'What is filled in',
			options: [
				{
					displayName: 'Field',
					name: 'field',
					values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. email', description: 'The key of the field in the form' },
						{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. ana@example.com', description: 'What stands in it' },
					],
				},
			],
		},
		{
			displayName: 'Rating',
			name: 'rating',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 5 },
			default: 5,
			displayOptions: { show: { answerKind: ['survey'] } },
			description: 'From 1 (bad) to 5 (good)',
		},
		{
			displayName: 'Feedback',
			name: 'feedback',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			displayOptions: { show: { answerKind: ['survey'] } },
			placeholder: 'e.g. Very quick, thank you',
			description: 'What the contact adds',
		},
	],
	read: (item) => ({ ...readContact(item), ...readMessage(item), answer: readAnswer(item) }),
	orderingKey: ({ id }) => id,
	run: async ({ id, messageId, answer, ...contact }, account) => simplifyPublicMessage(await publicCall(account, {
		method: 'PATCH', path: `${contactPath(contact)}${path`/conversations/${id}/messages/${messageId}`}`, body: { submitted_values: answer }, idempotent: true,
	})),
});

function readAnswer(item: Item): IDataObject | IDataObject[] {
	switch (item.choice('answerKind', kinds) ?? 'choice') {
		case 'choice': {
			const value = item.required('choiceValue');
			return [{ title: item.text('choiceTitle') ?? value, value }];
		}
		case 'form': {
			const fields = item.rows('formAnswers', 'field');
			if (fields.length === 0) throw item.refuse('formAnswers', 'is empty', 'Add at least one field.');
			return fields.map((field) => ({ name: field.required('name'), value: field.text('value') ?? '' }));
		}
		case 'survey': {
			const rating = item.number('rating', { min: 1, max: 5, integer: true });
			if (rating === undefined) throw item.refuse('rating', 'is empty', 'Give a number from 1 to 5.');
			return { csat_survey_response: filledIn({ rating, feedback_message: item.text('feedback') }) };
		}
	}
}
