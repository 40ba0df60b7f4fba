import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../shared/operation/item';

/** Milliseconds since 1970; both ends are part of it. */
export interface TimeRange {
	from: number;
	to: number;
}

/** From and To of an export. */
export const timeRange: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		required: true,
		description: "Start of the range, in the workflow's time zone. Kinbox is asked once for every two hours of it. At most a year.",
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		default: '',
		description: 'End of the range; left empty, now',
	},
];

const longestRange = 366 * 24 * 3_600_000;

/** @throws NodeOperationError when From is missing, or not before To */
export function readRange(item: Item): TimeRange {
	const start = item.date('from');
	if (start === undefined) throw item.refuse('from', 'is empty', 'Pick when the range begins.');
	const end = item.date('to');
	const range = { from: Date.parse(start), to: end === undefined ? Date.now() : Date.parse(end) };
	if (range.from > range.to) throw item.refuse('from', "is after 'To'", 'Pick an earlier start.');
	// A year is 4,400 requests; more is a typing slip, or a job for several runs.
	if (range.to - range.from > longestRange) throw item.refuse('from', 'is more than a year before the end of the range', 'Export one year after the other.');
	return range;
}
