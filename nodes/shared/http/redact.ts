import { encoded } from './path';

/** Characters of a secret in a row that give it away; shorter secrets are recognised as a whole. */
const pieceLength = 12;
/** Shorter ones stand in texts by chance. */
const shortest = 4;

/**
 * Makes a function that blackens secrets in texts: whole or in pieces of {@link pieceLength} characters, also with
 * blanks or line breaks in between, percent-encoded, and as base64 of them alone or inside something longer.
 */
export function redactor(secrets: string[]): (text: string) => string {
	const pieces = new Map<number, Set<string>>();
	const add = (secret: string) => {
		const bare = withoutGaps(secret).text;
		if (bare.length < shortest) return;
		const length = Math.min(pieceLength, bare.length);
		const known = pieces.get(length) ?? new Set();
		pieces.set(length, known);
		for (let at = 0; at + length <= bare.length; at += 1) known.add(bare.slice(at, at + length));
	};
	for (const secret of secrets) {
		if (secret.trim().length < shortest) continue;
		for (const spelling of [secret, encoded(secret), JSON.stringify(secret).slice(1, -1)]) add(spelling);
		for (const encoded of base64Of(secret)) add(encoded);
	}
	return (text) => (pieces.size === 0 ? text : blacken(text, pieces));
}

/** Base64 of a text at the three places of a group where it may begin, without the ends that its neighbours decide. */
function base64Of(secret: string): string[] {
	if (secret.length < 9) return [];
	return [0, 1, 2].flatMap((before) => {
		const encoded = Buffer.from(`${'x'.repeat(before)}${secret}`, 'utf8').toString('base64').replace(/={1,2}$/, '').slice(before === 0 ? 0 : before + 1, -1);
		return [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_')];
	});
}

function blacken(text: string, pieces: Map<number, Set<string>>): string {
	const { text: bare, places } = withoutGaps(text);
	let result = '';
	let copied = 0;
	let blackFrom = -1;
	let blackTo = -1;
	const close = () => {
		if (blackFrom < 0) return;
		const from = places[blackFrom] as number;
		result += `${text.slice(copied, from)}***`;
		copied = (places[blackTo - 1] as number) + 1;
		blackFrom = -1;
	};
	for (let at = 0; at < bare.length; at += 1) {
		for (const [length, known] of pieces) {
			if (!known.has(bare.slice(at, at + length))) continue;
			if (at > blackTo) close();
			if (blackFrom < 0) blackFrom = at;
			blackTo = Math.max(blackTo, at + length);
		}
	}
	close();
	return result + text.slice(copied);
}

/** The text without white space and control characters, and where each of its characters stood. */
function withoutGaps(text: string): { text: string; places: number[] } {
	const places: number[] = [];
	let bare = '';
	for (let at = 0; at < text.length; at += 1) {
		if (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 127) continue;
		bare += text[at];
		places.push(at);
	}
	return { text: bare, places };
}
