import { withoutEnd } from './ends';
import { cleanText } from './plain';

const pattern = /^[^\s@<>(),;:"]{1,255}@[^\s@<>(),;:".][^\s@<>(),;:"]{0,250}\.[^\s@<>(),;:".]{2,63}$/u;

export type EmailReading = { ok: true; address: string } | { ok: false; reason: string };

/**
 * Reads an e-mail address as people, sheets and mail programs write it: `mailto:ana@example.com`, `Ana <ana@example.com>`,
 * with invisible characters or a full stop behind it. Of several with ":::" between them (Google's export) the first counts.
 */
export function emailIn(written: string): EmailReading {
	if (written.length > 1000) return { ok: false, reason: 'is too long for an e-mail address' };
	const text = cleanText(written).split(':::')[0]!.trim();
	const named = /<([^<>]{3,320})>\s*[;,.]?$/.exec(text)?.[1];
	const bare = (named ?? text).trim().replace(/^=?["'“”‘’`]/, '').replace(/^mailto:/i, '');
	const address = withoutEnd(/[\r\n\u2028\u2029]/.test(bare) ? bare : bare.split('?', 1)[0]!, '"\'“”‘’`;,. \t\n');
	if (pattern.test(address) && !address.includes('..')) return { ok: true, address };
	const comma = /^[^\s@]+@[^\s@]+,[a-z]{2,10}$/i.test(address);
	return { ok: false, reason: comma ? 'is not an e-mail address: there is a comma where a dot belongs' : (address.match(/@/g)?.length ?? 0) > 1 ? 'holds more than one e-mail address' : 'is not an e-mail address' };
}
