import { path } from '../../../shared/http/httpClient';
import { agentBotLocator } from '../../descriptions/locators';
import { accountOperation } from '../../helpers/accountOperation';
import { withoutSecrets } from '../../transport/answers';
import { agentBotOutput } from './agentBot';
import type { BotInput } from './agentBot.fields';
import { botFields, nameField, readBot, uploadBotAvatar } from './agentBot.fields';

/** `updateAgentBot`: `PATCH /agent_bots/{id}`; bots of the system are a 404. */
export const update = accountOperation<BotInput>({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update agent bot',
		description: 'Change a bot of the account; fields left empty stay as they are. Administrators only.',
	},
	record: agentBotLocator,
	properties: [
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What to change',
			options: [...botFields, nameField],
		},
	],
	output: agentBotOutput,
	read(item) {
		const input = readBot(item.collection('updateFields'));
		item.needsChange('updateFields', input.avatarField === undefined ? input.body : input);
		return { ...input };
	},
	async run({ id, body, avatarField }, account, { item }) {
		const bot = Object.keys(body).length > 0 ? await account.patch(path`/agent_bots/${id}`, body) : {};
		return withoutSecrets(avatarField === undefined ? bot : await uploadBotAvatar(account, id, item, avatarField));
	},
});
