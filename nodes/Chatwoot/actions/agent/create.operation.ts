import type { IDataObject } from 'n8n-workflow';

import { agentOutput } from './agent';
import { accountOperation } from '../../helpers/accountOperation';
import { textUpTo } from '../../helpers/read';
import { agentFields, agentName, readAgent, roleField } from './agent.fields';

/** `createAgent`: `POST /agents`; 402 when all seats are taken. */
export const create = accountOperation<IDataObject>({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create agent',
		description: 'Invite a person into the account by e-mail; one who has a login already is added at once',
	},
	properties: [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ana@example.com',
			description: 'The address of the person; it gets the invitation',
		},
		roleField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'More about the person',
			options: [...agentFields, agentName],
		},
	],
	output: agentOutput,
	read(item) {
		item.required('email');
		textUpTo(item, 'email');
		return { email: item.email('email'), ...readAgent(item.collection('additionalFields'), item) };
	},
	unordered: 'Each item makes a record of its own',
	run: async (body, account) => await account.post('/agents', body),
});
