import type { Resource } from '../../../shared/operation/operation';
import type { KinboxClient } from '../../transport/client';
import { create } from './create.operation';
import { deleteDeal } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { lose } from './lose.operation';
import { move } from './move.operation';
import { reopen } from './reopen.operation';
import { setCustomFields } from './setCustomFields.operation';
import { update } from './update.operation';
import { win } from './win.operation';

export const deal: Resource<KinboxClient> = {
	option: { name: 'Deal', value: 'deal', description: 'A sale or ticket in a pipeline (Negócio)' },
	defaultOperation: 'create',
	operations: [
		create,
		deleteDeal,
		get,
		getAll,
		lose,
		move,
		reopen,
		setCustomFields,
		update,
		win,
	],
};
