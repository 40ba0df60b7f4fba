import { checkAccount, checkOption } from '../../../shared/operation/accountCheck';
import { operation } from '../../../shared/operation/operation';
import { knownAnswers } from '../../helpers/knownAnswers';
import type { CallbellClient } from '../../transport/client';
import { accountChecks } from './account.calls';

/** Every GET that the node uses. */
export const check = operation<CallbellClient, null>({
	option: checkOption,
	properties: [],
	read: () => null,
	run: async (_, callbell) => await checkAccount(callbell, accountChecks, knownAnswers, {
		send: async (call) => await callbell.http.exchange(call),
		isMissingCall: ({ status }) => status === 405,
		refusal: (answer, call) => callbell.http.refusal(answer, call),
	}),
});
