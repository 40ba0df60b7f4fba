import type { INodeProperties } from 'n8n-workflow';

import { sendOnceField as field } from '../../shared/message/sendOnce';

/** See docs/once.md; claims lie in custom attributes of the contact. */
export const sendOnceField: INodeProperties = {
	...field,
	description: 'A key of your own for this message, such as the number of an order. The same key never reaches the same contact twice, over crashes, several n8n processes and lost answers; the second time alreadySent is output. Takes five seconds more, and up to ten minutes after a crash. The key stays on the contact, where nobody sees it.',
};
