import { path } from '../../../shared/http/httpClient';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { readId } from '../../helpers/read';

/** `syncMessageTemplates`: `POST /inboxes/{id}/sync_templates`; the server works it off later. */
export const syncTemplates = accountOperation<string>({
	option: {
		name: 'Synchronize Templates',
		value: 'syncTemplates',
		action: 'Synchronize templates of inbox',
		description: 'Have Chatwoot fetch the WhatsApp templates of an inbox again; administrators only',
	},
	properties: [inboxLocator],
	read: (item) => readId(item, 'inboxId'),
	async run(id, account) {
		await account.tell({ method: 'POST', path: path`/inboxes/${id}/sync_templates`, idempotent: true });
		return { inboxId: id, queued: true };
	},
});
