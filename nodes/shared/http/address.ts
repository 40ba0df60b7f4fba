import type { IDataObject } from 'n8n-workflow';

import type { Explanation } from './answers';

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

/**
 * Why a token must not leave for an address; undefined when it may.
 *
 * @param allowed hosts that the credential is restricted to; see {@link allowedHosts}
 */
export function addressProblem({ name, plainHttp }: { name: string; plainHttp?(hostname: string): boolean }, baseUrl: string, allowed?: string[]): Explanation | undefined {
	if (!URL.canParse(baseUrl) || !/^https?:\/\//i.test(baseUrl)) return { message: 'The address in the credential is not a web address', description: 'It has to begin with https:// and the name of the server.' };
	const { protocol, hostname } = new URL(baseUrl);
	if (allowed && !allowed.some((host) => isHost(hostname, host))) return { message: `The credential may not be used for ${hostname}`, description: "Its 'Allowed Domains' do not have this host. Add it there, or change the address." };
	if (protocol === 'https:' || isLocal(hostname) || plainHttp?.(hostname)) return undefined;
	return { message: `The address of ${name} has to begin with https://`, description: 'Without encryption the token could be read on its way. Change the address in the credential.' };
}

function isLocal(hostname: string): boolean {
	return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** @param pattern a host, with `*.` in front for all hosts below it */
function isHost(hostname: string, pattern: string): boolean {
	const wanted = pattern.toLowerCase();
	return wanted.startsWith('*.') ? hostname.endsWith(wanted.slice(1)) : hostname === wanted;
}
