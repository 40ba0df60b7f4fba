import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { path } from '../../shared/http/httpClient';
import type { Item } from '../../shared/operation/item';
import { objectOrEmpty, recordsOf, withoutUndefined } from '../../shared/values/read';
import { components } from '../../shared/whatsapp/components';
import type { FilledTemplate, FillRules } from '../../shared/whatsapp/fill';
import { fillTemplate as fill, unsendable } from '../../shared/whatsapp/fill';
import { limits } from '../../shared/whatsapp/limits';
import type { WhatsAppTemplate } from '../../shared/whatsapp/template';
import { parseTemplate } from '../../shared/whatsapp/template';
import { leftPlaceholder, oneLine, textOfValue } from '../../shared/whatsapp/words';
import { ReadOnce } from '../../shared/values/readOnce';
import type { KinboxClient } from '../transport/client';
import { templateLocator } from './locators';

/** Template, its variables, and what else can be said of a template. */
export const templateFields: INodeProperties[] = [
	templateLocator,
	{
		displayName: 'Template Variables',
		name: 'templateVariables',
		type: 'resourceMapper',
		default: { mappingMode: 'defineBelow', value: null },
		noDataExpression: true,
		description: 'Values for the blanks of the picked template. They are listed when the credential holds an API Token; otherwise use Variables under Template Fields.',
		typeOptions: {
			loadOptionsDependsOn: ['channelId.value', 'templateId.value'],
			resourceMapper: {
				resourceMapperMethod: 'templateVariables',
				mode: 'add',
				valuesLabel: 'Template Variables',
				fieldWords: { singular: 'variable', plural: 'variables' },
				addAllFields: true,
				supportAutoMap: false,
				noFieldsError: 'Pick a channel and a template first. This template may have no variables.',
			},
		},
	},
	{
		displayName: 'Template Fields',
		name: 'template',
		type: 'collection',
		placeholder: 'Add Template Field',
		default: {},
		description: 'For templates that are not picked above',
		options: [
			{
				displayName: 'Language',
				name: 'language',
				type: 'string',
				default: 'pt_BR',
				placeholder: 'e.g. pt_BR',
				description: 'Language code of the template',
			},
			{
				displayName: 'Template (JSON)',
				name: 'json',
				type: 'json',
				default: '{}',
				description: 'The whole template as an object, for what the other fields cannot say; it wins over them',
			},
			{
				displayName: 'Template Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. black_friday',
				description: 'Name of the template',
			},
			{
				displayName: 'Variables',
				name: 'bodyFields',
				type: 'string',
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Variable' },
				default: [],
				placeholder: 'e.g. Ana',
				description: 'Values for {{1}}, {{2}} and so on of the text, in this order',
			},
		],
	},
];

/** What the fields say of a template. */
export interface TemplateInput {
	/** The whole template as an object, from Template (JSON). */
	whole?: IDataObject;
	id?: string;
	name?: string;
	language?: string;
	/** By the variables' ids. */
	values: IDataObject;
	/** Values of the text in their order, for a template whose variables are not listed. */
	list?: unknown[];
}

/** Reads {@link templateFields}; undefined when no template is named. It is checked when sending. */
export function readTemplate(item: Item): TemplateInput | undefined {
	const template = item.collection('template');
	const whole = template.object('json');
	if (whole && Object.keys(whole).length) return { whole, values: {} };
	const [id, name] = [item.locator('templateId'), template.text('name')];
	if (id === undefined && name === undefined) return undefined;
	return { id, name, language: template.text('language'), values: item.mapped('templateVariables') ?? {}, list: listOf(template.checked('bodyFields')) };
}

// Variables are texts in which commas may stand; an array is taken as it is.
function listOf(value: unknown): unknown[] | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const list = Array.isArray(value) ? value : [value];
	return list.length ? list : undefined;
}

/** Kinbox hands components on as WhatsApp wants them. Campaigns fill braces in for each recipient, out of the recipients' file. */
const rulesFor = (kind: 'campaign' | 'message'): FillRules => ({ vendor: 'Kinbox', carousel: true, namedHeader: true, fileName: true, objects: true, placeholders: kind === 'campaign' ? 'literal' : 'refuse' });

/** Whether a template of a channel is of a kind that can be sent. */
export const isSendable = (template: IDataObject) => unsendable(parseTemplate(template), rulesFor('message')) === undefined;

/**
 * `SendMessageTemplate`, checked against the channel's template, so that WhatsApp does not refuse it later.
 *
 * @throws NodeOperationError that names the field
 */
export async function fillTemplate(kinbox: KinboxClient, channelId: string | undefined, input: TemplateInput, item: Item, kind: 'campaign' | 'message' = 'message'): Promise<IDataObject> {
	if (input.whole) return checkedWhole(input.whole, item, kind);
	const found = channelId === undefined ? undefined : await templateOf(kinbox, channelId, input, item);
	if (!found) return blindly(input, item, kind);
	const template = parseTemplate(found);
	const about = { id: String(found.id), name: template.name, language: template.language };
	const given = { ...(Object.keys(input.values).length ? {} : byPosition(template, input.list ?? [], item)), ...input.values };
	const cannot = unsendable(template, rulesFor(kind));
	// The recipients' file may hold the values of a campaign.
	if (kind === 'campaign' && !cannot && Object.keys(given).length === 0) return about;
	const filled = fill(template, given, rulesFor(kind));
	if (filled.problem) throw item.refuse(filled.problem.of === 'template' ? 'templateId' : 'templateVariables', filled.problem.what, filled.problem.advice);
	const fields = bodyFields(template, filled);
	const alone = fields?.length === template.variables.length;
	return { ...about, ...(fields?.length ? { bodyFields: fields } : {}), ...(alone ? {} : { components: components(template, filled) }) };
}

