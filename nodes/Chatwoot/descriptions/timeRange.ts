import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../../shared/operation/item';

export const fromField: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'dateTime',
	default: '',
	description: "Beginning of the time to look at, in the workflow's time zone",
};

export const toField: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'dateTime',
	default: '',
	description: "End of the time to look at, in the workflow's time zone; left empty, now",
};

/** As Chatwoot's reports take it: Unix seconds as text, both or none. */
export interface TimeRange {
	since?: string;
	until?: string;
}

/**
 * Reads From and To. The server takes no half range, so an end is added: now.
 *
 * @returns an empty range when nothing is filled in
 */
export function readRange(fields: Fields): TimeRange {
	const from = fields.date('from');
	const to = fields.date('to');
	if (from === undefined) {
		if (to === undefined) return {};
		throw fields.refuse('from', 'is empty', "Give the beginning, too; Chatwoot does not look at 'To' alone.");
	}
	const since = seconds(from);
	const until = to === undefined ? seconds(new Date().toISOString()) : seconds(to);
	if (since >= until) throw fields.refuse('from', 'is not before the end', "Give a time before 'To', or in the past when 'To' is empty.");
	return { since: String(since), until: String(until) };
}

/** As {@link readRange}, for reports that are empty without a range. */
export function requiredRange(fields: Fields): Required<TimeRange> {
	fields.required('from');
	return readRange(fields) as Required<TimeRange>;
}

function seconds(iso: string): number {
	return Math.floor(Date.parse(iso) / 1000);
}

/** Seconds that reports of channels may look back; Chatwoot counts six months. */
export const sixMonths = 180 * 86_400;

/**
 * The range of a report that shows nothing without one: when none is given, all the time that there is.
 *
 * @param atMost seconds that the report may look back
 */
export function wholeRange({ since, until }: TimeRange, atMost?: number): Required<TimeRange> {
	if (since !== undefined && until !== undefined) return { since, until };
	// A minute ahead: the end is not counted, and the server's clock may be fast.
	const now = Math.floor(Date.now() / 1000) + 60;
	return { since: String(atMost === undefined ? 0 : now - atMost), until: String(now) };
}
