import { accountOperation } from '../../helpers/accountOperation';
import { requiredUpTo } from '../../helpers/read';
import { withoutSecrets } from '../../transport/answers';
import { agentBotOutput } from './agentBot';
import type { BotInput } from './agentBot.fields';
import { botFields, nameField, readBot, uploadBotAvatar } from './agentBot.fields';

/** `createAgentBot`: `POST /agent_bots`; the server makes its token and secret, which stay out of the output. */
export const create = accountOperation<BotInput>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create agent bot',
		description: 'Make a bot; to let it answer in an inbox, use Inbox: Set Agent Bot. Its token is shown in Chatwoot only, under Settings > Bots. Administrators only.',
	},
	properties: [
		{ ...nameField, required: true },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the bot',
			options: botFields,
		},
	],
	output: agentBotOutput,
	read(item) {
		const { body, avatarField } = readBot(item.collection('additionalFields'));
		return { body: { name: requiredUpTo(item, 'name'), ...body }, avatarField };
	},
	unordered: 'Each item makes a record of its own',
	async run({ body, avatarField }, account, { item }) {
		const bot = await account.post('/agent_bots', body);
		return withoutSecrets(avatarField === undefined ? bot : await uploadBotAvatar(account, bot.id, item, avatarField));
	},
});
