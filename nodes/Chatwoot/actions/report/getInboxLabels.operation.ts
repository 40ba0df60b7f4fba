import type { IDataObject } from 'n8n-workflow';

import { textOrNull } from '../../../shared/values/read';
import type { TimeRange } from '../../descriptions/timeRange';
import { fromField, readRange, toField } from '../../descriptions/timeRange';
import { accountOperation } from '../../helpers/accountOperation';
import { numberOrNull } from './report.fields';

/** `getInboxLabelMatrix`: `GET /api/v2/accounts/{a}/reports/inbox_label_matrix`; Chatwoot 4.11 or later. */
export const getInboxLabels = accountOperation<TimeRange>({
	option: {
		name: 'Get Labels by Inbox',
		value: 'getInboxLabels',
		action: 'Get report of labels by inbox',
		description: 'Get how many conversations of each inbox have each label, one item for each pair; for Chatwoot 4.11 or later',
	},
	since: '4.11',
	properties: [{ ...fromField, description: "Beginning of the time to look at, in the workflow's time zone; left empty, everything" }, toField],
	read: readRange,
	async run(range, account) {
		const { inboxes, labels, matrix } = await account.getV2('/reports/inbox_label_matrix', { ...range });
		// matrix[i][j] belongs to inboxes[i] and labels[j].
		return records(inboxes).flatMap((inbox, row) =>
			records(labels).map((label, column) => ({
				inboxId: String(inbox.id ?? ''),
				inboxName: textOrNull(inbox.name),
				labelId: String(label.id ?? ''),
				label: textOrNull(label.title),
				conversations: numberOrNull((matrix as unknown as number[][] | undefined)?.[row]?.[column]),
			})));
	},
});

function records(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.map((entry) => (entry !== null && typeof entry === 'object' ? (entry as IDataObject) : {})) : [];
}
