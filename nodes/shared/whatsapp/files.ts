import { table } from '../values/table';

/** What WhatsApp takes of a kind of file. */
interface FileRule {
	types: RegExp;
	endings: string[];
	/** Megabytes. */
	size: number;
	/** For sentences. */
	names: string;
}

const megabyte = 1024 * 1024;
const largestDocument = 100;

/** By the first part of the type; the rest goes as a document. Source: Meta, "Supported Media Types". */
const rules: Record<string, FileRule> = table({
	image: { types: /^image\/(?:jpeg|jpg|png)$/, endings: ['jpg', 'jpeg', 'png'], size: 5, names: 'JPEG and PNG' },
	video: { types: /^video\/(?:mp4|3gpp?)$/, endings: ['mp4', '3gp', '3gpp'], size: 16, names: 'MP4 and 3GP' },
	audio: { types: /^audio\/(?:aac|amr|mpeg|mp3|mp4|m4a|x-m4a|ogg|opus)(?:;|$)/, endings: ['aac', 'amr', 'mp3', 'm4a', 'mp4', 'ogg', 'oga', 'opus'], size: 16, names: 'AAC, AMR, MP3, M4A and OGG' },
});

/** Endings of files that are surely no document, with what they are. */
const kindOfEnding: Record<string, string> = table(Object.fromEntries([
	...['jpg', 'jpeg', 'png', 'webp', 'gif', 'bmp', 'svg', 'tif', 'tiff', 'heic', 'avif'].map((ending) => [ending, 'image']),
	...['mp4', '3gp', '3gpp', 'mov', 'avi', 'mkv', 'webm', 'mpg', 'mpeg', 'wmv'].map((ending) => [ending, 'video']),
	...['aac', 'amr', 'mp3', 'm4a', 'ogg', 'oga', 'opus', 'wav', 'flac', 'wma', 'aif', 'aiff'].map((ending) => [ending, 'audio']),
	...['pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'txt', 'csv', 'zip', 'xml', 'json', 'html', 'htm'].map((ending) => [ending, 'document']),
]));

export type FileKind = 'audio' | 'document' | 'image' | 'video';

/**
 * Why WhatsApp would not take a file; undefined when it does, as far as can be told.
 *
 * @param file its type, name or address, and size in bytes, as far as they are known
 * @param as what it is to be; undefined leaves that to its type
 * @returns the end of a sentence that begins with the name of the field
 */
export function unfitFile({ type, name, size }: { type?: string; name?: string; size?: number }, as?: FileKind): { what: string; advice: string } | undefined {
	const ending = /\.([a-z\d]{2,5})$/i.exec(name ?? '')?.[1]?.toLowerCase();
	const told = type?.split('/')[0]?.toLowerCase();
	const ofType = told !== undefined && (Object.hasOwn(rules, told) || told === 'application' || told === 'text') ? (Object.hasOwn(rules, told) ? told : 'document') : undefined;
	const kind = ofType ?? (ending === undefined ? undefined : kindOfEnding[ending]);
	const called = [name, type && `(${type})`].filter(Boolean).join(' ').slice(0, 120);
	// A picture may be sent as a document; nothing else may be sent as something that it is not.
	if (as !== undefined && as !== 'document' && kind !== undefined && kind !== as && !(as === 'audio' && ending === 'mp4')) {
		return { what: `is no ${as}: ${called}`, advice: `Choose what the file is under the type of the message, or give ${as === 'video' ? 'a' : 'an'} ${as} file.` };
	}
	const wanted = as ?? kind;
	const rule = wanted === undefined ? undefined : rules[wanted];
	const unfit = rule && (ofType === undefined ? ending !== undefined && kind !== undefined && !rule.endings.includes(ending) : !rule.types.test(type!.toLowerCase()));
	if (unfit) return { what: `is a file that WhatsApp does not take: ${called}`, advice: `WhatsApp takes ${rule.names} of this kind; convert the file first.` };
	const most = rule?.size ?? largestDocument;
	if (size !== undefined && size > most * megabyte) return { what: `is too large for WhatsApp: ${called} has ${Math.ceil(size / megabyte)} MB`, advice: `WhatsApp takes ${most} MB at most of this kind.` };
	return undefined;
}
