import type { IDataObject } from 'n8n-workflow';

import type { ColumnRole } from '../../../shared/contact/columnNames';
import { roleOf } from '../../../shared/contact/columnNames';
import type { AccountField } from '../../../shared/contact/customFields';
import type { Item } from '../../../shared/operation/item';
import type { DefaultCountry } from '../../../shared/phone/phone';
import { toE164 } from '../../../shared/phone/phone';
import { decodeCsv, parseCsv, toCsv } from '../../../shared/values/csv';
import { convertFieldValue, textOf } from '../../../shared/values/fieldValue';
import type { Habits } from '../../../shared/values/habits';
import { findByName, foldName } from '../../../shared/values/names';
import { listed } from '../../../shared/values/nearNames';
import { fieldOf } from '../../helpers/attributes';
import { labelsOf } from '../../helpers/labels';
import { rowsIn } from '../../transport/answers';
import type { AccountClient } from '../../transport/client';
import { table } from '../../../shared/values/table';

/** The columns that Chatwoot's import knows, by exactly these names; every other becomes a custom attribute. */
type Column = 'city' | 'company_name' | 'email' | 'identifier' | 'labels' | 'name' | 'phone_number';

const columnsByRole: Partial<Record<ColumnRole, Column>> = { email: 'email', externalId: 'identifier', name: 'name', phone: 'phone_number', tags: 'labels' };

/** Names that {@link roleOf} does not know, as people compare them. */
const otherNames: Record<string, Column> = table({
	cidade: 'city', city: 'city', ciudad: 'city', company: 'company_name', companyname: 'company_name', compania: 'company_name', empresa: 'company_name',
	etiqueta: 'labels', etiquetas: 'labels', identifier: 'identifier', label: 'labels', labels: 'labels', organizacao: 'company_name',
});

export interface ImportRules {
	country: DefaultCountry;
	/** What becomes of columns that are no field and no custom attribute of the account. */
	unknownColumns: 'attribute' | 'fail' | 'skip';
	/** What becomes of rows that the server would refuse, or store as somebody else. */
	badRows: 'fail' | 'skip';
}

export interface ImportFile {
	csv: string;
	rows: number;
	columns: Array<{ column: string; becomes: string }>;
	customAttributes: string[];
	leftOutColumns: string[];
	refused: Array<{ line: number; reason: string }>;
}

/** A column of the file and where it goes. */
interface Target {
	header: string;
	at: number;
	/** Name in the file that is sent. */
	name: string;
	column?: Column;
	/** Further columns whose text goes behind: the last name behind the first. */
	more?: number[];
	/** The custom attribute that it becomes. */
	field?: AccountField;
}

/**
 * Reads a CSV file of contacts as people have them, and writes the one that Chatwoot reads rightly: UTF-8, commas, its
 * own column names, phones with country code, labels by title.
 *
 * @param field of the item, for what is said
 * @throws NodeOperationError that names the column or line, before anything is sent
 */
export async function importFile(account: AccountClient, item: Item, field: string, bytes: Uint8Array, rules: ImportRules): Promise<ImportFile> {
	const decoded = decodeCsv(bytes);
	if ('problem' in decoded) throw item.refuse(field, `holds a file that ${decoded.problem}`, 'Save the sheet as CSV, or read it with "Extract from File" and write it with "Convert to File" as CSV.');
	const parsed = parseCsv(decoded.text.replace(/^\uFEFF/, ''));
	if ('openQuote' in parsed) throw item.refuse(field, `holds a file with a quote that is opened on line ${parsed.openQuote} and never closed`, 'Close the quote, or leave it out.');
	const [header, ...rows] = parsed.rows;
	if (!header || rows.length === 0) throw item.refuse(field, 'holds a file without rows', 'The first line names the columns; each further line is a contact.');

	const { targets, leftOut } = await targetsOf(account, item, field, header.cells, rules);
	const labels = targets.some(({ column }) => column === 'labels') ? await labelsOf(account).all() : undefined;
	const refused: ImportFile['refused'] = [];
	const good: string[][] = [];
	for (const { line, cells } of rows) {
		const read = cells.length > header.cells.length ? { reason: `has ${cells.length} cells, and there are ${header.cells.length} columns` } : readRow(targets, cells, { timezone: item.timezone(), country: rules.country }, labels?.map(({ title }) => title));
		if ('reason' in read) refused.push({ line, reason: read.reason });
		else good.push(read.cells);
	}
	if (refused.length && rules.badRows === 'fail') {
		const shown = refused.slice(0, 5).map(({ line, reason }) => `line ${line} ${reason}`).join('; ');
		throw item.refuse(field, `holds ${refused.length === 1 ? 'a row' : `${refused.length} rows`} that cannot be imported: ${shown}${refused.length > 5 ? '; …' : ''}`, "Mend them, or choose to leave such rows out under 'When a Row Is Wrong'. Nothing was sent.");
	}
	if (good.length === 0) throw item.refuse(field, 'holds no row that can be imported', `Line ${refused[0]!.line} ${refused[0]!.reason}.`);
	return {
		csv: toCsv([targets.map(({ name }) => name), ...good]),
		rows: good.length,
		columns: targets.map(({ header: column, name: becomes }) => ({ column, becomes })),
		customAttributes: targets.filter(({ column }) => column === undefined).map(({ name }) => name),
		leftOutColumns: leftOut,
		refused,
	};
}

