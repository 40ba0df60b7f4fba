import type { IDataObject } from 'n8n-workflow';

/** How many people of a campaign have each status. */
export function countsOf(rows: IDataObject[]): Record<string, number> {
	const counts: Record<string, number> = Object.create(null) as Record<string, number>;
	for (const { status } of rows) counts[String(status)] = (counts[String(status)] ?? 0) + 1;
	return counts;
}

/** What became of a campaign, the same from every service; null for what the service does not tell. */
export function summaryOf(campaign: string | null, rows: IDataObject[], told: IDataObject = {}): IDataObject {
	const counts = countsOf(rows);
	const count = (...statuses: string[]) => statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
	const reasons: Record<string, number> = Object.create(null) as Record<string, number>;
	for (const { status, reason } of rows) if (status === 'failed') reasons[String(reason ?? 'No reason given')] = (reasons[String(reason ?? 'No reason given')] ?? 0) + 1;
	return {
		campaign,
		messages: rows.length,
		sent: count('sent', 'delivered', 'read'),
		delivered: count('delivered', 'read'),
		read: count('read'),
		failed: count('failed'),
		waiting: count('queued'),
		other: count('mismatch', 'deleted', 'unknown', 'skipped'),
		unsure: count('unsure'),
		answered: null,
		reasons: Object.entries(reasons).map(([reason, times]) => ({ reason, times })).sort((a, b) => b.times - a.times),
		...told,
	};
}
