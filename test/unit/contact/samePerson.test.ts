import type { IDataObject } from 'n8n-workflow';

import { recognise, type PersonKeys } from '../../../nodes/shared/contact/samePerson';

const match = ['phone', 'email', 'identifier'] as const;
const keysOf = ({ phone, email, identifier }: IDataObject): PersonKeys => Object.fromEntries(Object.entries({ phone, email, identifier }).filter(([, value]) => value !== undefined));

describe('the same person', () => {
  const records = [{ id: '1', phone: '+5585988887700', email: 'a@example.com' }, { id: '2', email: 'b@example.com', identifier: 'a1' }] as IDataObject[];
  const who = async (keys: PersonKeys) => await recognise(keys, match, keysOf, async () => await Promise.resolve(records));

  it.each<[string, PersonKeys, string | undefined, string]>([
    ['a phone in the other spelling', { phone: '+558588887700' }, '1', ''],
    ['an e-mail address in another case', { email: 'A@EXAMPLE.com' }, '1', ''],
    ['an identifier in another case', { identifier: 'A1' }, undefined, ''],
    ['an e-mail address of one with another phone', { phone: '+5585988887711', email: 'a@example.com' }, undefined, 'email 1 phone'],
    ['an e-mail address of one without phone', { phone: '+5585988887711', email: 'b@example.com' }, '2', ''],
    ['a phone, and the e-mail address of another', { phone: '+5585988887700', email: 'b@example.com' }, '1', 'email 2 undefined'],
  ])('%s', async (_what, keys, id, clash) => {
    const { record, clashes } = await who(keys);
    expect(record?.id).toBe(id);
    expect(clashes.map(({ key, other, differs }) => `${key} ${String(other.id)} ${String(differs)}`).join()).toBe(clash);
  });
});
