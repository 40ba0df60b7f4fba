import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { rowsIn } from '../client';
import { accountOf } from './context';

/** The account's labels by title, which is what records carry. */
export async function labelTitles(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const account = await accountOf(this);
	return rowsIn(await account.get('/labels')).map(({ title, description }) => ({
		name: String(title),
		value: String(title),
		...(description ? { description: String(description) } : {}),
	}));
}
