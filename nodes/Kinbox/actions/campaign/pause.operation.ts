import { path } from '../../../shared/http/httpClient';
import { operation } from '../../../shared/operation/operation';
import { campaignOutput } from './campaign';
import type { KinboxClient } from '../../transport/client';
import { campaignLocator } from '../../descriptions/locators';

/** `POST /v3/campaigns/{id}/pause` or `POST /v1/campaigns/{id}/pause`; what v3 answers is not published, so it is read again. */
export const pause = operation<KinboxClient>({
	option: {
		name: 'Pause',
		value: 'pause',
		action: 'Pause campaign',
		description: 'Stop a campaign for now; it can be resumed',
	},
	record: campaignLocator,
	output: campaignOutput,
	async run({ id }, kinbox) {
		await kinbox.send({ method: 'POST', path: path`/campaigns/${id}/pause`, expect: 'anything' });
		return await kinbox.get(path`/campaigns/${id}`);
	},
});
