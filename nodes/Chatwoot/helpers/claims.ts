import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/values/read';

/** How the custom attributes begin in which campaigns keep who was written to; see docs/once.md. */
export const claimPrefix = 'n8n_campaign_';

/** The custom attributes that people gave a contact: the claims of campaigns are ours, and must not be carried to another contact. */
export function withoutClaims(attributes: unknown): IDataObject {
	const all = objectOrEmpty(attributes);
	return Object.keys(all).some((key) => key.startsWith(claimPrefix)) ? Object.fromEntries(Object.entries(all).filter(([key]) => !key.startsWith(claimPrefix))) : all;
}
