import type { IBinaryData, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { table } from '../values/table';
import { countsOf } from './summary';

export const reportField: INodeProperties = {
	displayName: 'Report',
	name: 'report',
	type: 'boolean',
	default: true,
	description: 'Whether the first item of the campaign carries an HTML page with counts, reasons and times in the field report, for nodes that send mails or store files',
};

/** People that the page lists by name; the counts are of all. */
const listed = 500;

const titles = table({
	read: 'Read', delivered: 'Delivered', sent: 'Sent', queued: 'Taken by the service, not yet by the channel', failed: 'Failed',
	unsure: 'Not known', notSent: 'Not sent', skipped: 'Left out', dryRun: 'Would be sent (dry run)',
});

const escape = (value: unknown) => String(value ?? '').replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const cells = (values: unknown[], tag: 'td' | 'th' = 'td') => `<tr>${values.map((value) => `<${tag}>${escape(value)}</${tag}>`).join('')}</tr>`;
const grid = (head: string[], rows: unknown[][]) => `<table><thead>${cells(head, 'th')}</thead><tbody>${rows.map((row) => cells(row)).join('')}</tbody></table>`;

/**
 * What became of a campaign, as a page of its own: no scripts, nothing that is fetched, and every text escaped.
 *
 * @param rows as *Send* or *Get Results* output them
 */
export function campaignReport(campaign: string, service: string, rows: IDataObject[]): string {
	const counts = countsOf(rows);
	const times = rows.map(({ at }) => at).filter((at): at is string => typeof at === 'string' && at !== '').sort();
	const missed = rows.filter(({ status }) => ['failed', 'notSent', 'skipped', 'unsure'].includes(String(status)));
	const reasons = new Map<string, number>();
	for (const { status, reason } of missed) {
		const text = `${titles[String(status)] ?? String(status)}: ${String(reason ?? 'No reason given')}`;
		reasons.set(text, (reasons.get(text) ?? 0) + 1);
	}
	return [
		'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
		'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
		`<title>${escape(campaign)}</title>`,
		'<style>body{font:15px system-ui,sans-serif;margin:2rem;color:#222}table{border-collapse:collapse;margin:0 0 1.5rem}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}th{background:#f3f3f3}</style>',
		`</head><body><h1>${escape(campaign)}</h1><p>${escape(service)}: ${rows.length} people${times.length ? `, from ${escape(times[0])} to ${escape(times.at(-1))} (UTC)` : ''}</p>`,
		grid(['Outcome', 'People'], Object.entries(titles).filter(([status]) => counts[status]).map(([status, title]) => [title, counts[status]])),
		reasons.size ? `<h2>Reasons</h2>${grid(['Reason', 'People'], [...reasons].sort((a, b) => b[1] - a[1]))}` : '',
		missed.length ? `<h2>Who did not get it</h2>${grid(['Phone', 'Name', 'Outcome', 'Reason', 'Time'], missed.slice(0, listed).map(({ phone, name, status, reason, at }) => [phone, name, titles[String(status)] ?? status, reason, at]))}` : '',
		missed.length > listed ? `<p>${missed.length - listed} more are not listed here.</p>` : '',
		'</body></html>',
	].join('\n');
}

/** {@link campaignReport} as a file. */
export async function reportFile(context: IExecuteFunctions, campaign: string, service: string, rows: IDataObject[]): Promise<IBinaryData> {
	const name = campaign.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'campaign';
	return await context.helpers.prepareBinaryData(Buffer.from(campaignReport(campaign, service, rows)), `${name}.html`, 'text/html');
}