async function targetsOf(account: AccountClient, item: Item, field: string, headers: string[], rules: ImportRules): Promise<{ targets: Target[]; leftOut: string[] }> {
	const targets: Target[] = [];
	const others: Array<{ header: string; at: number }> = [];
	const roles = headers.map((header) => roleOf(header.trim())?.role);
	const [first, last] = [roles.indexOf('firstName'), roles.indexOf('lastName')];
	// Chatwoot has one name. In sheets in Portuguese and Spanish the first name often stands under "Nome".
	const whole = roles.indexOf('name');
	const joined = whole >= 0 ? (last >= 0 && first < 0 ? [whole, last] : []) : [first, last].filter((at) => at >= 0);
	if (joined.length) targets.push({ header: joined.map((at) => headers[at]!.trim()).join(' + '), at: joined[0]!, more: joined.slice(1), name: 'name', column: 'name' });
	for (const [at, cell] of headers.entries()) {
		const header = cell.trim();
		if (header === '' || joined.includes(at)) continue;
		const role = roles[at];
		const column = otherNames[foldName(header)] ?? (role && columnsByRole[role]);
		if (column) targets.push({ header, at, name: column, column });
		else others.push({ header, at });
	}
	const unknown: string[] = [];
	if (others.length) {
		const definitions = rowsIn(await account.getOnce('/custom_attribute_definitions?attribute_model=contact_attribute'));
		for (const { header, at } of others) {
			const found = findByName(definitions, header, ({ attribute_key: key, attribute_display_name: name }: IDataObject) => [String(key), String(name ?? '')]);
			if (found) targets.push({ header, at, name: String(found.attribute_key), field: fieldOf(found) });
			else if (rules.unknownColumns === 'attribute') targets.push({ header, at, name: header });
			else unknown.push(header);
		}
	}
	if (unknown.length && rules.unknownColumns === 'fail') {
		throw item.refuse(field, `holds columns that are no field of a contact and no custom attribute of account ${account.id}: ${listed(unknown)}`, "Rename them (name, email, phone_number, identifier, company_name, city, labels), or choose what becomes of them under 'When a Column Is Unknown'.");
	}
	for (const { name, header } of targets) {
		const same = targets.filter((other) => other.name === name);
		if (same.length > 1) throw item.refuse(field, `holds ${same.length} columns for ${name}: ${listed(same.map((one) => one.header))}`, `Leave one of them; it is not clear whether '${header}' is the right one.`);
	}
	if (!targets.some(({ column }) => column === 'email' || column === 'identifier' || column === 'phone_number')) {
		throw item.refuse(field, `holds no column with e-mail, phone or identifier, but ${listed(headers.map((header) => header.trim()))}`, 'Contacts need one of them. The first line has to name the columns.');
	}
	return { targets, leftOut: unknown };
}

/** A row in the form that is sent, or what is wrong with it. */
function readRow(targets: Target[], cells: string[], habits: Habits & { country: DefaultCountry }, labels: string[] | undefined): { cells: string[] } | { reason: string } {
	const read: string[] = [];
	let addressed = false;
	for (const { at, column, more = [], field, header } of targets) {
		const text = [at, ...more].map((place) => (cells[place] ?? '').replace(/[\u200B-\u200D\u2060\uFEFF]/g, '').trim()).filter(Boolean).join(' ');
		if (text !== '' && (column === 'email' || column === 'identifier' || column === 'phone_number')) addressed = true;
		if (text === '') read.push('');
		else if (column === 'phone_number') {
			// The server puts a plus sign before whatever stands here.
			const phone = toE164(text, { defaultCountry: habits.country });
			if (!phone.ok) return { reason: `has a phone that cannot be used: ${phone.reason}` };
			read.push(phone.e164);
		} else if (column === 'email') {
			if (!/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]{2,}$/u.test(text)) return { reason: `has '${text.slice(0, 60)}' for an e-mail address` };
			read.push(text.toLowerCase());
		} else if (column === 'labels' && labels) {
			const names = text.split(/[,;|]/).map((name) => name.trim()).filter(Boolean);
			const titles = names.map((name) => findByName(labels, name, (title) => [title]));
			const missing = names.filter((_, index) => titles[index] === undefined);
			if (missing.length) return { reason: `has labels that the account does not have: ${listed(missing)}` };
			read.push(titles.join(','));
		} else if (field) {
			// The server checks nothing, and one date in a wrong form makes every filter of the attribute fail.
			const value = convertFieldValue(text, field, habits);
			if ('problem' in value) return { reason: `has '${text.slice(0, 60)}' for '${header}', which ${value.problem}` };
			read.push(textOf(value.value));
		} else read.push(text);
	}
	return addressed ? { cells: read } : { reason: 'has no e-mail, phone or identifier' };
}
