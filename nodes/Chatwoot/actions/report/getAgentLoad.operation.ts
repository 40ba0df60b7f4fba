import { readLimit, returnAllOrLimit } from '../../../shared/operation/listing';
import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { accountOperation } from '../../helpers/accountOperation';
import { rowsIn } from '../../transport/answers';
import { numberOrNull } from './report.fields';

const pageSize = 25;

/** `getConversationReport` of the type agent: `GET /api/v2/accounts/{a}/reports/conversations`. */
export const getAgentLoad = accountOperation<{ limit?: number }>({
	option: {
		name: 'Get Agent Load',
		value: 'getAgentLoad',
		action: 'Get report of agent load',
		description: 'Get the open and unattended conversations of every agent right now, with their availability; agents without conversations, too',
	},
	properties: [...returnAllOrLimit],
	read: (item) => ({ limit: readLimit(item) }),
	async run({ limit }, account) {
		const { rows } = await account.collect(async (page) => ({ rows: rowsIn(await account.getV2('/reports/conversations', { type: 'agent', page })) }), pageSize, limit);
		return rows.map((agent) => {
			const { open, unattended } = objectOrEmpty(agent.metric);
			return {
				id: String(agent.id ?? ''),
				name: textOrNull(agent.name),
				email: textOrNull(agent.email),
				availability: textOrNull(agent.availability),
				open: numberOrNull(open),
				unattended: numberOrNull(unattended),
			};
		});
	},
});
