import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Fields } from '../../../shared/operation/item';
import { objectOrEmpty } from '../../../shared/values/read';
import { requiredLabels } from '../../descriptions/labels';
import type { NamedLabels } from '../../helpers/labels';
import { findLabels } from '../../helpers/labels';
import type { AccountClient } from '../../transport/client';
import { table } from '../../../shared/values/table';

/** What starts a rule. Other words are stored by the server and never fire. */
export const events = ['conversation_created', 'conversation_opened', 'conversation_resolved', 'conversation_updated', 'message_created'] as const;
export type RuleEvent = (typeof events)[number];

const operatorNames = {
	contains: 'Contains',
	attribute_changed: 'Has Changed To',
	days_before: 'Is More Days Ago Than',
	does_not_contain: 'Does Not Contain',
	equal_to: 'Is',
	is_greater_than: 'Is Greater Than',
	is_less_than: 'Is Less Than',
	is_not_present: 'Is Empty',
	is_present: 'Is Not Empty',
	not_equal_to: 'Is Not',
	starts_with: 'Starts With',
} as const;
type RuleOperator = keyof typeof operatorNames;
const operators = Object.keys(operatorNames) as RuleOperator[];

const equality = ['equal_to', 'not_equal_to'] as const;
const presence = ['is_present', 'is_not_present'] as const;
const words = [...equality, 'contains', 'does_not_contain'] as const;

const statuses = ['open', 'pending', 'resolved', 'snoozed'] as const;
const priorities = ['low', 'medium', 'high', 'urgent'] as const;
const messageTypes = ['incoming', 'outgoing'] as const;

interface RuleField {
	name: string;
	/** Conditions that the server can work off; a rule with another one never fires. */
	operators: readonly RuleOperator[];
	/** The form's field that holds the values. */
	values: 'agentIds' | 'inboxIds' | 'labels' | 'messageTypes' | 'priorities' | 'privateNote' | 'statuses' | 'teamIds' | 'value';
	/** Text with commas is several values; elsewhere a comma belongs to the value. */
	list?: true;
	/** Only messages have it. */
	ofMessage?: true;
}

/** What a condition can look at, by `attribute_key`, with the conditions of the server's lib/filters/filter_keys.yml. */
const fields: Record<string, RuleField> = table({
	assignee_id: { name: 'Agent', operators: [...equality, ...presence], values: 'agentIds' },
	browser_language: { name: 'Browser Language', operators: equality, values: 'value', list: true },
	city: { name: 'Contact City', operators: words, values: 'value' },
	company_name: { name: 'Contact Company', operators: words, values: 'value' },
	content: { name: 'Message Text', operators: words, values: 'value', list: true, ofMessage: true },
	conversation_language: { name: 'Conversation Language', operators: equality, values: 'value', list: true },
	country_code: { name: 'Contact Country Code', operators: equality, values: 'value', list: true },
	email: { name: 'Contact Email', operators: words, values: 'value' },
	inbox_id: { name: 'Inbox', operators: [...equality, ...presence], values: 'inboxIds' },
	labels: { name: 'Labels', operators: [...equality, ...presence], values: 'labels' },
	mail_subject: { name: 'Email Subject', operators: words, values: 'value' },
	message_type: { name: 'Message Direction', operators: equality, values: 'messageTypes', ofMessage: true },
	phone_number: { name: 'Contact Phone', operators: [...words, 'starts_with'], values: 'value' },
	priority: { name: 'Priority', operators: [...equality, 'attribute_changed'], values: 'priorities' },
	private_note: { name: 'Message Is Private Note', operators: equality, values: 'privateNote', ofMessage: true },
	referer: { name: 'Referring Page', operators: words, values: 'value' },
	status: { name: 'Status', operators: [...equality, 'attribute_changed'], values: 'statuses' },
	team_id: { name: 'Team', operators: [...equality, ...presence], values: 'teamIds' },
});

/** Custom attributes by what has them; the key of one is picked beside it. */
const customFields = {
	contact_attribute: { name: 'Contact Custom Attribute', key: 'contactAttribute' },
	conversation_attribute: { name: 'Conversation Custom Attribute', key: 'conversationAttribute' },
} as const;
const customOperators = operators.filter((operator) => operator !== 'starts_with' && operator !== 'attribute_changed');

