import type { IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { NodeConnectionTypes } from '../shared/descriptions/connectionTypes';
import { respondField } from '../shared/trigger/respond';
import { receive } from './trigger/receive';
import { isRegistered, register, unregister } from './trigger/registration';
import { credentialTest } from './methods';

const isAutomatic = (context: IHookFunctions) => context.getNodeParameter('source') === 'subscription';

export class KinboxWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kinbox Webhook Trigger',
		name: 'kinboxWebhookTrigger',
		icon: { light: 'file:kinbox.svg', dark: 'file:kinbox.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["source"] }}',
		description: 'Contacts, conversations and messages of Kinbox: start when Kinbox calls, by a webhook, scenario, bot or custom channel',
		defaults: { name: 'Kinbox Webhook Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		builderHint: { searchHint: "The address is pasted into Kinbox by hand. Without access to Kinbox's settings, use the Kinbox Trigger." },
		eventTriggerDescription: 'Waiting for Kinbox to call the Test URL',
		activationMessage: 'Kinbox can now call the Production URL.',
		credentials: [{ name: 'kinboxApi', required: true, testedBy: 'kinboxApiTest' }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: '={{ $parameter["source"] === "scenario" ? $parameter["respond"] : "onReceived" }}', path: 'webhook' }],
		properties: [
			{
				displayName: 'Source',
				name: 'source',
				type: 'options',
				options: [
					{ name: 'Custom Channel', value: 'customChannel', description: 'What agents write in a channel of your own (Canal customizado)' },
					{ name: 'Scenario or Bot', value: 'scenario', description: 'An HTTP request step of a scenario (Cenário) or bot (Robô)' },
					{ name: 'Subscription by API', value: 'subscription', description: 'This node tells Kinbox its address. Needs a Token V3; Kinbox does not document it.' },
					{ name: 'Webhook on the Settings Screen', value: 'settings', description: 'You enter the address in Kinbox and choose the events there' },
				],
				default: 'settings',
				description: 'What calls this workflow',
			},
			{
				displayName: 'Copy the production URL above. In Kinbox, open Settings (Configurações) > Integrations (Integrações) > Webhooks, paste it as endpoint, choose the events and save. For the signature to be checked, enter the API Secret in the credential.',
				name: 'settingsNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { source: ['settings'] } },
			},
			{
				displayName: 'Copy the production URL above. In Kinbox, open Settings (Configurações) > Channels (Canais), make a custom channel (Canal customizado) and paste it as the address that gets the messages. For the signature to be checked, enter the API Secret in the credential.',
				name: 'customChannelNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { source: ['customChannel'] } },
			},
			{
				displayName: 'Copy the production URL above. In Kinbox, add an HTTP request step (Requisição HTTP) to the scenario or bot: method POST, this address, and the fields you want as a JSON body. The step waits for the answer and can use it. Nothing tells who calls: anybody who knows the address can.',
				name: 'scenarioNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { source: ['scenario'] } },
			},
			{ ...respondField, displayOptions: { show: { source: ['scenario'] } } },
			{
				displayName: 'Calls are checked only while the credential has the API Secret. Without it, anybody who knows the address can start this workflow, with any content.',
				name: 'unsignedNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { source: ['customChannel', 'settings'] } },
			},
			{
				displayName: 'Anybody who knows the address can start this workflow, with any content.',
				name: 'openNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { source: ['scenario'], checkHeader: [false] } },
			},
			{
				displayName: 'Only Calls with the API Secret',
				name: 'checkHeader',
				type: 'boolean',
				default: false,
				displayOptions: { show: { source: ['scenario'] } },
				description: 'Whether the step has to send the header x-api-token with the API Secret of the credential',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				options: [{ name: 'New Conversation', value: 'session:new', description: 'A conversation (Atendimento) has begun' }],
				default: ['session:new'],
				displayOptions: { show: { source: ['subscription'] } },
				description: 'What starts the workflow. Kinbox publishes no list of its events; this one has been seen.',
			},
			{
				displayName: 'More Events',
				name: 'moreEvents',
				type: 'string',
				default: '',
				placeholder: 'e.g. session:finished, message:new',
				displayOptions: { show: { source: ['subscription'] } },
				description: 'Names of other events that you know of, with commas between them',
			},
			{
				displayName: 'Simplify',
				name: 'simple',
				type: 'boolean',
				default: true,
				displayOptions: { show: { source: ['settings', 'subscription'] } },
				description: 'Whether to return a simplified version of the response instead of the raw data',
			},
		],
	};

	methods = { credentialTest };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return !isAutomatic(this) || (await isRegistered(this));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return !isAutomatic(this) || (await register(this));
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
