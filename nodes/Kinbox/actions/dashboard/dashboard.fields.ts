import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/operation/item';
import { withoutUndefined } from '../../../shared/values/read';

/** What create and update have in common. */
export const dashboardFields: INodeProperties[] = [
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. For the Monday meeting',
		description: 'What the dashboard is for',
	},
	{
		displayName: 'Layout (JSON)',
		name: 'layout',
		type: 'json',
		default: '[]',
		description: 'Places of the reports: a list of objects with i (report), x, y, w and h',
	},
];

/** Reads name, description and layout (`V3DashboardLayout[]`). */
export function readDashboard(item: Item): IDataObject {
	return withoutUndefined({ name: item.text('name'), description: item.text('description'), layout: readLayout(item) });
}

function readLayout(item: Item): IDataObject[] | undefined {
	const value = item.raw('layout');
	let places: unknown = value;
	if (typeof value === 'string') {
		try {
			places = JSON.parse(value.trim() || '[]');
		} catch {
			places = undefined;
		}
	}
	const isPlace = (place: unknown) => place !== null && typeof place === 'object' && typeof (place as IDataObject).i === 'string'
		&& ['x', 'y', 'w', 'h'].every((key) => typeof (place as IDataObject)[key] === 'number');
	if (places === undefined || places === null || !Array.isArray(places) || !places.every(isPlace)) {
		throw item.refuse('layout', 'is not a list of places', 'Give a list such as [{"i": "report-1", "x": 0, "y": 0, "w": 4, "h": 2}].');
	}
	item.checked('layout', places);
	return places.length ? (places as IDataObject[]) : undefined;
}
