import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { idOf } from '../../helpers/read';
import type { KinboxClient } from '../../transport/client';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Business hours (`V3BusinessHour`) in short: of each day the times, such as "08:00-12:00, 13:00-18:00", or null when closed. */
export const businessHoursOutput: OutputShape<KinboxClient> = {
	simplify: (hours) => ({
		id: idOf(hours),
		name: textOrNull(hours.name),
		isActive: hours.isActive === true,
		...Object.fromEntries(days.map((day) => [day, timesOf(objectOrEmpty(hours[day]))])),
	}),
	properties: outputProperties(['_id', 'createdAt', 'id', 'isActive', 'lastUpdateAt', 'name', 'updatedAt', 'workspaceId', ...days]),
};

function timesOf({ active, hours }: IDataObject): string | null {
	if (active !== true || !Array.isArray(hours)) return null;
	return (hours as unknown[]).map((span) => (Array.isArray(span) ? span.join('-') : String(span))).join(', ') || null;
}
