import type { DefaultCountry } from '../../nodes/shared/phone/phone';

/** Lists as people and earlier runs give them, and the keys that they have to hold, or the word that the refusal has to say. */
export const lists: Array<[what: string, country: DefaultCountry, list: unknown, keys: string[] | string]> = [
  ['of home', 'PT', ['912 345 678'], ['351912345678']],
  ['rows by their columns', 'BR', [{ telefone: '85988887701' }, { Telefone: '(85) 98888-7702' }, { whatsapp: 5585988887703 }, { phone: '+5585988887704' }], ['558588887701', '558588887702', '558588887703', '558588887704']],
  ["n8n's items", 'BR', [{ json: { Nome: 'Ana', Celular: '85988887701' } }], ['558588887701']],
  ['as lead forms and people write', 'BR', ['p:+5585988887701', '85988887702 Maria', '(85) 98888-7703 / (85) 3333-4444'], ['558588887701', '558588887702', '558588887703', '558533334444']],
  ['as text', 'BR', '85988887701; 85988887702\n85988887703, 85988887704|85988887705', ['558588887701', '558588887702', '558588887703', '558588887704', '558588887705']],
  ['as JSON', 'BR', '["85988887701", {"phone": "85988887702"}]', ['558588887701', '558588887702']],
  ["an earlier run's rows", 'BR', [
    { phone: '+5585988887701', status: 'sent' }, { phone: '+5585988887702', status: 'unsure' }, { phone: '+5585988887703', status: 'failed' },
    { phone: '+5585988887704', status: 'skipped' }, { phone: '+5585988887705', status: 'notSent' }, { phone: '+5585988887706', status: 'dryRun' },
  ], ['558588887701', '558588887702']],
  ['one person in two spellings', 'MX', ['+5215512345678', '5512345678'], ['5215512345678']],
  ['a number that nobody has', 'BR', ['85988887701', '8598888'], "entry 2, '8598888'"],
  ['a row without a phone', 'BR', [{ nome: 'Ana' }], 'no column of a phone among nome'],
  ['a number with a digit too many', 'BR', ['(91) 98123-45678'], "entry 1, '(91) 98123-45678'"],
  ['words', 'BR', ['Ana'], "entry 1, 'Ana'"],
  ['no list', 'BR', true, 'is not a list of phones'],
  ['empty cells', 'BR', ['', null, '-', '85988887701'], ['558588887701']],
];
