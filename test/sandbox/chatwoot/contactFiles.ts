import type { Handlers } from '../types';
import { contactFilter } from './contactFilter';
import { refuse } from './errors';
import { createContact } from './contacts';
import type { ChatwootState } from './state';

/** Import and export of contacts: both answer nothing and are worked off later; results go out by mail. */
export const contactFiles: Handlers<ChatwootState> = {
  importContacts: ({ state, params, files, background, clock }) => {
    const file = files.find((one) => one.field === 'import_file');
    if (!file) return refuse(422, 'File is blank');
    background(() => {
      const [header = '', ...lines] = file.data.toString('utf8').split(/\r?\n/).filter(Boolean);
      const columns = header.split(',');
      for (const line of lines) {
        const row = Object.fromEntries(line.split(',').map((value, index) => [columns[index], value]));
        try {
          createContact(state, params.account_id, { name: row.name, email: row.email, phone_number: row.phone_number, identifier: row.identifier }, clock.now());
        } catch {
          // A row that is refused stands in the mail.
        }
      }
    });
    return { status: 200 };
  },
  exportContacts: ({ state, params, body, clock }) => {
    if (body.payload) contactFilter(state, params.account_id, body.payload, clock.now());
    return { status: 200 };
  },
};
