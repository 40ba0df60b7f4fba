import { Refusal } from '../types';
import type { Handlers } from '../types';
import { contactFilter } from './contactFilter';
import { refuse } from './errors';
import { createContact, type ChatwootContact } from './contacts';
import { late } from './events';
import { storedLabels } from './labels';
import { accountKey, type ChatwootState } from './state';

/** Columns that the import knows by these very names; every other one becomes a custom attribute, whatever is in it. */
const COLUMNS = ['id', 'name', 'email', 'identifier', 'phone_number', 'company_name', 'city', 'country', 'labels'];

/** The rows of a file with commas: quotes may hold commas, line breaks and doubled quotes. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? plain ?? '' : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell !== ''));
}

/** Makes contacts of the rows, or changes those with the same identifier, e-mail or phone, without a word. */
function importRows(state: ChatwootState, accountId: number, data: Buffer, at: number): void {
  // What is no UTF-8 falls out of the text.
  const [header = [], ...rows] = rowsOf(data.toString('utf8').replaceAll('\uFFFD', ''));
  for (const cells of rows) {
    const row: Record<string, string | null> = Object.fromEntries(header.map((name, index) => [name, cells[index] || null]));
    const wanted = row.labels?.split(',').map((one) => one.trim().toLowerCase()).filter(Boolean);
    // A row with a label that the account lacks is refused, and stands in the mail.
    if (wanted?.some((title) => ![...state.labels.values()].some((label) => label.accountId === accountId && label.title === title))) continue;
    const phone = row.phone_number ? `+${row.phone_number.replace(/^\+/, '')}` : null;
    const free = Object.fromEntries(Object.entries(row).filter(([name]) => !COLUMNS.includes(name)));
    const additional = Object.fromEntries(['company_name', 'city', 'country'].flatMap((key) => (row[key] ? [[key, row[key]]] : [])));
    const known = (index: 'identifier' | 'email' | 'phone', value: string | null | undefined): ChatwootContact | undefined => (value ? state.contacts.with(index, accountKey(accountId, value))[0] : undefined);
    const found = known('identifier', row.identifier) ?? known('email', row.email?.toLowerCase()) ?? known('phone', phone);
    try {
      const contact = found ?? createContact(state, accountId, { name: row.name ?? '', email: row.email, phone_number: phone, identifier: row.identifier }, at);
      state.contacts.change(contact.id, (one) => {
        if (row.name) one.name = row.name;
        one.email ??= row.email?.toLowerCase() ?? null;
        one.phoneNumber ??= phone;
        one.additionalAttributes = { ...one.additionalAttributes, ...additional };
        one.customAttributes = { ...one.customAttributes, ...free };
        if (wanted?.length) one.labels = storedLabels(state, wanted);
      });
    } catch (refusal) {
      // A row that is refused stands in the mail.
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }
}

/** Import and export of contacts: both answer nothing and are worked off later; results go out by mail. */
export const contactFiles: Handlers<ChatwootState> = {
  importContacts: ({ state, params, files, background, clock }) => {
    const file = files.find((one) => one.field === 'import_file');
    if (!file) return refuse(422, 'File is blank');
    background(async () => {
      await late(state);
      importRows(state, params.account_id, file.data, clock.now());
    });
    return { status: 200 };
  },
  exportContacts: ({ state, params, body, background }) => {
    // Nobody looks at the filter before the job does; what it stumbles over goes unseen, and no mail comes.
    background(() => { if (body.payload) contactFilter(state, params.account_id, body.payload); });
    return { status: 200 };
  },
};
