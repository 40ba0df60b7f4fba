/** Characters of a web address; browsers and servers take no longer ones. */
export const longestAddress = 4_000;

/** Whether a text is an address with http or https. */
export function isWebAddress(text: string): boolean {
	return text.length <= longestAddress && /^https?:\/\/[^\s/]/i.test(text) && !/\s/.test(text) && URL.canParse(text);
}
