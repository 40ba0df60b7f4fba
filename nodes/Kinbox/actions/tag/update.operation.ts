import type { IDataObject } from 'n8n-workflow';

import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { withoutUndefined } from '../../../shared/values/read';
import { tagLocator } from '../../descriptions/locators';
import type { KinboxClient } from '../../transport/client';

/** `PATCH /v3/tags/{id}` or `PATCH /v1/tags/{id}`. */
export const update = operation<KinboxClient, { body: IDataObject }>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update tag',
		description: 'Change name or color of a tag; fields left empty stay as they are',
	},
	record: tagLocator,
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. vip',
			description: 'The new name; left empty, it stays as it is',
		},
		{
			displayName: 'Color',
			name: 'color',
			type: 'color',
			default: '',
			description: 'The new color; left empty, it stays as it is',
		},
	],
	read(item) {
		const body = withoutUndefined({ name: item.text('name'), color: item.text('color') });
		if (Object.keys(body).length === 0) throw item.refuse('tagId', 'is given, but no field to change', 'Fill in a name or a color.');
		return { body };
	},
	run: async ({ id, body }, kinbox) => await kinbox.patch(path`/tags/${id}`, body),
});
