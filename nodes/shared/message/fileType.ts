import { table } from '../values/table';

/** The type that says nothing. */
export const unknownType = 'application/octet-stream';

const byEnding: Record<string, string> = table({
	jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp', svg: 'image/svg+xml', heic: 'image/heic',
	mp3: 'audio/mpeg', ogg: 'audio/ogg', oga: 'audio/ogg', opus: 'audio/ogg', m4a: 'audio/mp4', aac: 'audio/aac', amr: 'audio/amr', wav: 'audio/wav',
	mp4: 'video/mp4', '3gp': 'video/3gpp', mov: 'video/quicktime', webm: 'video/webm',
	pdf: 'application/pdf', csv: 'text/csv', txt: 'text/plain', zip: 'application/zip', xml: 'application/xml', json: 'application/json',
	doc: 'application/msword', xls: 'application/vnd.ms-excel', ppt: 'application/vnd.ms-powerpoint',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
});

/** First bytes of a file, as Latin-1 text at a place. */
const signatures: Array<[at: number, bytes: string, type: string]> = [
	[0, '\xFF\xD8\xFF', 'image/jpeg'], [0, '\x89PNG', 'image/png'], [0, 'GIF8', 'image/gif'], [8, 'WEBP', 'image/webp'], [0, '%PDF', 'application/pdf'],
	[0, 'OggS', 'audio/ogg'], [0, 'ID3', 'audio/mpeg'], [0, '\xFF\xFB', 'audio/mpeg'], [0, '#!AMR', 'audio/amr'], [4, 'ftypM4A', 'audio/mp4'], [4, 'ftyp3g', 'video/3gpp'], [4, 'ftyp', 'video/mp4'], [8, 'WAVE', 'audio/wav'],
	[0, 'PK\x03\x04', 'application/zip'],
];

/**
 * The type of a file. What says nothing (none, `application/octet-stream`) is read from the ending of its name, then from its
 * first bytes: chat apps show a picture or a player by the type alone.
 */
export function fileType(given: string | undefined, name: string | undefined, content: Uint8Array): string {
	if (given !== undefined && given !== '' && !/^(?:application|binary)\/(?:octet-stream|x-download|force-download)\b/i.test(given)) return given.toLowerCase();
	const ending = /\.([a-z\d]{2,4})$/i.exec(name ?? '')?.[1]?.toLowerCase() ?? '';
	const start = Buffer.from(content.subarray(0, 16)).toString('latin1');
	return byEnding[ending] ?? signatures.find(([at, bytes]) => start.startsWith(bytes, at))?.[2] ?? unknownType;
}

/** The ending of files of a type, with its dot; empty where none is known. */
export function endingOf(type: string): string {
	const found = Object.entries(byEnding).find(([, one]) => one === type)?.[0];
	return found === undefined ? '' : `.${found}`;
}