const withoutValue: RuleOperator[] = [...presence];
const fieldsThatHold = (kind: RuleField['values']) => Object.entries(fields).filter(([, { values }]) => values === kind).map(([key]) => key);
const shownFor = (kind: RuleField['values']) => ({ show: { attribute: fieldsThatHold(kind) }, hide: { operator: withoutValue } });
const optionsOf = (values: readonly string[]): INodePropertyOptions[] => values.map((value) => ({ name: value.charAt(0).toUpperCase() + value.slice(1), value }));

const conditionFields: INodeProperties[] = [
	{
		displayName: 'Agent Names or IDs',
		name: 'agentIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'agentIds' },
		displayOptions: shownFor('agentIds'),
		default: [],
		description: 'The people; one of them is enough. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Contact Attribute Name or ID',
		name: 'contactAttribute',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'contactAttributeKeys' },
		displayOptions: { show: { attribute: ['contact_attribute'] } },
		default: '',
		description: 'The custom attribute of the contact. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Conversation Attribute Name or ID',
		name: 'conversationAttribute',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'conversationAttributeKeys' },
		displayOptions: { show: { attribute: ['conversation_attribute'] } },
		default: '',
		description: 'The custom attribute of the conversation. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Field',
		name: 'attribute',
		type: 'options',
		options: [
			...Object.entries(fields).map(([value, { name }]) => ({ name, value })),
			...Object.entries(customFields).map(([value, { name }]) => ({ name, value })),
		].sort((a, b) => a.name.localeCompare(b.name, 'en')),
		default: 'inbox_id',
		description: 'What to look at',
	},
	{
		displayName: 'Inbox Names or IDs',
		name: 'inboxIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'inboxIds' },
		displayOptions: shownFor('inboxIds'),
		default: [],
		description: 'The inboxes; one of them is enough. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Is',
		name: 'operator',
		type: 'options',
		options: operators.map((value) => ({ name: operatorNames[value], value })).sort((a, b) => a.name.localeCompare(b.name, 'en')),
		default: 'equal_to',
		description: "How to compare; Chatwoot does not know every comparison for every field, and 'Has Changed To' for status and priority only. A priority that was not there before is no change to Chatwoot: none to high does nothing, low to high does. One 'Has Changed To' a rule, joined by All Conditions.",
	},
	{
		displayName: 'Label Names or IDs',
		name: 'labels',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'labelTitles' },
		displayOptions: shownFor('labels'),
		default: [],
		description: 'One label by title or ID; of several Chatwoot looks at the first only. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Message Directions',
		name: 'messageTypes',
		type: 'multiOptions',
		options: optionsOf(messageTypes),
		displayOptions: shownFor('messageTypes'),
		default: ['incoming'],
		description: 'Incoming messages are those of the contact',
	},
	{
		displayName: 'Priorities',
		name: 'priorities',
		type: 'multiOptions',
		options: optionsOf([...priorities].sort()),
		displayOptions: shownFor('priorities'),
		default: [],
		description: 'The priorities; one of them is enough',
	},
	{
		displayName: 'Private Note',
		name: 'privateNote',
		type: 'boolean',
		displayOptions: shownFor('privateNote'),
		default: true,
		description: 'Whether the message is a private note',
	},
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		options: optionsOf(statuses),
		displayOptions: shownFor('statuses'),
		default: [],
		description: 'The statuses; one of them is enough',
	},
	{
		displayName: 'Team Names or IDs',
		name: 'teamIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'teamIds' },
		displayOptions: shownFor('teamIds'),
		default: [],
		description: 'The teams; one of them is enough. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		displayOptions: { show: { attribute: [...fieldsThatHold('value'), ...Object.keys(customFields)] }, hide: { operator: withoutValue } },
		default: '',
		placeholder: 'e.g. price, cost',
		description: 'What to compare with. Of message text, languages and countries, several with commas, of which one is enough. A country is its two letters, a date is 2026-12-24.',
	},
];

/** Rows read from left to right: what, how, and with which values. */
const inReadingOrder = (properties: INodeProperties[]): INodeProperties[] => {
	const first = ['attribute', 'contactAttribute', 'conversationAttribute', 'operator'];
	return [...first.map((name) => properties.find((property) => property.name === name)!), ...properties.filter(({ name }) => !first.includes(name))];
};

