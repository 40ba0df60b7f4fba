import { cannedResponseLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { notInAccount } from '../../transport/unknownRecord';
import { cannedResponseOutput } from './cannedResponse';

/** One of `listCannedResponses`: `GET /canned_responses`; the server has no call for a single one. */
export const get = accountOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get canned response',
		description: 'Get one canned response',
	},
	record: cannedResponseLocator,
	output: cannedResponseOutput,
	async run({ id }, account) {
		const responses = rowsIn(await account.get('/canned_responses'));
		const response = responses.find((one) => String(one.id) === id);
		if (!response) throw notInAccount(account, 'Canned Response', id, responses);
		return response;
	},
});
