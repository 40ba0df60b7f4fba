import { readPhoneList } from '../../../nodes/shared/contact/phoneList';

const people = (given: unknown, country: 'BR' | 'MX' | 'PT' = 'BR') => {
  const read = readPhoneList(given, country);
  return 'problem' in read ? read.problem : [...read.keys];
};

describe('readPhoneList', () => {
  it.each([
    ['a national number by the country', ['912 345 678'], 'PT', ['351912345678']],
    ['text with commas', '85988887701, (85) 98888-7702', 'BR', ['5585988887701', '5585988887702']],
    ['JSON text', '["85988887701"]', 'BR', ['5585988887701']],
    ['columns in Portuguese', [{ telefone: '85988887701' }, { Telefone: '85988887702' }, { whatsapp: '85988887703' }], 'BR', ['5585988887701', '5585988887702', '5585988887703']],
    ['a name beside the number, and two numbers', ['85988887702 Maria', '(85) 98888-7703 / (85) 3333-4444'], 'BR', ['5585988887702', '5585988887703', '558533334444']],
    ['the other spelling of WhatsApp', ['+5215512345678'], 'MX', ['5215512345678']],
    ['rows of an earlier run that were sent', [
      { json: { campaign: 'X', phone: '+5585988887701', status: 'queued' } }, { campaign: 'X', phone: '+5585988887702', status: 'unsure' }, { campaign: 'X', phone: '+5585988887703', status: 'failed' },
      { campaign: 'X', phone: '+5585988887704', status: 'skipped' }, { campaign: 'X', phone: '+5585988887705', status: 'notSent' }, { campaign: 'X', phone: '+5585988887706', status: 'dryRun' },
    ], 'BR', ['5585988887701', '5585988887702']],
    ['rows of a sheet that has a status of its own', [{ phone: '85988887701', status: 'failed' }], 'BR', ['5585988887701']],
    ['rows of an earlier run that are told by their words', [{ phone: '85988887701', status: 'failed' }, { phone: '85988887702', status: 'unsure' }], 'BR', ['5585988887702']],
    ['items of an earlier run that were refused', [{ json: { error: "'Phone' cannot be used [item 0]" } }, { campaign: 'X', phone: '+5585988887701', status: 'sent' }], 'BR', ['5585988887701']],
    ['nothing', '', 'BR', []],
  ] as const)('takes %s', (_, given, country, keys) => expect(people(given, country)).toEqual([...keys].map((key) => (key.startsWith('55859') ? expect.stringMatching(new RegExp(`^55859?${key.slice(5)}$`)) : expect.stringMatching(/^\d+$/)))));

  it.each([
    ['an entry that is no phone', ['+5585988887701', 'Maria'], "entry 2, 'Maria'"],
    ['a row without a phone', [{ nome: 'Ana' }], 'no column of a phone among nome'],
    ['what is no list', true, 'is not a list of phones'],
    ['a row that fails for another reason', [{ error: 'x', name: 'Ana' }], 'no column of a phone among error, name'],
    ['one of two that cannot be read', ['85988887701 / 123'], "entry 1, '85988887701 / 123'"],
  ])('refuses %s', (_, given, problem) => expect(people(given)).toContain(problem));
});
