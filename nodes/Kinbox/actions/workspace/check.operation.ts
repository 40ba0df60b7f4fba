import { checkAccount, checkOption } from '../../../shared/operation/accountCheck';
import { operation } from '../../../shared/operation/operation';
import { knownAnswers } from '../../helpers/knownAnswers';
import type { KinboxClient } from '../../transport/client';
import { isUnknownCall } from '../../transport/errors';
import { accountChecks } from './workspace.calls';

/** Every GET of the token's generation that the node uses. */
export const check = operation<KinboxClient, null>({
	option: { ...checkOption, action: 'Check this account (workspace)' },
	properties: [],
	read: () => null,
	run: async (_, kinbox) => await checkAccount(kinbox, accountChecks(Date.now())[kinbox.generation], knownAnswers, {
		send: async (call) => await kinbox.http.exchange(call),
		isMissingCall: isUnknownCall,
		refusal: (answer, call) => kinbox.http.refusal(answer, call),
	}),
});
