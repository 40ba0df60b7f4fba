import type { IDataObject, INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import { objectOrEmpty } from '../values/read';
import { bodyOf } from './webhook';

/** When a call that waits for an answer gets it. n8n reads the values; the names are those of its Webhook node. */
export const respondField: INodeProperties = {
	displayName: 'Respond',
	name: 'respond',
	type: 'options',
	options: [
		{ name: 'Immediately', value: 'onReceived', description: 'The bot goes on at once, without an answer' },
		{ name: 'Using Respond to Webhook Node', value: 'responseNode', description: "The answer is made by a 'Respond to Webhook' node" },
		{ name: 'When Last Node Finishes', value: 'lastNode', description: 'The answer is the first item of the last node, as JSON' },
	],
	default: 'lastNode',
	description: 'When the bot gets its answer',
};

/** Whether the node itself gives the answer, and not n8n. */
export function answersItself(context: IWebhookFunctions): boolean {
	const respond: unknown = context.getNodeParameter('respond', 'lastNode');
	return respond !== 'lastNode' && respond !== 'responseNode';
}

/** What a bot's step has sent: its body, and under `query` what stood in the address. */
export function withCaller(context: IWebhookFunctions): IDataObject {
	const query = objectOrEmpty(context.getQueryData());
	return { ...bodyOf(context), ...(Object.keys(query).length ? { query } : {}) };
}
