import type { IDataObject } from 'n8n-workflow';

import type { OutputShape } from '../../../shared/operation/output';
import { outputProperties } from '../../../shared/operation/output';
import { objectOrEmpty, textOrNull } from '../../../shared/values/read';
import { rowsOf, publicAddress } from '../../helpers/helpCenter';
import type { ChatwootClient } from '../../transport/client';

/** A portal (`Portal`) in short. */
function simplifyPortal(portal: IDataObject, client: ChatwootClient): IDataObject {
	const config = objectOrEmpty(portal.config);
	return {
		id: String(portal.id ?? ''),
		slug: textOrNull(portal.slug),
		name: textOrNull(portal.name),
		pageTitle: textOrNull(portal.page_title),
		headerText: textOrNull(portal.header_text),
		homepage: textOrNull(portal.homepage_link),
		customDomain: textOrNull(portal.custom_domain),
		archived: portal.archived ?? false,
		defaultLocale: textOrNull(config.default_locale),
		locales: rowsOf(config.allowed_locales).map(({ code }) => textOrNull(code)),
		inboxId: textOrNull(objectOrEmpty(portal.inbox).id),
		url: publicAddress(client, portal.slug),
	};
}

export const portalOutput: OutputShape<ChatwootClient> = {
	simplify: simplifyPortal,
	properties: outputProperties([
		'account_id', 'archived', 'color', 'config', 'config.allowed_locales', 'config.default_locale', 'custom_domain', 'header_text', 'homepage_link', 'id',
		'inbox', 'inbox.id', 'inbox.name', 'logo', 'meta', 'name', 'page_title', 'slug', 'ssl_settings',
	]),
};