export const conditionsField: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Condition',
	default: {},
	description: 'What has to be true; without conditions the rule always acts',
	options: [{ displayName: 'Condition', name: 'condition', values: inReadingOrder(conditionFields) }],
};

export const combineField: INodeProperties = {
	displayName: 'Must Match',
	name: 'combine',
	type: 'options',
	options: [
		{ name: 'All Conditions', value: 'and' },
		{ name: 'Any Condition', value: 'or' },
	],
	default: 'and',
	description: 'Whether all conditions have to fit, or one of them is enough',
};

/**
 * Reads the form into `RuleCondition`s.
 *
 * @param event the rule's event, as far as it is known: not every field fits every event
 */
export function readConditions(item: Fields, combine: 'and' | 'or', event: RuleEvent | undefined): FormCondition[] {
	const form = item.rows('conditions', 'condition');
	const read = form.map((row) => readCondition(row, event));
	form.forEach((row, index) => refuseBeside(row, read[index]!, read, combine));
	// What has changed is looked at first or not at all, whatever joins it.
	const isChange = ({ filter_operator: operator }: FormCondition) => operator === 'attribute_changed';
	const rows = [...read.filter(isChange), ...read.filter((row) => !isChange(row))];
	// All rows but the last need the joint, in capitals: others are stored, and obeyed in part.
	return rows.map((row, index) => (index < rows.length - 1 ? { ...row, query_operator: combine.toUpperCase() } : row));
}

/** Refuses what the server does not carry out beside other conditions as it is written here. */
function refuseBeside(row: Fields, condition: FormCondition, all: FormCondition[], combine: 'and' | 'or'): void {
	if (all.length < 2) return;
	const { filter_operator: operator } = condition;
	// The server adds "or has none" to such a condition, without brackets.
	if (condition.custom_attribute_type && operator === 'not_equal_to') {
		throw row.refuse('operator', 'cannot be Is Not for a custom attribute beside other conditions', 'Chatwoot would also act where the attribute is empty and the others do not fit, or never. Use this condition alone, or another comparison.');
	}
	if (operator !== 'attribute_changed') return;
	if (combine === 'or') {
		throw row.refuse('operator', "cannot be Has Changed To beside other conditions when 'Must Match' is Any Condition", 'Chatwoot would not act on the others alone. Make a rule for each.');
	}
	if (all.filter((one) => one.filter_operator === operator).length > 1) {
		throw row.refuse('operator', 'is Has Changed To in more than one condition', 'Chatwoot would act only when both change at once, and then look at one of them. Make a rule for each.');
	}
}

/** A `RuleCondition`; a label is still to be looked up. */
export type FormCondition = IDataObject & { label?: NamedLabels };

/** Puts the titles of labels into conditions. */
export async function completeConditions(conditions: FormCondition[], account: AccountClient): Promise<IDataObject[]> {
	const complete: IDataObject[] = [];
	for (const { label, ...condition } of conditions) {
		if (label === undefined) {
			complete.push(condition);
			continue;
		}
		const { titles } = await findLabels(account, label);
		// Of several, the server looks at the first.
		if (titles.length > 1) throw label.refuse('has more than one label', 'Chatwoot looks at the first only. Add a condition for each.');
		complete.push({ ...condition, values: titles });
	}
	return complete;
}

function readCondition(row: Fields, event: RuleEvent | undefined): FormCondition {
	const key = row.required('attribute');
	const custom = Object.hasOwn(customFields, key) ? customFields[key as keyof typeof customFields] : undefined;
	const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
	if (!custom && !known) throw row.refuse('attribute', 'is not one of the possible values', `Pick one of: ${[...Object.keys(fields), ...Object.keys(customFields)].join(', ')}.`);
	const name = (known ?? custom)!.name;
	const operator = row.choice('operator', operators) ?? 'equal_to';
	const allowed = known?.operators ?? customOperators;
	if (!allowed.includes(operator)) throw row.refuse('operator', `does not fit ${name}`, `Chatwoot knows for ${name}: ${allowed.map((one) => operatorNames[one]).join(', ')}.`);
	const misfit = event && misfitOf(key, operator, event);
	if (misfit) throw row.refuse(misfit.field, `does not fit the event: ${misfit.reason}`, misfit.advice);
	return {
		attribute_key: custom ? row.required(custom.key) : key,
		filter_operator: operator,
		...(custom ? { custom_attribute_type: key } : {}),
		...(withoutValue.includes(operator) ? {} : known?.values === 'labels' ? { label: oneLabel(row) } : { values: readValues(row, known, operator) }),
	} as FormCondition;
}

