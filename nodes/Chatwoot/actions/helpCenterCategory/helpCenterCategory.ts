import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { rowsOf } from '../../helpers/helpCenter';
import type { ChatwootClient } from '../../transport/client';

/** A category (`Category`) in short. */
function simplifyCategory(category: IDataObject): IDataObject {
	return {
		id: String(category.id ?? ''),
		slug: textOrNull(category.slug),
		name: textOrNull(category.name),
		locale: textOrNull(category.locale),
		description: textOrNull(category.description),
		icon: textOrNull(category.icon),
		position: category.position ?? null,
		parentId: textOrNull(objectOrEmpty(category.parent_category).id),
		relatedIds: rowsOf(category.related_categories).map(({ id }) => textOrNull(id)),
		articles: objectOrEmpty(category.meta).articles_count ?? null,
	};
}

export const categoryOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyCategory,
	properties: outputProperties([
		'account_id', 'description', 'icon', 'icon_color', 'id', 'locale', 'meta', 'name', 'parent_category', 'position', 'related_categories', 'root_category', 'slug',
	]),
};
