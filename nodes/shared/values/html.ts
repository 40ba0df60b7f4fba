/** Shows text as it is where HTML is expected. */
export function asPlainText(text: string): string {
	return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
