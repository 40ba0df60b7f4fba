import type { IDataObject } from 'n8n-workflow';

import type { FilledTemplate } from './fill';
import type { TemplateVariable, WhatsAppTemplate } from './template';

/**
 * The components of a send call as WhatsApp's Cloud API has them: `header`, `body`, `button` (with its index) and `carousel`.
 * Source: Meta, "Send Message Templates", "Template Components".
 */
export function components({ variables, cards }: WhatsAppTemplate, { values, objects }: Pick<FilledTemplate, 'objects' | 'values'>): IDataObject[] {
	const whole = partComponents(variables.filter(({ card }) => card === undefined), values, objects);
	if (cards.length === 0) return whole;
	return [...whole, {
		type: 'carousel',
		cards: cards.map((_, index) => ({ card_index: index, components: partComponents(variables.filter(({ card }) => card === index), values, objects) })),
	}];
}

function partComponents(variables: TemplateVariable[], values: FilledTemplate['values'], objects: FilledTemplate['objects']): IDataObject[] {
	const header: IDataObject[] = [];
	const body: IDataObject[] = [];
	const buttons: IDataObject[] = [];
	const button = (index: number | undefined, subType: string, parameter: IDataObject) => buttons.push({ type: 'button', sub_type: subType, index: String(index), parameters: [parameter] });
	for (const variable of variables) {
		const value = values[variable.id];
		if (value === undefined) continue;
		switch (variable.kind) {
			case 'mediaUrl':
				header.push({ type: variable.media, [variable.media!]: { link: value } });
				break;
			case 'fileName':
				Object.assign((header[0]?.document ?? {}) as IDataObject, { filename: value });
				break;
			case 'text':
				(variable.part === 'header' ? header : body).push({ ...named(variable), ...parameterOf(value, objects[variable.id]) });
				break;
			case 'code':
				body.push({ type: 'text', text: value });
				if (variable.button !== undefined) button(variable.button, 'url', { type: 'text', text: value });
				break;
			case 'copyCode':
				button(variable.button, 'copy_code', { type: 'coupon_code', coupon_code: value });
				break;
			case 'urlPart':
				button(variable.button, 'url', { type: 'text', text: value });
		}
	}
	// Positional values go by their number, wherever in the text it stands.
	if (body.length > 1 && variables.every(({ part, kind, name }) => part !== 'body' || kind !== 'text' || /^\d+$/.test(name ?? ''))) {
		const order = variables.filter(({ part, kind }) => part === 'body' && kind === 'text').map(({ name }, index) => ({ number: Number(name), index })).sort((a, b) => a.number - b.number);
		const sorted = order.map(({ index }) => body[index]!);
		body.splice(0, body.length, ...sorted);
	}
	return [
		...(header.length ? [{ type: 'header', parameters: header }] : []),
		...(body.length ? [{ type: 'body', parameters: body }] : []),
		...buttons,
	];
}

const named = ({ name }: TemplateVariable): IDataObject => (name === undefined || /^\d+$/.test(name) ? {} : { parameter_name: name });

function parameterOf(text: string, object: IDataObject | undefined): IDataObject {
	if (!object) return { type: 'text', text };
	const { type, ...rest } = object;
	return { type, [String(type)]: rest };
}
