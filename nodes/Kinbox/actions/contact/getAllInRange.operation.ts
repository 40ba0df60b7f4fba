import { operation } from '../../../shared/operation/operation';
import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import type { KinboxClient } from '../../transport/client';
import { contactOutput } from './contact';
import { readRange, timeRange, type TimeRange } from '../../descriptions/timeRange';

interface Input extends TimeRange {
	limit?: number;
	newContact?: boolean;
}

/** `GET /v3/contacts/all`: Kinbox's export, in as many windows of two hours as the range has. */
export const getAllInRange = operation<KinboxClient, Input>({
	option: {
		name: 'Get Many in Time Range',
		value: 'getAllInRange',
		action: 'Get many contacts in time range',
		description: 'Export the contacts created in a time range, however long. Needs a Token V3.',
	},
	properties: [
		...timeRange,
		...returnAllOrLimit,
		{
			displayName: 'New Contacts Only',
			name: 'newContact',
			type: 'boolean',
			default: false,
			description: 'Whether to return only contacts that are still in their first session',
		},
	],
	output: contactOutput,
	read: (item) => ({ ...readRange(item), limit: readLimit(item), newContact: item.boolean('newContact') || undefined }),
	async run({ from, to, limit, newContact }, kinbox) {
		kinbox.needs('v3', 'The export of contacts');
		return await kinbox.listInWindows('/contacts/all', { newContact }, { from: 'createdAtFrom', to: 'createdAtTo' }, from, to, limit);
	},
});
