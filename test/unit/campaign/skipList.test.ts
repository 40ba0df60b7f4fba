import { readSkipList } from '../../../nodes/shared/campaign/skipList';

const people = (given: unknown, country: 'BR' | 'MX' | 'PT' = 'BR') => {
  const read = readSkipList(given, country);
  return 'problem' in read ? read.problem : [...read.people];
};

describe('readSkipList', () => {
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
    ['nothing', '', 'BR', []],
  ] as const)('takes %s', (_, given, country, keys) => expect(people(given, country)).toEqual([...keys].map((key) => (key.startsWith('55859') ? expect.stringMatching(new RegExp(`^55859?${key.slice(5)}$`)) : expect.stringMatching(/^\d+$/)))));

  it.each([
    ['an entry that is no phone', ['+5585988887701', 'Maria'], 'has an entry that is not a phone (number 2): Maria'],
    ['a row without a phone', [{ nome: 'Ana' }], 'has an entry without a phone (number 1): {"nome":"Ana"}'],
    ['an object', { phone: '85988887701' }, 'is not a list'],
    ['one of two that cannot be read', ['85988887701 / 123'], 'has an entry that is not a phone (number 1): 85988887701 / 123'],
  ])('refuses %s', (_, given, problem) => expect(people(given)).toBe(problem));
});
