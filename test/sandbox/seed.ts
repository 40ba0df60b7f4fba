import { addContact } from './callbell/contacts';
import { displayPhone } from './callbell/state';
import { seedChatwootContacts } from './chatwoot/state';
import { seedKinboxContacts } from './kinbox/state';
import { person } from './people';
import type { Sandbox } from './index';
import type { Vendor } from './types';

const DAY = 86_400_000;

/** Adds `count` believable contacts to a vendor's state, without HTTP. Their phones and e-mails never repeat. */
export function seedContacts(sandbox: Sandbox, vendor: Vendor, count: number): void {
  if (vendor === 'kinbox') seedKinboxContacts(sandbox.kinbox.state, count);
  else if (vendor === 'chatwoot') seedChatwootContacts(sandbox.chatwoot.state, count);
  else {
    const { state } = sandbox.callbell;
    // The list is kept in order of activity, so they come after those there are.
    const from = (state.contacts[0]?.activityAt ?? Date.now() - DAY) + 1;
    // Far from the people whom the state starts with.
    const first = 1000 + state.contacts.length;
    for (let added = 0; added < count; added += 1) {
      const one = person(first + added);
      addContact(state, { name: one.name, source: 'whatsapp', identifier: one.phone, phoneNumber: displayPhone(one.phone) }, from + added);
    }
  }
}
