import { path } from '../../../shared/http/httpClient';
import { inboxLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { channelNames } from './inbox';

/** `resetInboxSecret`: `POST /inboxes/{id}/reset_secret`. The new secret is not put out: it would stay in the execution's data. */
export const resetSecret = accountOperation({
	option: {
		name: 'Reset Secret',
		value: 'resetSecret',
		action: 'Reset secret of inbox',
		description: 'Give an API inbox a new secret for the signature of its callbacks; the old one is void at once. The new one is shown in Chatwoot only, in the configuration of the inbox. Administrators only (Chatwoot 4.13 and newer).',
	},
	since: '4.13',
	record: inboxLocator,
	async run({ id }, account) {
		// Other channels have no secret, and the server answers as if the inbox were missing.
		const { channel_type: type } = await account.getOnce(path`/inboxes/${id}`);
		if (type !== 'Channel::Api') throw account.http.error(`'Inbox' is of the kind ${channelNames[String(type)] ?? String(type ?? 'unknown')}, which has no secret`, 'Pick an API inbox.');
		await account.tell({ method: 'POST', path: path`/inboxes/${id}/reset_secret` });
		return { inboxId: id, secretReset: true };
	},
});
