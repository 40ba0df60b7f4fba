import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Item } from '../operation/item';
import type { OperationAnswer } from '../operation/operation';
import { reportField, reportFile } from './report';
import { summaryOf } from './summary';

/** What *Get Results* gives, besides which campaign. */
export const resultFields: INodeProperties[] = [
	{
		displayName: 'One Item per Message',
		name: 'each',
		type: 'boolean',
		default: false,
		description: 'Whether to output what became of each person instead of the counts',
	},
	{ ...reportField, default: false, description: 'Whether the first item carries an HTML page with counts, reasons and times in the field report, for nodes that send mails or store files' },
];

export interface ResultChoice {
	each: boolean;
	report: boolean;
}

/** Reads {@link resultFields}. */
export const readResultFields = (item: Item): ResultChoice => ({ each: item.boolean('each') ?? false, report: item.boolean('report') ?? false });

/** One person, with the keys that *Send* outputs; null for what the service does not tell. */
export function resultRow(campaign: string | null, known: IDataObject): IDataObject {
	return { campaign, phone: null, name: null, status: 'unknown', reason: null, messageId: null, text: null, at: null, ...known };
}

/** Counts or rows, and the page on top when it is wanted. */
export async function resultsOf(context: IExecuteFunctions, { campaign, service, rows, told, each, report }: ResultChoice & { campaign: string | null; service: string; rows: IDataObject[]; told?: IDataObject }): Promise<OperationAnswer> {
	const answer = each ? rows : [summaryOf(campaign, rows, told)];
	const [first, ...rest] = answer;
	if (!report || !first) return each ? answer : answer[0]!;
	return [{ json: first, binary: { report: await reportFile(context, campaign ?? 'campaign', service, rows) } }, ...rest.map((json) => ({ json }))];
}
