/** Characters of a name that are folded; what is longer is nobody's name, but a text where one belongs. */
const longest = 2_000;

/**
 * A name as it is compared: without case, accents, spaces and signs, so that "Data de Nascimento" is data_de_nascimento.
 * A text far longer than any name is compared as it is.
 */
export function foldName(name: string): string {
	if (name.length > longest) return name;
	const folded = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	const plain = folded.replace(/[^\p{L}\p{N}]/gu, '');
	// Names of signs only ("★") still differ from each other.
	return plain === '' ? folded.trim() : plain;
}

/**
 * As {@link findByName} for many names: the entries are folded once.
 *
 * @returns finds the entry that a name means
 */
export function finderByName<Entry>(entries: Entry[], namesOf: (entry: Entry) => string[]): (name: string) => Entry | undefined {
	const [spelled, folded] = [new Map<string, Entry>(), new Map<string, Entry>()];
	for (const entry of entries) {
		for (const name of namesOf(entry)) {
			if (!spelled.has(name)) spelled.set(name, entry);
			const plain = foldName(name);
			if (!folded.has(plain)) folded.set(plain, entry);
		}
	}
	return (name) => spelled.get(name.trim()) ?? folded.get(foldName(name));
}

/**
 * Finds the entry that a name means: the one spelled alike, else the first that is alike when folded.
 *
 * @param namesOf all names of an entry (key, label), the most telling first
 */
export function findByName<Entry>(entries: Entry[], name: string, namesOf: (entry: Entry) => string[]): Entry | undefined {
	const spelled = name.trim();
	const folded = foldName(name);
	return entries.find((entry) => namesOf(entry).includes(spelled))
		?? entries.find((entry) => namesOf(entry).some((other) => foldName(other) === folded));
}
