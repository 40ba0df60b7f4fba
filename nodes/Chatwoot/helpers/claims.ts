import type { IDataObject } from 'n8n-workflow';

import { objectOrEmpty } from '../../shared/values/read';

/** How the custom attributes begin in which campaigns keep who was written to; see docs/once.md. */
export const claimPrefix = 'n8n_campaign_';

/** The custom attributes that people gave a contact: the claims of campaigns are ours, and must not be carried to another contact. */
export function withoutClaims(attributes: unknown): IDataObject {
	const all = objectOrEmpty(attributes);
	return Object.keys(all).some((key) => key.startsWith(claimPrefix)) ? Object.fromEntries(Object.entries(all).filter(([key]) => !key.startsWith(claimPrefix))) : all;
}

/** Whether nobody but a campaign has made a contact: all that it has is a phone, a name and claims. */
export function isMadeByClaim({ custom_attributes: attributes, email, identifier }: IDataObject): boolean {
	const keys = Object.keys(objectOrEmpty(attributes));
	return keys.length > 0 && keys.every((key) => key.startsWith(claimPrefix)) && !email && !identifier;
}
