import { spokenDecision } from '../../../nodes/shared/message/spokenDecision';

const plain = { approve: 'Approve', decline: 'Decline' };

it.each([
  ['sim', 'approve'], ['Sim!', 'approve'], ['Sim, pode', 'approve'], ['SÍ', 'approve'], ['sí, claro, gracias', 'approve'], ['yes please', 'approve'], ['approve', 'approve'], ['Aprovado ✅', 'approve'],
  ['não', 'decline'], ['Nao, obrigado', 'decline'], ['no', 'decline'], ['No, gracias.', 'decline'], ['Decline', 'decline'],
])('%s: %s', (text, decision) => {
  expect(spokenDecision(text, plain)).toBe(decision);
});

it.each(['', 'ok', '👍', 'obrigado', 'sim, mas amanhã', 'não sei', 'sim ou não?', 'sim não', 'yes, but later', 'can you approve the other one', 'nothing', 'notes'])('takes no guess at "%s"', (text) => {
  expect(spokenDecision(text, plain)).toBeUndefined();
});

it('hears the labels that were given, in any spelling', () => {
  const labels = { approve: 'Fechar pedido 🎉', decline: 'Agora não' };
  expect(spokenDecision('fechar PEDIDO', labels)).toBe('approve');
  expect(spokenDecision('agora nao', labels)).toBe('decline');
  expect(spokenDecision('👍', { approve: '👍', decline: '👎' })).toBe('approve');
});

it('hears no common words where the labels say the contrary, or the same', () => {
  expect(spokenDecision('não', { approve: 'Não', decline: 'Sim' })).toBe('approve');
  expect(spokenDecision('no', { approve: 'Não', decline: 'Sim' })).toBeUndefined();
  expect(spokenDecision('pode', { approve: 'Não', decline: 'Sim' })).toBeUndefined();
  expect(spokenDecision('x', { approve: 'X', decline: 'x' })).toBeUndefined();
});
