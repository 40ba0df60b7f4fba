import type { IDataObject } from 'n8n-workflow';

import type { Page } from '../../shared/http/pagination';
import { rowsIn } from '../transport/answers';

/** Files on a full page. */
export const attachmentPageSize = 100;

/** A page of `AttachmentPage` or `ContactAttachmentPage`. */
export function attachmentPage(answer: IDataObject): Page<IDataObject> {
	const total = Number((answer.meta as IDataObject | undefined)?.total_count);
	return { rows: rowsIn(answer), total: Number.isFinite(total) ? total : undefined };
}
