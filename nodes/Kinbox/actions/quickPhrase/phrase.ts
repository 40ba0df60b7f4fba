import type { Item } from '../../../shared/fields';
import { numericId } from '../../ids';

/** Fields of `V3QuickPhraseUpdate`; what is not filled in is undefined. */
export function readPhrase(item: Item) {
	const phrase = item.text('phrase');
	if (phrase !== undefined && phrase.length > 2328) throw item.refuse('phrase', 'has more than 2328 characters', 'Shorten it; Kinbox keeps 2328 characters.');
	const privacy = item.choice('privacy', ['public', 'group', 'private'] as const) ?? 'public';
	if (privacy === 'group') item.requiredLocator('groupId');
	return { phrase, tag: item.text('tag'), privacy, groupId: privacy === 'group' ? numericId(item, 'groupId') : undefined };
}
