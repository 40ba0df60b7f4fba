import type { Resource } from '../../../shared/operation/operation';
import type { ChatwootClient } from '../../transport/client';
import { connect } from './connect.operation';
import { disconnect } from './disconnect.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getConnections } from './getConnections.operation';
import { updateConnection } from './updateConnection.operation';

export const integration: Resource<ChatwootClient> = {
	option: { name: 'Integration', value: 'integration', description: 'Other services that Chatwoot works with, such as Dialogflow or OpenAI' },
	operations: [
		connect,
		disconnect,
		get,
		getAll,
		getConnections,
		updateConnection,
	],
	defaultOperation: 'getAll',
};
