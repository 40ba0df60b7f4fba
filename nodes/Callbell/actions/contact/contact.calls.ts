/** The tags a contact has with more of them, each once. */
export function withTags(tags: unknown, added: string[]): string[] {
	return [...new Set([...(Array.isArray(tags) ? tags.map(String) : []), ...added])];
}
