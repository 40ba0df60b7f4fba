import type { ResourceMapperField } from 'n8n-workflow';

/**
 * A yes/no field in a resource mapper. The editor sets a switch to false as soon as it shows it, so an update would
 * write what nobody chose; in a list, nothing is chosen at first.
 */
export const yesOrNo: Pick<ResourceMapperField, 'type' | 'options'> = {
	type: 'options',
	options: [
		{ name: 'Yes', value: true },
		{ name: 'No', value: false },
	],
};
