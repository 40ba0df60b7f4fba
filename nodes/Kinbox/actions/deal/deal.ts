import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { e164OrNull } from '../../../shared/phone/compare';
import { isoOrNull, objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { unwrapCustomFields } from '../../helpers/customFields';
import type { KinboxClient } from '../../transport/client';

const idOrNull = (value: unknown) => (value === null || value === undefined || value === '' ? null : String(value));

/** A deal (v3 `V3Deal`, v1 `Deal`) in short. */
export function simplifyDeal(deal: IDataObject): IDataObject {
	const contact = objectOrEmpty(deal.contact);
	return {
		id: String(deal.id ?? deal._id ?? ''),
		name: textOrNull(deal.name),
		value: deal.value ?? null,
		status: deal.status ?? null,
		pipelineId: idOrNull(deal.pipelineId),
		stageId: idOrNull(deal.stageId),
		contactId: idOrNull(contact.id),
		contactName: textOrNull(contact.name),
		contactPhone: e164OrNull(contact.phone),
		operatorId: idOrNull(deal.operatorId),
		dueDate: isoOrNull(deal.dueDate),
		wonLostDate: isoOrNull(deal.wonLostDate),
		customFields: unwrapCustomFields(deal.customFields),
		createdAt: isoOrNull(deal.createdAt),
	};
}

/**
 * Whether a deal was won or lost in a time; undefined when Kinbox tells no time.
 *
 * @param from ISO 8601, included; so is `to`
 */
export function isClosedBetween({ wonLostDate }: IDataObject, from: string | undefined, to: string | undefined): boolean | undefined {
	const closed = Date.parse(String(wonLostDate ?? ''));
	if (!Number.isFinite(closed)) return undefined;
	return (from === undefined || closed >= Date.parse(from)) && (to === undefined || closed <= Date.parse(to));
}

export const dealOutput: OutputShape<KinboxClient> = {
	simplify: simplifyDeal,
	properties: outputProperties([
		'_id', 'authorId', 'authorType', 'campaign', 'comments', 'contact', 'conversation', 'createdAt', 'customFields', 'description', 'dueDate', 'groupId', 'id',
		'lastStageChanged', 'lostReason', 'lostReasonObs', 'name', 'operatorId', 'origin', 'pipelineId', 'position', 'products', 'slaDueAt', 'stageId', 'status', 'tagIds',
		'tasks', 'ticketId', 'timeInStage', 'updatedAt', 'value', 'wonLostDate',
	]),
};
