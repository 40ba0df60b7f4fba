import { path } from '../../../shared/http/httpClient';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';

/** `syncMessageTemplates`: `POST /inboxes/{id}/sync_templates`; the server works it off later. */
export const syncTemplates = accountOperation({
	option: {
		name: 'Synchronize Templates',
		value: 'syncTemplates',
		action: 'Synchronize templates of inbox',
		description: 'Have Chatwoot fetch the WhatsApp templates of an inbox again; administrators only',
	},
	record: inboxLocator,
	async run({ id }, account) {
		await account.tell({ method: 'POST', path: path`/inboxes/${id}/sync_templates`, idempotent: true });
		return { inboxId: id, queued: true };
	},
});
