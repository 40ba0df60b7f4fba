import { checkAccount } from '../../../shared/operation/accountCheck';
import { operation } from '../../../shared/operation/operation';
import { knownAnswers } from '../../helpers/knownAnswers';
import type { KinboxClient } from '../../transport/client';
import { isUnknownCall } from '../../transport/errors';
import { accountChecks } from './workspace.calls';

/** Every GET of the token's generation that the node uses. */
export const check = operation<KinboxClient, null>({
	option: {
		name: 'Check This Account',
		value: 'check',
		action: 'Check this account (workspace)',
		description: 'Ask for everything the token may read, change nothing, and compare it with what this node expects. Names, phones and texts are left out of the output: it can be put into an issue.',
	},
	properties: [],
	read: () => null,
	run: async (_, kinbox) => await checkAccount(kinbox, accountChecks(Date.now())[kinbox.generation], knownAnswers, {
		send: async (call) => await kinbox.http.exchange(call),
		isMissingCall: isUnknownCall,
		refusal: (answer, call) => kinbox.http.refusal(answer, call),
	}),
});
