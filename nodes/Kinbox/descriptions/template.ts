import type { IDataObject, INodeProperties, ResourceMapperField } from 'n8n-workflow';

import { wordsAround } from '../../shared/descriptions/mapper';
import type { Item } from '../../shared/operation/item';
import { objectOrEmpty, withoutUndefined } from '../../shared/values/read';
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

/** Reads {@link templateFields} into `SendMessageTemplate`; undefined when no template is named. */
export function readTemplate(item: Item): IDataObject | undefined {
	const template = item.collection('template');
	const whole = template.object('json');
	if (whole && Object.keys(whole).length) return whole;
	const picked = item.mapped('templateVariables') ?? {};
	const fields = withoutUndefined({
		id: item.locator('templateId'),
		name: template.text('name'),
		language: template.text('language'),
		bodyFields: bodyTexts(picked) ?? nonEmpty(listOfTexts(template.raw('bodyFields'))),
		components: componentsOf(picked),
	});
	// A language alone is the preset of the field, not a template.
	return Object.keys(fields).some((key) => key !== 'language') ? fields : undefined;
}

// Variables are texts in which commas may stand; an array is taken as it is.
function listOfTexts(value: unknown): string[] | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	return (Array.isArray(value) ? value : [value]).map((entry) => String(entry ?? ''));
}

const nonEmpty = (list: string[] | undefined) => (list?.length ? list : undefined);

/** Values of {{1}}, {{2}}… of the text; blanks that are left out stay empty so that the others keep their place. */
function bodyTexts(values: IDataObject): string[] | undefined {
	const numbers = Object.keys(values).flatMap((id) => /^body_(\d+)$/.exec(id)?.[1] ?? []).map(Number);
	if (numbers.length === 0) return undefined;
	return Array.from({ length: Math.max(...numbers) }, (_, index) => String(values[`body_${index + 1}`] ?? ''));
}

/** Header and button values as Meta writes components; undefined when the text alone has variables. */
function componentsOf(values: IDataObject): IDataObject[] | undefined {
	const components: IDataObject[] = [];
	for (const [id, value] of Object.entries(values)) {
		const [kind, detail] = id.split('_');
		if (kind === 'header' && detail !== undefined) {
			const parameter = /^\d+$/.test(detail) ? { type: 'text', text: String(value) } : { type: detail, [detail]: { link: String(value) } };
			components.push({ type: 'header', parameters: [parameter] });
		}
		if (kind === 'button') components.push({ type: 'button', sub_type: 'url', index: detail, parameters: [{ type: 'text', text: String(value) }] });
	}
	const texts = bodyTexts(values);
	if (components.length === 0) return undefined;
	return texts ? [...components, { type: 'body', parameters: texts.map((text) => ({ type: 'text', text })) }] : components;
}

const media: Record<string, string> = { IMAGE: 'image', VIDEO: 'video', DOCUMENT: 'document' };

/**
 * The blanks of a channel's template (`ChannelTemplate`) as fields of a mapper: `body_1`, `header_1`, `header_image`
 * (or video, document), `button_0`.
 */
export function variablesOf(template: IDataObject): ResourceMapperField[] {
	const fields: ResourceMapperField[] = [];
	const add = (id: string, displayName: string) => fields.push({ id, displayName, required: false, defaultMatch: false, display: true, type: 'string' });
	for (const entry of Array.isArray(template.components) ? template.components : []) {
		const component = objectOrEmpty(entry);
		const type = String(component.type).toLowerCase();
		const text = String(component.text ?? '');
		if (type === 'header' && media[String(component.format)]) add(`header_${media[String(component.format)]}`, `Header: address of the ${media[String(component.format)]}`);
		if (type === 'header' || type === 'body') {
			for (const number of new Set([...text.matchAll(/\{\{(\d+)\}\}/g)].map((match) => match[1]))) {
				add(`${type}_${number}`, `${type === 'header' ? 'Header: ' : ''}${wordsAround(text, String(number))}`);
			}
		}
		if (type === 'buttons' && Array.isArray(component.buttons)) {
			for (const [index, button] of component.buttons.map(objectOrEmpty).entries()) {
				if (/\{\{1\}\}/.test(String(button.url ?? ''))) add(`button_${index}`, `Button "${String(button.text ?? index + 1)}": end of its address`);
			}
		}
	}
	return fields;
}
