import type { IDataObject } from 'n8n-workflow';

import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';

/** The webhook of the account (`Webhook`). */
export function simplifyWebhook(webhook: IDataObject): IDataObject {
	return {
		url: textOrNull(webhook.url),
		events: Array.isArray(webhook.subscriptions) ? webhook.subscriptions : [],
		enabled: webhook.enabled === true,
		createdAt: isoOrNull(webhook.createdAt),
	};
}

/** One entry of the delivery log (`WebhookDelivery`). */
export function simplifyDelivery(delivery: IDataObject): IDataObject {
	return {
		event: textOrNull(delivery.event),
		success: delivery.success === true,
		responseCode: objectOrEmpty(delivery.response).code ?? null,
		payload: delivery.payload ?? null,
		createdAt: isoOrNull(delivery.createdAt),
	};
}