/** The templates of a channel, read once for a run; undefined where the credential cannot list them. */
const lists = new WeakMap<KinboxClient, ReadOnce<string>>();

async function templateOf(kinbox: KinboxClient, channelId: string, { id, name, language }: TemplateInput, item: Item): Promise<IDataObject | undefined> {
	const ofClient = lists.get(kinbox) ?? new ReadOnce<string>();
	lists.set(kinbox, ofClient);
	const templates = await ofClient.get(channelId, async () => await listTemplates(kinbox, channelId));
	if (!templates) return undefined;
	const named = templates.filter((template) => (id === undefined ? template.name === name : String(template.id) === id));
	const found = named.length > 1 && language !== undefined ? named.filter((template) => template.language === language) : named;
	if (found.length === 1) return found[0];
	const known = templates.slice(0, 10).map((template) => `${String(template.name)} (${String(template.language)})`).join(', ');
	throw item.refuse('templateId', found.length > 1 ? `is not clear: '${name}' has several languages` : `names no approved template of the channel: ${id ?? name}`, found.length > 1 ? "Give its language under 'Template Fields'." : known ? `The channel has: ${known}.` : 'The channel has no approved templates.');
}

/** Only API tokens list templates, and only official WhatsApp channels have any. */
async function listTemplates(kinbox: KinboxClient, channelId: string): Promise<IDataObject[] | undefined> {
	if (kinbox.generation !== 'v1') return undefined;
	const answer = await kinbox.exchange({ method: 'GET', path: path`/channels/${channelId}/templates`, accept: [400, 401, 403, 404] });
	const rows = objectOrEmpty(answer.body).data;
	return answer.status < 300 && Array.isArray(rows) ? recordsOf(rows) : undefined;
}

function byPosition(template: WhatsAppTemplate, list: unknown[], item: Item): IDataObject {
	const wanted = template.variables.filter((variable) => (variable.part === 'body' && variable.card === undefined));
	if (list.length > wanted.length) throw item.refuseLabel('Variables', `has ${list.length} values, but the template has ${wanted.length}`, 'Give one value for each variable of the text, in their order.');
	return Object.fromEntries(wanted.map(({ id }, index) => [id, list[index]])) as IDataObject;
}

/** A template that cannot be looked up: its values are checked as far as they can be without it. */
function blindly({ id, name, language, values, list = [] }: TemplateInput, item: Item, kind: 'campaign' | 'message'): IDataObject {
	const numbers = Object.keys(values).map((key) => Number(/^body_(\d{1,3})$/.exec(key)?.[1]));
	if (numbers.some((number) => !(number >= 1 && number <= 100))) {
		throw item.refuse('templateVariables', 'cannot be checked: this credential cannot list the templates of the channel', "Use an API Token, or give the values of the text under 'Variables' in 'Template Fields'.");
	}
	const texts = numbers.length ? Array.from({ length: Math.max(...numbers) }, (_, index) => values[`body_${index + 1}`]) : list;
	const template = parseTemplate({ name: name ?? id, components: [{ type: 'BODY', text: texts.map((_, index) => `{{${index + 1}}}`).join('') }] });
	const filled = fill(template, Object.fromEntries(texts.map((value, index) => [`body_${index + 1}`, value])) as IDataObject, rulesFor(kind));
	if (filled.problem) throw item.refuseLabel(numbers.length ? 'Template Variables' : 'Variables', filled.problem.what, filled.problem.advice);
	const fields = bodyFields(template, filled);
	return withoutUndefined({ id, name, language, bodyFields: fields?.length ? fields : undefined });
}

/** The values of {{1}}, {{2}} … of the text; undefined where a list of texts cannot say them. */
function bodyFields({ variables }: WhatsAppTemplate, { values, objects }: FilledTemplate): string[] | undefined {
	const body = variables.filter(({ part, kind, card }) => part === 'body' && kind === 'text' && card === undefined);
	if (body.some(({ name }) => !/^\d+$/.test(name ?? '')) || Object.keys(objects).length) return undefined;
	return body.sort((a, b) => Number(a.name) - Number(b.name)).map(({ id }) => values[id] ?? '');
}

/** A template (JSON) as it is, once the texts in it are checked and on one line. */
export function checkedWhole(whole: IDataObject, item: Item, kind: 'campaign' | 'message'): IDataObject {
	const walk = (value: unknown, place: string): unknown => {
		if (Array.isArray(value)) return value.map((entry, index) => walk(entry, `${place}[${index}]`));
		if (value === null || typeof value !== 'object') return value;
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => {
			const at = `${place}.${key}`;
			if (key === 'bodyFields' && Array.isArray(entry)) return [key, entry.map((one, index) => textAt(one, `${at}[${index}]`))];
			return [key, key === 'text' && objectOrEmpty(value).type === 'text' ? textAt(entry, at) : walk(entry, at)];
		}));
	};
	const textAt = (value: unknown, place: string) => {
		const read = textOfValue(value);
		const text = oneLine(read.text ?? '');
		const left = kind === 'campaign' ? undefined : leftPlaceholder(text);
		const wrong = read.wrong ?? (text === '' ? 'is empty' : text.length > limits.templateValue ? `has more than ${limits.templateValue} characters` : left === undefined ? undefined : `has a placeholder that nobody has filled in: ${left.slice(0, 60)}`);
		if (wrong !== undefined) throw item.refuseLabel('Template (JSON)', `cannot be used: ${place.replace(/^\./, '')} ${wrong}`, 'WhatsApp refuses a template with such a value.');
		return text;
	};
	return walk(whole, '') as IDataObject;
}
