import { accountOperation } from '../../helpers/accountOperation';
import { checkAccount, checkOption } from '../../../shared/operation/accountCheck';
import { knownAnswers } from '../../helpers/knownAnswers';
import { accountChecks } from './account.calls';

/** Every GET that the node uses. */
export const check = accountOperation<null>({
	option: checkOption,
	properties: [],
	read: () => null,
	run: async (_, { http, client, id }) => await checkAccount(client, accountChecks(Date.now()), knownAnswers, {
		send: async (call) => await http.exchange(call),
		// A record that is not there is JSON; a page is of a server without the call.
		isMissingCall: ({ status, body }) => status === 404 && typeof body === 'string',
		refusal: (answer, call) => http.refusal(answer, call),
	}, { account_id: id }),
});
