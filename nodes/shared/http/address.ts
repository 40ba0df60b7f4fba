import type { IDataObject } from 'n8n-workflow';

/** Characters of an address that are looked at. */
const longest = 4_000;

/**
 * The address of a server as people type or copy it, without query and without slash at its end; https when nothing is
 * said.
 *
 * @param usual when the field is empty
 */
export function baseAddress(given: unknown, usual: string): string {
	const text = String(given ?? '').trim().slice(0, longest) || usual;
	const [address = ''] = text.split(/[?#]/, 1);
	const whole = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(address) ? address : `https://${address}`;
	let end = whole.length;
	while (whole[end - 1] === '/') end -= 1;
	return whole.slice(0, end);
}

/** The hosts that a credential may be used for, as n8n lets people restrict it; undefined for all. */
export function allowedHosts({ allowedHttpRequestDomains, allowedDomains }: IDataObject): string[] | undefined {
	if (allowedHttpRequestDomains !== 'domains') return undefined;
	return String(allowedDomains ?? '').split(',').map((host) => host.trim()).filter((host) => host !== '');
}
