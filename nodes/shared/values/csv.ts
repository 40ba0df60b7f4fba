/** What a file holds, or why it cannot be read. */
export type Decoded = { text: string; encoding: 'utf-8' | 'utf-16' | 'windows-1252' } | { problem: string };

/** First bytes of files that are handed in for CSV. */
const others: Array<{ bytes: number[]; name: string }> = [
	{ bytes: [0x50, 0x4b, 0x03, 0x04], name: 'an Excel workbook (.xlsx) or another archive' },
	{ bytes: [0xd0, 0xcf, 0x11, 0xe0], name: 'an old Excel workbook (.xls)' },
	{ bytes: [0x25, 0x50, 0x44, 0x46], name: 'a PDF' },
	{ bytes: [0x1f, 0x8b], name: 'a compressed file' },
];

/**
 * Reads the bytes of a CSV file as text: UTF-8 with or without mark, UTF-16, and what Excel writes elsewhere
 * (Windows-1252, the wider Latin-1).
 *
 * @example
 * decodeCsv(new Uint8Array([0x4a, 0x6f, 0xe3, 0x6f])); // { text: 'João', encoding: 'windows-1252' }
 */
export function decodeCsv(bytes: Uint8Array): Decoded {
	const other = others.find((kind) => kind.bytes.every((byte, index) => bytes[index] === byte));
	if (other) return { problem: `is ${other.name}, not CSV` };
	const wide = utf16Of(bytes);
	if (wide) return { text: new TextDecoder(wide).decode(bytes), encoding: 'utf-16' };
	if (bytes.subarray(0, 4096).includes(0)) return { problem: 'is no text' };
	try {
		return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
	} catch {
		return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
	}
}

/** By its mark, or by the zeros that letters have as every other byte. */
function utf16Of(bytes: Uint8Array): 'utf-16be' | 'utf-16le' | undefined {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	const start = bytes.subarray(0, 200);
	const zeros = [0, 0];
	for (const [index, byte] of start.entries()) if (byte === 0) zeros[index % 2] = zeros[index % 2]! + 1;
	const most = start.length / 4;
	if (start.length < 4 || Math.max(...zeros) < most) return undefined;
	return zeros[1]! > zeros[0]! ? 'utf-16le' : 'utf-16be';
}

export interface CsvRow {
	/** Line of the file on which it begins, from 1. */
	line: number;
	cells: string[];
}

/**
 * Takes CSV apart in one pass: quotes, line breaks in quotes, and the separator that the first line shows (comma,
 * semicolon, tab or bar; Excel's line "sep=;" counts). Empty lines are left out.
 *
 * @returns the rows, or the line on which a quote is opened and never closed
 */
export function parseCsv(text: string): { rows: CsvRow[]; separator: string } | { openQuote: number } {
	const named = /^sep=([,;\t|])\r?\n/.exec(text.slice(0, 20));
	const separator = named?.[1] ?? separatorIn(text);
	const rows: CsvRow[] = [];
	let cells: string[] = [];
	let cell = '';
	// Told beside the cell: to look at all of it at each quote would take ever longer.
	let blank = true;
	const add = (sign: string) => {
		cell += sign;
		blank &&= sign.trim() === '';
	};
	const begin = () => {
		cell = '';
		blank = true;
	};
	let quoted = false;
	let line = named ? 2 : 1;
	let begun = line;
	let quotedAt = line;
	const endRow = () => {
		cells.push(cell);
		if (cells.some((one) => one.trim() !== '')) rows.push({ line: begun, cells });
		cells = [];
		begin();
	};
	for (let at = named?.[0].length ?? 0; at < text.length; at += 1) {
		const sign = text.charAt(at);
		if (sign === '\n') line += 1;
		if (quoted) {
			if (sign !== '"') add(sign);
			else if (text.charAt(at + 1) === '"') {
				add('"');
				at += 1;
			} else quoted = false;
		} else if (sign === '"' && blank) {
			begin();
			quoted = true;
			quotedAt = line;
		} else if (sign === separator) {
			cells.push(cell);
			begin();
		} else if (sign === '\n' || sign === '\r') {
			if (sign === '\r' && text.charAt(at + 1) === '\n') continue;
			endRow();
			begun = line;
		} else add(sign);
	}
	if (quoted) return { openQuote: quotedAt };
	endRow();
	return { rows, separator };
}

/** The separator that stands most often in the first line, outside quotes. */
function separatorIn(text: string): string {
	const counts = new Map([[',', 0], [';', 0], ['\t', 0], ['|', 0]]);
	let quoted = false;
	for (const sign of text) {
		if (sign === '"') quoted = !quoted;
		else if (!quoted && sign === '\n') break;
		else if (!quoted && counts.has(sign)) counts.set(sign, counts.get(sign)! + 1);
	}
	return [...counts].sort(([, many], [, more]) => more - many)[0]![0];
}

/** CSV with commas, as every reader takes it; cells are quoted where they need it. */
export function toCsv(rows: string[][]): string {
	return rows.map((cells) => `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`).join('');
}
