import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../shared/http/httpClient';
import { path } from '../../../shared/http/httpClient';
import type { Item } from '../../../shared/operation/item';
import { uploadBinary } from '../../helpers/uploads';
import { rowsIn, withoutSecrets } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';

/** Sends a call about one portal. An unknown slug makes the server stumble (500, not 404). */
export async function portalCall(account: AccountClient, slug: string, call: Omit<Call, 'path'>): Promise<IDataObject> {
	const whole: Call = { ...call, path: path`/portals/${slug}`, accept: [500] };
	const answer = await account.exchange(whole);
	if (answer.status === 500) {
		if (rowsIn(await account.get('/portals')).some((portal) => portal.slug === slug)) throw account.refusal(answer, whole);
		throw account.http.error(`Chatwoot does not know portal ${slug}`, `It may have been deleted, or it belongs to another account than ${account.id}. Pick the portal from the list.`, answer.status);
	}
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
