import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { NodeConnectionTypes } from '../shared/descriptions/connectionTypes';
import { sendAndWaitTooltip } from '../shared/message/approval';
import { answerWebhooks, takeAnswer } from '../shared/message/answerPage';
import { callOptions } from '../shared/operation/callOptions';
import { resourceProperties } from '../shared/operation/operation';
import { runItems } from '../shared/operation/runner';
import { resources } from './actions';
import { kinbox, KinboxClient } from './transport/client';
import { credentialTest, listSearch, loadOptions, resourceMapping } from './methods';

export class Kinbox implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kinbox',
		name: 'kinbox',
		icon: { light: 'file:kinbox.svg', dark: 'file:kinbox.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with contacts, campaigns and more in Kinbox',
		defaults: { name: 'Kinbox' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		builderHint: { searchHint: 'To message many people, use Campaign: Send, which writes to each person once; to ask and wait, Message: Send and Wait for Response. Messages need an API Token.' },
		waitingNodeTooltip: sendAndWaitTooltip,
		credentials: [{ name: 'kinboxApi', required: true, testedBy: 'kinboxApiTest' }],
		webhooks: answerWebhooks,
		properties: [...resourceProperties(resources, 'contact'), callOptions(kinbox.parallelRequests)],
	};

	methods = { credentialTest, listSearch, loadOptions, resourceMapping };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			vendor: kinbox,
			resources,
			connect: async (context, settings) => await KinboxClient.connect(context, settings),
		});
	}

	/** The answer to "Send and Wait for Response". */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await takeAnswer(this);
	}
}
