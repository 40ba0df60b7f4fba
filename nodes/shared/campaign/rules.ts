import type { Fields, Item } from '../operation/item';
import { usualTiming } from '../message/once';
import { isTimeZone, minutesOf, type SendingHours } from './hours';
import type { CampaignRules } from './interfaces';

/** Reads what holds for a whole campaign; the list of people to skip stays as it is given. */
export function readCampaignRules(item: Item): CampaignRules {
	const pacing = item.collection('pacing');
	const hours = item.collection('sendingHours');
	const safety = item.collection('safety');
	const perMinute = pacing.number('perMinute', { min: 0 }) ?? 60;
	const chunkSize = pacing.number('chunkSize', { min: 1, integer: true });
	const chunkPause = pacing.number('chunkPause', { min: 1 });
	const failureRate = safety.number('failureRate', { min: 0, max: 100 });
	return {
		name: item.required('campaignName'),
		dryRun: item.boolean('dryRun') ?? true,
		perMinute: perMinute > 0 ? perMinute : undefined,
		chunk: chunkSize === undefined && chunkPause === undefined ? undefined : { size: chunkSize ?? 100, pause: (chunkPause ?? 300) * 1000 },
		hours: readHours(item, hours),
		whenClosed: hours.choice('whenClosed', ['stop', 'wait'] as const) ?? 'stop',
		failures: failureRate === undefined ? undefined : { share: failureRate / 100, after: safety.number('failuresAfter', { min: 1, integer: true }) ?? 20 },
		failuresInRow: safety.number('failuresInRow', { min: 1, integer: true }),
		markTag: safety.text('markTag'),
		leaveOutTags: item.list('leaveOutTags') ?? [],
		waitForDelivery: (safety.number('waitForDelivery', { min: 0 }) ?? 0) * 1000,
		once: (safety.boolean('once') ?? true) ? readTiming(item, safety) : undefined,
		skip: safety.raw('skip'),
		skipMayMatchNobody: safety.boolean('skipMayMatchNobody') ?? false,
	};
}

function readTiming(item: Item, safety: Fields): CampaignRules['once'] {
	const confirm = (safety.number('confirmAfter', { min: 0.1 }) ?? usualTiming.confirm / 1000) * 1000;
	const takeOver = (safety.number('takeOverAfter', { min: 0.01 }) ?? usualTiming.takeOver / 60_000) * 60_000;
	if (takeOver < confirm * 8) throw item.refuseLabel('Minutes Until Others Take Over', "is too short beside 'Seconds to Confirm'", 'Make it at least eight times as long, or leave both out.');
	return { confirm, takeOver };
}

function readHours(item: Item, hours: Fields): SendingHours | undefined {
	const [from, until] = [hours.text('from'), hours.text('until')];
	const days = (hours.list('days') ?? []).map(Number);
	if (from === undefined && until === undefined && days.length === 0) return undefined;
	const timezone = hours.text('timezone') ?? item.timezone();
	if (!isTimeZone(timezone)) throw item.refuseLabel('Time Zone', `is '${timezone}', which is no time zone`, 'Give a name such as America/Fortaleza or Europe/Lisbon.');
	const minutes = (label: string, text: string) => {
		const found = minutesOf(text);
		if (found === undefined) throw item.refuseLabel(label, `is '${text}', not a time of day`, 'Give hours and minutes, for example 09:00.');
		return found;
	};
	return { from: minutes('From', from ?? '0:00'), until: minutes('Until', until ?? '24:00'), days, timezone };
}

const labels: Record<keyof CampaignRules, string> = {
	name: 'Campaign Name', dryRun: 'Dry Run', perMinute: 'Pacing', chunk: 'Pacing', hours: 'Sending Hours', whenClosed: 'Outside the Hours',
	failures: 'Stop at Failure Rate', failuresInRow: 'Stop After Failures', markTag: 'Mark With Tag', leaveOutTags: 'Leave Out Tags',
	waitForDelivery: 'Wait for Delivery', once: 'Send Only Once', skip: 'Already Written To', skipMayMatchNobody: 'Already Written To May Match Nobody',
};

/** The field in which two items of one campaign contradict each other; undefined when they agree. */
export function differingRule(a: CampaignRules, b: CampaignRules): string | undefined {
	const key = (Object.keys(labels) as Array<keyof CampaignRules>).find((name) => a[name] !== b[name] && JSON.stringify(a[name]) !== JSON.stringify(b[name]));
	return key === undefined ? undefined : labels[key];
}
