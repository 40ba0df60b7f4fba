import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Vendor } from '../http/httpClient';
import type { OutputChoice, OutputMode } from './output';

/** Choices that hold for the whole run of a node. */
export interface CallSettings {
	/** Undefined when the node is to find out. */
	parallelRequests?: number;
	/** Milliseconds. */
	giveUpAfter: number;
	/** Milliseconds for one request. */
	timeout: number;
	addSummary: boolean;
	outputChoice: OutputChoice;
}

export const defaultTimeout = 60_000;
export const defaultGiveUpAfter = 600_000;

/** The Options collection that every action node ends with. */
export function callOptions(parallelRequests: number): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'Speed, waiting times and a summary of the run',
		options: [
			{
				displayName: 'Add Summary Item',
				name: 'addSummary',
				type: 'boolean',
				default: false,
				description: 'Whether to add one last item that counts what was done, what failed, what was retried or throttled, and the seconds it took',
			},
			{
				displayName: 'Give Up After',
				name: 'giveUpAfter',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 10,
				description: 'Minutes that one request may be delayed while the service throttles. Until then a throttled item waits; when the service asks for a longer pause, it fails at once.',
			},
			{
				displayName: 'Parallel Requests',
				name: 'parallelRequests',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 100 },
				default: parallelRequests,
				description: 'How many items to work on and requests to have under way at the same time. Without this option the node begins with 5, and takes more (up to 100) as long as the service answers as fast as before. 1 sends them strictly one after the other.',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 60,
				description: 'Seconds to wait for the answer to one request',
			},
		],
	};
}

/** Reads what holds for the whole run from the first item. */
export function readCallSettings(context: IExecuteFunctions, vendor: Vendor): CallSettings {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const bounded = (value: unknown, fallback: number, max: number) => {
		const number = Number(value);
		return Number.isFinite(number) && number > 0 ? Math.min(number, max) : fallback;
	};
	const mode = String(context.getNodeParameter('output', 0, 'simplified'));
	const fields = context.getNodeParameter('outputFields', 0, []);
	return {
		parallelRequests: options.parallelRequests === undefined ? undefined : Math.max(1, Math.floor(bounded(options.parallelRequests, vendor.parallelRequests, 100))),
		giveUpAfter: bounded(options.giveUpAfter, defaultGiveUpAfter / 60_000, 7 * 24 * 60) * 60_000,
		timeout: bounded(options.timeout, defaultTimeout / 1000, 3600) * 1000,
		addSummary: options.addSummary === true,
		outputChoice: {
			mode: (['simplified', 'raw', 'selected'].includes(mode) ? mode : 'simplified') as OutputMode,
			fields: Array.isArray(fields) ? fields.map(String) : [],
		},
	};
}
