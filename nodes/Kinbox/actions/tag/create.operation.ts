import type { IDataObject } from 'n8n-workflow';

import { operation } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { privacyField, privacyGroupsField, readPrivacy } from '../../descriptions/privacy';
import { lengthOf } from '../../../shared/values/plain';

/** `POST /v3/tags` or `POST /v1/tags`; 2026 both want `privacy`. */
export const create = operation<KinboxClient, IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create tag',
		description: 'Create a tag (Etiqueta); names are unique',
	},
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. vip',
			description: 'What people see on conversations',
		},
		{
			displayName: 'Color',
			name: 'color',
			type: 'color',
			default: '#1abc9c',
			description: 'Color of the tag',
		},
		privacyField,
		privacyGroupsField,
	],
	read(item) {
		const name = item.required('name');
		if (lengthOf(name) > 128) throw item.refuse('name', 'has more than 128 characters', 'Shorten it; Kinbox keeps 128 characters.');
		return { name, color: item.text('color') ?? '#1abc9c', privacy: readPrivacy(item) };
	},
	unordered: 'Each item makes a record of its own',
	run: async (body, kinbox) => await kinbox.post('/tags', body),
});
