import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/operation/item';
import { table } from '../../../shared/values/table';

const unitSeconds: Record<string, number> = table({ seconds: 1, minutes: 60, hours: 3600 });

/** How fast a campaign sends. */
export const pacingField: INodeProperties = {
	displayName: 'Pacing',
	name: 'pacing',
	type: 'collection',
	placeholder: 'Add Pacing',
	default: {},
	description: 'How fast to send; slower is safer for unofficial WhatsApp channels',
	options: [
		{
			displayName: 'Batch Size',
			name: 'chunkSize',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Recipients in one batch (Lote)',
		},
		{
			displayName: 'Expected Recipients',
			name: 'expectedRecipients',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 100,
			description: 'How many recipients there will be. From this and the pauses, the number of batches and the expected end are worked out and sent to Kinbox.',
		},
		{
			displayName: 'Number of Batches',
			name: 'chunksCount',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description: 'Into how many batches the recipients are split',
		},
		{
			displayName: 'Pause Between Batches',
			name: 'pauseBetweenBatches',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			description: 'Pause after each batch, in minutes unless a Pause Unit is added',
		},
		{
			displayName: 'Pause Unit',
			name: 'pauseUnit',
			type: 'options',
			options: [
				{ name: 'Hours', value: 'hours' },
				{ name: 'Minutes', value: 'minutes' },
				{ name: 'Seconds', value: 'seconds' },
			],
			default: 'minutes',
			description: 'Unit of Pause Between Batches',
		},
		{
			displayName: 'Seconds Between Messages',
			name: 'secondsBetweenMessages',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			description: 'Pause after each message',
		},
	],
};

export interface Pacing {
	chunkSize?: number;
	chunksCount?: number;
	secondsBetweenChunks?: number;
	secondsBetweenMessages?: number;
	/** ISO 8601; known when the number of recipients is. */
	expectedEnd?: string;
}

/**
 * Reads {@link pacingField} into the units of Kinbox, and forecasts the end.
 *
 * @param start ISO 8601; undefined for now
 */
export function readPacing(item: Item, start: string | undefined): Pacing {
	const pacing = item.collection('pacing');
	const unit = pacing.choice('pauseUnit', ['hours', 'minutes', 'seconds'] as const) ?? 'minutes';
	const pause = pacing.number('pauseBetweenBatches', { min: 0 });
	const recipients = pacing.number('expectedRecipients', { min: 1, integer: true });
	const chunkSize = pacing.number('chunkSize', { min: 1, integer: true });
	const secondsBetweenMessages = pacing.number('secondsBetweenMessages', { min: 0 });
	const secondsBetweenChunks = pause === undefined ? undefined : Math.round(pause * (unitSeconds[unit] ?? 60));
	const batches = recipients === undefined || chunkSize === undefined ? undefined : Math.ceil(recipients / chunkSize);
	return {
		chunkSize,
		chunksCount: pacing.number('chunksCount', { min: 1, integer: true }) ?? batches,
		secondsBetweenChunks,
		secondsBetweenMessages,
		expectedEnd: recipients === undefined ? undefined : forecast(recipients, { chunkSize, secondsBetweenChunks, secondsBetweenMessages }, start),
	};
}

/** When the last message leaves: a pause after each message, and one more after each batch but the last. */
export function forecast(recipients: number, { chunkSize = recipients, secondsBetweenChunks = 0, secondsBetweenMessages = 0 }: Pacing, start?: string): string {
	const seconds = (recipients - 1) * secondsBetweenMessages + (Math.ceil(recipients / chunkSize) - 1) * secondsBetweenChunks;
	return new Date((start === undefined ? Date.now() : Date.parse(start)) + seconds * 1000).toISOString();
}
