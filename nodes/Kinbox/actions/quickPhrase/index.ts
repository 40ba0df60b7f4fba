import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteQuickPhrase } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const quickPhrase: Resource<KinboxClient> = {
	option: { name: 'Quick Phrase', value: 'quickPhrase', description: 'A text that operators insert with a shortcut (Resposta rápida)' },
	defaultOperation: 'getAll',
	operations: [
		create,
		deleteQuickPhrase,
		get,
		getAll,
		update,
	],
};
