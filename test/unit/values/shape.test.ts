import { masked } from '../../../nodes/shared/values/masked';
import { differences, type Shape } from '../../../nodes/shared/values/shape';

const named = { Contact: { p: { id: 'n', name: 's0', status: { k: '0', e: ['open', 'done'] }, fields: 'o', kin: { i: '#Contact' } }, r: ['id', 'name'] } as Shape };
const found = (value: unknown, shape: Shape = '#Contact') => {
  const { wrong, unknown } = differences(value, shape, named);
  return [...wrong, ...[...unknown].map((key) => `new: ${key}`)];
};

describe('differences', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing', { id: 1, name: null, status: 'open', fields: { 'Ana Souza': 1 }, kin: [{ id: 2, name: 'b' }] }, []],
    ['a key that is missing', { id: 1 }, ['name is missing']],
    ['another kind', { id: '1', name: 'a' }, ['id is text, not a number']],
    ['null where there is none', { id: null, name: 'a' }, ['id is null, not a number']],
    ['an unknown word', { id: 1, name: 'a', status: 'on_hold' }, ["status is 'on_hold', not one of the known words"]],
    ['a sentence where a word belongs', { id: 1, name: 'a', status: 'ana' }, ['status is another text, not one of the known words']],
    ['a list where a record belongs', [{}], ['the answer is a list, not an object']],
    ['in a row of a list, once', { id: 1, name: 'a', kin: [{ id: 'x', name: 'b' }, { id: 'y', name: 'b' }] }, ['kin[].id is text, not a number']],
    ['a new key of a record', { id: 1, name: 'a', plan: 2 }, ['new: plan']],
    ['keys that may be data', { id: 1, name: 'a', 'Ana Souza': 2 }, ['new: *']],
    ['a map where a record belongs', { ana: 1, joao: 2 }, ['id is missing', 'name is missing', 'new: *']],
  ])('tells %s', (_, value, lines) => {
    expect(found(value)).toEqual(lines);
  });

  it('holds a value of several kinds to the one that fits best', () => {
    const either: Shape = { u: ['#Contact', { i: '#Contact' }] };
    expect(found([{ id: 1, name: 'a' }], either)).toEqual([]);
    expect(found([{ id: 1 }], either)).toEqual(['[].name is missing']);
  });
});

describe('masked', () => {
  const people = ['Ana Souza', '+5585988887777', '85988887777', 'ana@example.com', 'https://a.example/ana', 'Oi, tudo bem?', '000.000.000-00', 'segredo', '2026-05-01'];

  it('leaves nothing of names, phones, e-mails and texts, under known, new and free keys', () => {
    const record = (name: unknown) => ({ id: 85988887777, name, status: name, fields: { [String(name)]: name }, plan: { deep: [[name]] }, kin: [{ id: 1, name }] });
    for (const one of people) {
      for (const value of [record(one), [record(one), record(one)], { [one]: one }, one]) {
        const text = JSON.stringify([masked(value, '#Contact', named), masked(value, '*', named), masked(value, { i: '#Contact' }, named), found(value)]);
        expect(text).not.toContain(one);
        expect(text).not.toContain('85988887777');
      }
    }
  });

  it('keeps what it looks like', () => {
    expect(masked({ id: 12, name: 'Ana', status: 'open', fields: { cpf: '1' }, kin: [], active: true, url: 'https://a.example', at: '2026-05-01T10:00:00.000Z', phone: '+55 85 98888-7777' }, '#Contact', named)).toEqual({
      id: 'number, 2 digits', name: 'text, 3 characters', status: 'open', fields: { 'key 1': 'text of 1 digits' }, kin: [], active: true, url: 'address, 17 characters', at: 'time, ISO 8601', phone: '+ and 13 digits',
    });
  });
});
