import { limits } from './limits';
import { encodeAddress } from './words';

export type MediaKind = 'document' | 'image' | 'video';

const endings: Record<MediaKind, string[]> = {
	document: ['pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'txt', 'csv'],
	image: ['jpg', 'jpeg', 'png'],
	video: ['mp4', '3gp', '3gpp'],
};
/** Kinds of file whose ending tells that WhatsApp takes them for none of its headers' kinds. */
const unfit = ['webp', 'gif', 'svg', 'bmp', 'tif', 'tiff', 'heic', 'avif', 'mov', 'avi', 'mkv', 'webm', 'mp3', 'ogg', 'm4a', 'aac', 'wav', 'zip', 'rar', 'html', 'exe'];

/**
 * The address of a file in a template's header.
 *
 * @returns what is wrong with it otherwise, as the end of a sentence
 */
export function mediaAddress(value: string, kind: MediaKind): { text: string; wrong?: undefined } | { text?: undefined; wrong: string } {
	if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return { wrong: 'is not a web address; give one that starts with https://' };
	const { hostname, pathname } = new URL(value);
	if (!/^[^.]+(?:\.[^.]+)+$/.test(hostname) && !hostname.startsWith('[') && hostname !== 'localhost') return { wrong: `has no host that WhatsApp could reach (${hostname})` };
	if (value.length > limits.address) return { wrong: `is an address of more than ${limits.address} characters` };
	const ending = /\.([a-z\d]{2,5})$/i.exec(pathname)?.[1]?.toLowerCase();
	const others = Object.entries(endings).flatMap(([other, list]) => (other === kind ? [] : list));
	const known = ending !== undefined && (kind === 'document' ? [...endings.image, ...endings.video] : [...others, ...unfit]).includes(ending);
	if (known && !endings[kind].includes(ending)) return { wrong: `is the address of a .${ending} file, but the header takes ${kind === 'document' ? 'a document, such as PDF' : `${kind === 'image' ? 'an image' : 'a video'} (${endings[kind].join(', ')})`}` };
	return { text: encodeAddress(value) };
}
