import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { NodeConnectionTypes } from '../shared/descriptions/connectionTypes';
import { sendAndWaitTooltip } from '../shared/message/approval';
import { answerWebhooks } from '../shared/message/answerPage';
import { callOptions } from '../shared/operation/callOptions';
import { resourceProperties } from '../shared/operation/operation';
import { runItems } from '../shared/operation/runner';
import { resources } from './actions';
import { takeChatwootAnswer } from './helpers/chatAnswers';
import { chatwoot, ChatwootClient } from './transport/client';
import { credentialTest, listSearch, loadOptions, resourceMapping } from './methods';

export class Chatwoot implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chatwoot',
		name: 'chatwoot',
		icon: { light: 'file:chatwoot.svg', dark: 'file:chatwoot.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with contacts, conversations, messages, campaigns and more in Chatwoot',
		defaults: { name: 'Chatwoot' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		builderHint: { searchHint: 'To message many people, use Campaign: Send, which writes to each person once; to ask a customer or the team and wait, Message: Send and Wait for Response.' },
		waitingNodeTooltip: sendAndWaitTooltip,
		credentials: [{ name: 'chatwootAccessTokenApi', required: true, testedBy: 'chatwootApiTest' }],
		webhooks: answerWebhooks,
		properties: [...resourceProperties(resources, 'contact'), callOptions(chatwoot.parallelRequests)],
	};

	methods = { credentialTest, listSearch, loadOptions, resourceMapping };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			vendor: chatwoot,
			resources,
			connect: async (context, settings) => await ChatwootClient.connect(context, settings),
		});
	}

	/** The answer to "Send and Wait for Response". */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await takeChatwootAnswer(this);
	}
}
