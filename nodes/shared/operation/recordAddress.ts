import type { INodeProperties, INodePropertyCollection, INodePropertyMode } from 'n8n-workflow';
import { withoutEnd } from '../values/ends';

/** Where the pages of a vendor's app are, as people copy their addresses from the browser. */
export interface AppPages {
	/** Hosts of the app besides the one that the credential names. */
	hosts?: RegExp;
	/** Finds the account in the path of an address. */
	account?: RegExp;
}

/** The app that the credential belongs to. */
export interface App {
	vendor: { name: string; pages?: AppPages };
	/** As in the credential. */
	baseUrl: string;
}

/** What an address names, or why it cannot be used. */
export type AddressReading = { id: string; account?: string } | { what: string; advice: string };

/** Characters of an address that are looked at; those of the apps are much shorter. */
const longestAddress = 2000;

/** Whether a value is an address, whichever way of the field it was given under: no ID begins like one. */
export function isAddress(value: unknown): value is string {
	return typeof value === 'string' && /^\s*https?:\/\//i.test(value);
}

/** The pattern that finds the ID in the address of a locator's record; undefined when it cannot be named by one. */
export function addressPattern(property: INodeProperties | INodePropertyCollection | undefined): { regex: RegExp; example: string } | undefined {
	const mode = property && 'modes' in property ? property.modes?.find(({ name }: INodePropertyMode) => name === 'url') : undefined;
	return typeof mode?.extractValue?.regex === 'string' ? { regex: new RegExp(mode.extractValue.regex), example: (mode.placeholder ?? '').replace(/^e\.g\. /, '') } : undefined;
}

/**
 * Reads the ID out of the address of a record's page. Another app, another kind of page or a damaged number is refused:
 * IDs of other servers and accounts exist here as well, and belong to somebody else.
 *
 * @param pattern of the locator; see {@link addressPattern}
 * @param app left out where it is not known; its host is not checked then
 */
export function readRecordAddress(text: string, pattern: ReturnType<typeof addressPattern>, app?: App): AddressReading {
	const pick = 'Pick the record from the list, or give its ID.';
	const address = text.trim();
	if (address.length > longestAddress || !URL.canParse(address)) return { what: 'is not an address that can be read', advice: pick };
	const url = new URL(address);
	if (!pattern) return { what: 'cannot be given as an address', advice: pick };
	const elsewhere = app && foreign(url, app);
	if (elsewhere) return elsewhere;
	// What stands behind ? belongs to the page, unless the record itself is named there.
	const searched = pattern.regex.source.includes('?&') ? url.href : url.origin + url.pathname;
	const found = pattern.regex.exec(searched);
	const id = found?.[1];
	const next = found ? searched.charAt(found.index + found[0].length) : '';
	if (id === undefined || !/^$|[/?#&]/.test(next)) {
		return { what: 'is the address of something else', advice: `The address of such a record looks like ${pattern.example}. ${pick}` };
	}
	return { id, account: app?.vendor.pages?.account?.exec(url.pathname)?.[1] };
}

/**
 * The account that the addresses among the values of locators name, the first of them; for the lists of the editor.
 *
 * @returns why an address cannot be used, instead, when it belongs to another app
 */
export function accountInAddresses(values: unknown[], app: App): string | { what: string; advice: string } | undefined {
	let account: string | undefined;
	for (const locator of values) {
		const value: unknown = locator !== null && typeof locator === 'object' && '__rl' in locator && 'value' in locator ? locator.value : undefined;
		if (!isAddress(value) || value.length > longestAddress || !URL.canParse(value.trim())) continue;
		const url = new URL(value.trim());
		const elsewhere = foreign(url, app);
		if (elsewhere) return elsewhere;
		account ??= app.vendor.pages?.account?.exec(url.pathname)?.[1];
	}
	return account;
}

/** Why an address does not belong to the app of the credential; undefined when it does. */
function foreign(url: URL, { vendor, baseUrl }: App): { what: string; advice: string } | undefined {
	const own = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
	const base = withoutEnd(own?.pathname ?? '', '/');
	const isOwn = own?.host === url.host && (vendor.pages?.hosts !== undefined || base === '' || url.pathname.startsWith(`${base}/`));
	if (isOwn || vendor.pages?.hosts?.test(url.hostname)) return undefined;
	return {
		what: `is an address on ${url.host}, and the credential is for ${own?.host ?? vendor.name}`,
		advice: `The same number is another record there. Pick the record from the list, or choose the credential of that ${vendor.name}; if both are the same server, give the ID alone.`,
	};
}
