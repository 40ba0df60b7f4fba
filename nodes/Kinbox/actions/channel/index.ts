import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { checkWhatsapp } from './checkWhatsapp.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getTemplates } from './getTemplates.operation';

export const channel: Resource<KinboxClient> = {
	option: { name: 'Channel', value: 'channel', description: 'A WhatsApp number or other way to write to contacts (Canal)' },
	defaultOperation: 'getAll',
	operations: [
		checkWhatsapp,
		get,
		getAll,
		getTemplates,
	],
};