function oneLabel(row: Fields): NamedLabels {
	const label = requiredLabels(row);
	if (label.names.length > 1) throw row.refuse('labels', 'has more than one label', 'Chatwoot looks at the first only. Add a condition for each.');
	return label;
}

/** Why a condition never holds when this event happens; undefined when it can. */
function misfitOf(key: string, operator: string, event: string): { field: 'attribute' | 'operator'; reason: string; advice: string } | undefined {
	const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
	if (known?.ofMessage && event !== 'message_created') return { field: 'attribute', reason: `${known.name} is there for messages only`, advice: "Choose the event 'Message Created', or look at another field." };
	if (operator === 'attribute_changed' && event !== 'conversation_updated') return { field: 'operator', reason: 'only an update changes something', advice: "Choose the event 'Conversation Updated', or another comparison." };
	return undefined;
}

/**
 * Whether conditions and event of a rule go together, for an update that changes one of them only.
 *
 * @param conditions `RuleCondition`s
 * @returns the reason and the way out when they do not
 */
export function eventMisfit(conditions: unknown, event: unknown): { reason: string; advice: string } | undefined {
	for (const condition of Array.isArray(conditions) ? (conditions as unknown[]).map(objectOrEmpty) : []) {
		const misfit = misfitOf(String(condition.attribute_key), String(condition.filter_operator), String(event));
		if (misfit) return misfit;
	}
	return undefined;
}

function readValues(row: Fields, known: RuleField | undefined, operator: RuleOperator): IDataObject | Array<string | number | boolean> {
	const kind = known?.values ?? 'value';
	switch (kind) {
		case 'agentIds':
		case 'inboxIds':
		case 'teamIds':
			return filled(row, kind, row.list(kind)).map((id) => {
				if (!/^[1-9]\d{0,17}$/.test(id)) throw row.refuse(kind, 'has an entry that is not an ID', 'IDs are whole numbers; pick the records from the list.');
				return Number(id);
			});
		case 'labels': return [];
		case 'messageTypes': return oneOf(row, kind, messageTypes);
		case 'priorities': return changed(oneOf(row, kind, priorities), operator, priorities);
		case 'privateNote': return [row.boolean('privateNote') ?? true];
		case 'statuses': return changed(oneOf(row, kind, statuses), operator, statuses);
		case 'value': return readText(row, operator, known);
	}
}

/** "Has changed to": the server wants what it was before, too, and nothing matches an empty list. */
function changed(to: string[], operator: RuleOperator, all: readonly string[]): IDataObject | string[] {
	return operator === 'attribute_changed' ? { from: all.filter((one) => !to.includes(one)), to } : to;
}

function readText(row: Fields, operator: RuleOperator, known: RuleField | undefined): Array<string | number> {
	if (operator === 'days_before') {
		row.required('value');
		return [row.number('value', { min: 0, integer: true })!];
	}
	// Of a custom attribute, and by these comparisons, the server looks at the first value only.
	if (!known || operator === 'starts_with') return [row.required('value')];
	return known.list || Array.isArray(row.raw('value')) ? filled(row, 'value', row.list('value')) : [row.required('value')];
}

function oneOf(row: Fields, name: string, choices: readonly string[]): string[] {
	const values = filled(row, name, row.list(name));
	if (values.some((value) => !choices.includes(value))) throw row.refuse(name, 'has an entry that is not one of the possible values', `Pick from: ${choices.join(', ')}.`);
	return values;
}

function filled(row: Fields, name: string, values: string[] | undefined): string[] {
	if (!values?.length) throw row.refuse(name, 'is empty', 'Give at least one value.');
	return [...new Set(values)];
}
