import { nearNames, suggest } from '../../../nodes/shared/values/nearNames';

const names = ['vip', 'cliente-vip', 'orçamento', 'newsletter'];

test.each([['vipp', ['vip', 'cliente-vip'].slice(0, 1)], ['orcamneto', ['orçamento']], ['news', ['newsletter']], ['xyz', []]])('%s is near to %p', (wanted, near) => {
  expect(nearNames(names, wanted)).toEqual(near);
});

test('a sentence says what there is', () => {
  expect(suggest(names, 'orcamneto')).toBe('Did you mean orçamento?');
  expect(suggest(names, 'xyz')).toBe('There are: vip, cliente-vip, orçamento, newsletter.');
  expect(suggest([], 'xyz')).toBe('There are none.');
  expect(suggest(Array.from({ length: 10 }, (_, index) => `label${index}`), 'q')).toMatch(/ and 2 more\.$/);
});
