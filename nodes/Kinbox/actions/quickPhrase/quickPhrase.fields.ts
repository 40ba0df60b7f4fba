import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/operation/item';
import { asNumber } from '../../transport/body';
import { groupLocator } from '../../descriptions/locators';

export const shortcutField: INodeProperties = {
	displayName: 'Shortcut',
	name: 'tag',
	type: 'string',
	default: '',
	placeholder: 'e.g. oi',
	description: 'What operators type after / to find it (Atalho)',
};

export const groupOfPhrase: INodeProperties = {
	...groupLocator,
	displayOptions: { show: { privacy: ['group'] } },
	required: false,
	description: 'The group (Grupo) that can use it',
};

/** Fields of `V3QuickPhraseUpdate`; what is not filled in is undefined. */
export function readPhrase(item: Item) {
	const phrase = item.text('phrase');
	if (phrase !== undefined && phrase.length > 2328) throw item.refuse('phrase', 'has more than 2328 characters', 'Shorten it; Kinbox keeps 2328 characters.');
	const privacy = item.choice('privacy', ['public', 'group', 'private', 'same'] as const);
	if (privacy === 'group') item.requiredLocator('groupId');
	return { phrase, tag: item.text('tag'), privacy: privacy === 'same' ? undefined : privacy, groupId: privacy === 'group' ? asNumber(item.numericId('groupId')) : undefined };
}
