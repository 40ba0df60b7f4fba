import type { TimeRange } from '../../descriptions/timeRange';
import { fromField, readRange, toField, wholeRange } from '../../descriptions/timeRange';
import { accountOperation } from '../../helpers/accountOperation';
import { asCsvFile, csvFileField, csvText } from '../../helpers/csvFile';
import { businessHours } from './report.fields';

const reports = ['agents', 'conversations_summary', 'inboxes', 'labels', 'teams'] as const;

interface Input {
	report: (typeof reports)[number];
	field: string;
	range: TimeRange;
	onlyOpen?: boolean;
}

/** Signs that the server writes for HTML, though the file is CSV: the quotes around a name with a comma are among them. */
const escaped: Array<[string, string]> = [['&quot;', '"'], ['&#39;', "'"], ['&lt;', '<'], ['&gt;', '>'], ['&amp;', '&']];

/** `GET /api/v2/accounts/{a}/reports/{report}`: a CSV file with the titles in the account's language. */
export const download = accountOperation<Input>({
	option: {
		name: 'Download',
		value: 'download',
		action: 'Download report as CSV',
		description: 'Get a report of the dashboard as a CSV file, with titles and times in the words of the account',
	},
	properties: [
		{
			displayName: 'Report',
			name: 'report',
			type: 'options',
			options: [
				{ name: 'Agents', value: 'agents' },
				{ name: 'Conversations', value: 'conversations_summary', description: 'One row for the whole account' },
				{ name: 'Inboxes', value: 'inboxes' },
				{ name: 'Labels', value: 'labels' },
				{ name: 'Teams', value: 'teams' },
			],
			default: 'agents',
			description: 'What has a row each; the titles begin in the fourth line',
		},
		csvFileField,
		{ ...fromField, description: "Beginning of the time to look at, in the workflow's time zone; left empty, everything" },
		toField,
		businessHours,
	],
	read: (item) => ({ report: item.choice('report', reports) ?? 'agents', field: item.required('binaryName'), range: readRange(item), onlyOpen: item.boolean('businessHours') || undefined }),
	async run({ report, field, range, onlyOpen }, account, { item }) {
		// Without both ends the server breaks.
		const query = { ...wholeRange(range), business_hours: onlyOpen };
		const body = await account.sendOutside<ArrayBuffer | undefined>({ method: 'GET', path: `/api/v2/accounts/${account.id}/reports/${report}`, query, expect: 'bytes' });
		const text = escaped.reduce((sofar, [code, sign]) => sofar.replaceAll(code, sign), csvText(body, account));
		return await asCsvFile(text, `${report}_report.csv`, field, item);
	},
});
