import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../shared/operation/item';
import type { PublicFile } from '../../shared/message/sendFiles';
import { fileProperties, readFile } from '../../shared/message/sendFiles';
import { approvedTemplateLocator } from './locators';
import type { FilledTemplate } from '../../shared/whatsapp/fill';
import { fillTemplate } from '../../shared/whatsapp/fill';
import { textOfValue } from '../../shared/whatsapp/words';
import { isApproved, typeOfTemplate, variableCount, whatsappTemplate } from '../helpers/templates';

/** Template, its variables and header, and the consent; for single messages and campaigns alike. */
export const templateFields: INodeProperties[] = [
	approvedTemplateLocator,
	{
		displayName: 'Template Variables',
		name: 'templateValues',
		type: 'resourceMapper',
		default: { mappingMode: 'defineBelow', value: null },
		noDataExpression: true,
		description: 'One field for each variable {{1}}, {{2}} … of the template',
		typeOptions: {
			loadOptionsDependsOn: ['templateId.value'],
			resourceMapper: {
				resourceMapperMethod: 'templateVariables',
				mode: 'add',
				valuesLabel: 'Template Variables',
				fieldWords: { singular: 'variable', plural: 'variables' },
				addAllFields: true,
				supportAutoMap: false,
				noFieldsError: 'This template has no variables.',
			},
		},
	},
	{
		displayName: 'Header Media',
		name: 'header',
		type: 'options',
		options: [
			{ name: 'File', value: 'file', description: 'The template has an image, a video or a document on top' },
			{ name: 'None', value: 'none', description: 'The template has text only' },
		],
		default: 'none',
		description: 'Whether the template carries a file',
	},
	...fileProperties('header', { header: ['file'] }, 'Header', 'Callbell'),
	{
		displayName: 'Contact Has Opted In',
		name: 'optIn',
		type: 'boolean',
		default: false,
		description: 'Whether the person has agreed to get messages from you; Callbell sends no template without it (optin_contact)',
	},
];

/** For variables that come as one list, for example from an AI model or when the template changes by item. */
export const variablesList: INodeProperties = {
	displayName: 'Variables as List',
	name: 'variablesList',
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Variable' },
	default: [],
	placeholder: 'e.g. Ana',
	description: "Values of {{1}}, {{2}} and so on, in this order; they win over 'Template Variables'",
};

export interface TemplateInput {
	templateId: string;
	values: string[];
	header?: PublicFile;
	optedIn: boolean;
}

/** More variables than any template has. */
const mostVariables = 100;

export function readTemplateFields(item: Item): TemplateInput {
	const list: unknown = item.collection('additionalFields').checked('variablesList');
	return {
		templateId: item.requiredLocator('templateId'),
		// Commas may stand in a value, so a list is taken as it is and a text is one value.
		values: Array.isArray(list) && list.length ? readValues(item, 'Variables as List', list) : readValues(item, 'Template Variables', listed(item)),
		header: item.choice('header', ['file', 'none'] as const) === 'file' ? readFile(item, 'header', 'Callbell') : undefined,
		optedIn: item.boolean('optIn') ?? false,
	};
}

/** The mapped values {1: …, 2: …} in their order; gaps stay. */
function listed(item: Item): unknown[] {
	const mapped = item.mapped('templateValues') ?? {};
	const list: unknown[] = [];
	for (const [key, value] of Object.entries(mapped)) {
		const number = Number(/^(?:body_)?(\d{1,9})$/.exec(key)?.[1]);
		if (!(number >= 1 && number <= mostVariables)) throw item.refuse('templateValues', `has '${key.slice(0, 60)}', which is no variable`, 'The variables of a template are called 1, 2 and so on.');
		list[number - 1] = value;
	}
	return Array.from(list);
}

function readValues(item: Item, label: string, values: unknown[]): string[] {
	if (values.length > mostVariables) throw item.refuseLabel(label, `has ${values.length} values`, 'No template has that many variables.');
	return values.map((value, index) => {
		const read = textOfValue(value);
		if (read.wrong !== undefined) throw item.refuseLabel(label, `cannot be used: the value of {{${index + 1}}} ${read.wrong}`, 'Give one text for each variable.');
		return read.text;
	});
}

/** Says what to do when the person has not agreed; nothing is sent then. */
export function refuseWithoutOptIn(item: Item): Error {
	return item.refuse('optIn', 'is off', 'Turn it on when the person has agreed to get messages, or give an expression that tells.');
}

/** Why a template cannot be sent like this: the field, what is wrong with it, and what to do. */
export interface Misfit {
	field: 'header' | 'templateId' | 'templateValues';
	what: string;
	advice: string;
}

/**
 * What does not fit between a template and what is to go into it; undefined when all is well.
 *
 * @param placeholders whether braces in a value are an error, because nobody fills them in any more
 */
export function misfit({ values, header }: Pick<TemplateInput, 'header' | 'values'>, template: IDataObject, placeholders: 'literal' | 'refuse' = 'literal'): Misfit | undefined {
	if (!isApproved(template)) {
		return { field: 'templateId', what: `cannot be sent: it is ${String(template.status ?? 'not approved')}`, advice: 'Only approved templates go out. Choose another one from the list.' };
	}
	const type = typeOfTemplate(template);
	if (type !== 'text' && !header) return { field: 'header', what: `is 'None', but the template begins with a file (${type})`, advice: "Choose 'File' and give its address." };
	if (type === 'text' && header) return { field: 'header', what: "is 'File', but the template has text only", advice: "Choose 'None', or a template with a file on top." };
	const { problem } = fill(values, header, template, placeholders);
	if (!problem) return undefined;
	if (problem.of === 'template') return { field: 'templateId', what: problem.what, advice: problem.advice };
	return { field: problem.what.includes('Header') ? 'header' : 'templateValues', what: problem.what, advice: problem.advice };
}

function fill(values: string[], header: PublicFile | undefined, template: IDataObject, placeholders: 'literal' | 'refuse'): FilledTemplate {
	const given: IDataObject = Object.fromEntries(values.map((value, index) => [`body_${index + 1}`, value]));
	return fillTemplate(whatsappTemplate(template), header ? { ...given, header_media_url: header.url } : given, { vendor: 'Callbell', placeholders });
}

/** The part of the send call that the template decides: `type`, `content`, `template_uuid`, `template_values`. */
export function templateBody({ templateId, values: given, header }: Omit<TemplateInput, 'optedIn'>, template: IDataObject): IDataObject {
	const { values: byId } = fill(given, header, template, 'literal');
	const values = given.map((value, index) => byId[`body_${index + 1}`] ?? value);
	return {
		type: typeOfTemplate(template),
		template_uuid: templateId,
		optin_contact: true,
		// One variable goes into the text. With several the text is ignored, but templates sent without any text were
		// accepted and did not arrive.
		content: { ...(header ? { url: byId.header_media_url ?? header.url } : {}), text: values[0] ?? String(template.text ?? '') },
		...(variableCount(template) > 1 ? { template_values: values } : {}),
	};
}
