import { seal, unseal } from '../../../nodes/shared/trigger/sealed';

it('a sealed secret is read with the same token only, and looks different each time', () => {
  const sealed = seal('segredo-ção', 'token-1');
  expect(sealed).not.toContain('segredo');
  expect(seal('segredo-ção', 'token-1')).not.toBe(sealed);
  expect(unseal(sealed, 'token-1')).toBe('segredo-ção');
  expect(unseal(sealed, 'token-2')).toBeNull();
});

it.each(['', 'plain secret', 'a.b.c', `${seal('x', 't')}x.y`, seal('x', 't').slice(0, -3)])('%s is no sealed secret', (text) => expect(unseal(text, 't')).toBeNull());
