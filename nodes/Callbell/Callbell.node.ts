import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { NodeConnectionTypes } from '../shared/descriptions/connectionTypes';
import { sendAndWaitTooltip } from '../shared/message/approval';
import { answerWebhooks, takeAnswer } from '../shared/message/answerPage';
import { callOptions } from '../shared/operation/callOptions';
import { resourceProperties } from '../shared/operation/operation';
import { runItems } from '../shared/operation/runner';
import { resources } from './actions';
import { callbell, CallbellClient } from './transport/client';
import { credentialTest, listSearch, resourceMapping } from './methods';

export class Callbell implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Callbell',
		name: 'callbell',
		icon: { light: 'file:callbell.svg', dark: 'file:callbell.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with contacts, messages, templates and campaigns in Callbell',
		defaults: { name: 'Callbell' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		builderHint: { searchHint: 'To message many people, use Campaign: Send, which writes to each person once; to ask and wait, Message: Send and Wait for Response. WhatsApp takes free text within 24 hours only; else Send Template.' },
		waitingNodeTooltip: sendAndWaitTooltip,
		credentials: [{ name: 'callbellApi', required: true, testedBy: 'callbellApiTest' }],
		webhooks: answerWebhooks,
		properties: [...resourceProperties(resources, 'contact'), callOptions(callbell.parallelRequests)],
	};

	methods = { credentialTest, listSearch, resourceMapping };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			vendor: callbell,
			resources,
			connect: async (context, settings) => await CallbellClient.connect(context, settings),
		});
	}

	/** The answer to "Send and Wait for Response". */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await takeAnswer(this);
	}
}
