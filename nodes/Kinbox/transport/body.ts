import type { IDataObject } from 'n8n-workflow';

/** A webhook without the secret that it may carry. */
export function withoutSecret(webhook: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(webhook).filter(([key]) => key !== 'secret'));
}

/** An ID as the number that Kinbox wants in a body. */
export function asNumber(id: string | undefined): number | undefined {
	return id === undefined ? undefined : Number(id);
}
