import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import { exchangeAboutOne } from '../../helpers/oneRecord';
import { uploadBinary } from '../../helpers/uploads';
import { withoutSecrets } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';

/**
 * Sends a call about one portal.
 *
 * @param renamedTo the slug that it has afterwards, when the call changes it
 */
export async function portalCall(account: AccountClient, slug: string, call: Omit<Call, 'path'>, renamedTo?: string): Promise<IDataObject> {
	const answer = await exchangeAboutOne(account, { ...call, path: path`/portals/${slug}`, renamedTo: renamedTo === undefined || renamedTo === slug ? undefined : path`/portals/${renamedTo}` }, {
		list: '/portals',
		field: 'Portal',
		id: slug,
	});
	return withoutSecrets(answer.body as IDataObject);
}

/** The body of `createPortal` or `updatePortal`, with the logo uploaded. */
export async function portalBody(account: AccountClient, item: Item, { logo, ...body }: PortalInput): Promise<IDataObject> {
	return logo === undefined ? { ...body } : { ...body, blob_id: (await uploadBinary(account, item, logo)).blob_id };
}

/** What a portal is made or changed with. */
export interface PortalInput {
	portal?: IDataObject;
	/** Live chat; outside the wrapper. */
	inbox_id?: number;
	/** Name of a binary field. */
	logo?: string;
}
