import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { textOrNull } from '../../../shared/values/read';
import type { ChatwootClient } from '../../transport/client';

/** A label of the account (`Label`). */
function simplifyLabel(label: IDataObject): IDataObject {
	return {
		id: String(label.id ?? ''),
		title: textOrNull(label.title),
		description: textOrNull(label.description),
		color: textOrNull(label.color),
		showOnSidebar: label.show_on_sidebar ?? null,
	};
}

export const labelOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyLabel,
	properties: outputProperties(['color', 'description', 'id', 'show_on_sidebar', 'title']),
};
