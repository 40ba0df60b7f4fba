import type { INodeProperties } from 'n8n-workflow';

import { reportFilters } from '../../descriptions/reportFilters';

/** The filters that all reports have in common. */
export const reportFilterField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Which conversations the report is about; From and To, or Period, name the time',
	options: reportFilters,
};
