import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { NodeConnectionTypes } from '../shared/descriptions/connectionTypes';
import { optOutField } from '../shared/message/optOut';
import { channelLocator, pipelineLocator } from './descriptions/locators';
import { searchChannels, searchPipelines } from './methods/listSearch';
import { pollEvents } from './trigger/poll';
import { credentialTest } from './methods';

export class KinboxTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kinbox Trigger',
		name: 'kinboxTrigger',
		icon: { light: 'file:kinbox.svg', dark: 'file:kinbox.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Contacts, conversations, messages, deals and campaigns of Kinbox: start when something has happened',
		defaults: { name: 'Kinbox Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		builderHint: { searchHint: 'Asks Kinbox at the chosen times; nothing is set up in Kinbox. To be called at once, or to answer a step of a scenario or bot, use the Kinbox Webhook Trigger.' },
		credentials: [{ name: 'kinboxApi', required: true, testedBy: 'kinboxApiTest' }],
		properties: [
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				options: [
					{ name: 'Campaign Finished', value: 'campaignFinished', description: 'A campaign (Campanha) is done, failed or was canceled' },
					{ name: 'Conversation Finished', value: 'conversationFinished', description: 'A conversation (Atendimento) was closed. Needs an API Token.' },
					{ name: 'Conversation Updated', value: 'conversationUpdated', description: 'Anything about a conversation changed. Needs an API Token.' },
					{ name: 'Deal Lost', value: 'dealLost', description: 'A deal (Negócio) was marked as lost' },
					{ name: 'Deal Won', value: 'dealWon', description: 'A deal (Negócio) was marked as won' },
					{ name: 'Message Failed', value: 'messageFailed', description: 'A message to a contact could not be delivered; the reason stands under error. Needs an API Token.' },
					{ name: 'Message Received', value: 'messageReceived', description: 'A contact has written. Needs an API Token.' },
					{ name: 'New Contact', value: 'newContact', description: 'A contact (Contato) was created' },
					{ name: 'New Conversation', value: 'newConversation', description: 'A conversation (Atendimento) has begun. Needs an API Token.' },
					{ name: 'New Deal', value: 'newDeal', description: 'A deal (Negócio) was created' },
				],
				default: ['newContact'],
				required: true,
				description: 'What starts the workflow',
			},
			{
				displayName: 'Filters',
				name: 'filters',
				type: 'collection',
				placeholder: 'Add Filter',
				default: {},
				description: 'Which events start the workflow',
				options: [
					{ ...channelLocator, description: 'Only conversations and messages on this channel (Canal)' },
					{ ...pipelineLocator, required: false, description: 'Only deals in this pipeline (Funil)' },
				],
			},
			{ ...optOutField, displayOptions: { show: { events: ['messageReceived'] } } },
			{
				displayName: 'Gather Messages',
				name: 'gather',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 60 },
				default: 0,
				displayOptions: { show: { events: ['messageReceived'] } },
				description: 'Seconds for which a contact may not have written before the messages are handed on, so that all of them start one execution; until then they wait in Kinbox for the next poll, five times as long at the latest. 0 hands on at once.',
			},
			{
				displayName: 'Simplify',
				name: 'simple',
				type: 'boolean',
				default: true,
				description: 'Whether to return a simplified version of the response instead of the raw data',
			},
		],
	};

	methods = { credentialTest, listSearch: { searchChannels, searchPipelines } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollEvents(this);
	}
}
