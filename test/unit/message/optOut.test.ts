import { readOptOut, type OptOut } from '../../../nodes/shared/message/optOut';

const cases: Record<OptOut, string[]> = {
  yes: [
    // WhatsApp's own buttons, in three languages.
    'Parar promoções', 'Stop promotions', 'Detener promociones', 'Parar promoções ✋',
    // Words, with courtesy, capitals, marks, emoji.
    'SAIR', 'sair', 'Sair por favor', '*SAIR*', '"SAIR"', '“sair”', 'sair 👍', 'SAIR!!!', '_sair_', 's\u200bair'.replace('\u200b', ''), 'Quero sair', 'eu quero sair da lista', 'Oi, quero sair, obrigada', 'PARAR', 'pare', 'Parem por favor 🙏', 'Descadastre', 'descadastrar', 'Quero me descadastrar', 'Remover', 'remova', 'Desinscrever',
    'BAJA', 'Salir', 'quiero salir', 'Baja por favor', 'Dar de baja', 'darme de baja', 'dame de baja por favor', 'Desuscribirme',
    'STOP', 'Stop!', 'stop please', 'Unsubscribe', 'unsubscribe me', 'opt out', 'OPT-OUT', 'Please stop',
    // Sentences.
    'Não quero mais receber mensagens', 'nao quero receber promocoes', 'Não me mande mais mensagens', 'não me mandem mais nada', 'Parem de me mandar mensagem', 'pare de enviar', 'me tira da lista', 'Me tirem dessa lista por favor', 'tire meu número da lista', 'excluir meu cadastro da lista', 'Quero parar de receber mensagens', 'não desejo mais receber', 'Cancelar inscrição',
    'No quiero recibir más mensajes', 'no me envíen más publicidad', 'Dejen de enviar mensajes', 'quítenme de la lista',
    'Stop sending me messages', "Don't message me again", 'do not contact me', 'take me off this list', 'Remove me', 'no more messages', 'please remove my number',
    'cancelar mensagens', 'cancelar promoções',
  ],
  unsure: ['Cancelar', 'cancel', 'Retirar', 'excluir', 'Vou sair agora', 'não quero sair', 'não parem', "don't stop", 'no quiero salir', 'posso parar de receber só promoções?', 'Fim'],
  no: [
    'Oi', '', '   ', '👍', 'Quero 3 bolos', 'Não quero mais o bolo de cenoura', 'Não', 'não quero', 'Quando posso retirar o pedido?', 'Quero cancelar meu pedido de amanhã', 'cancelar a consulta de terça', 'Pode tirar a cebola?', 'Tire uma dúvida minha', 'Bom dia, tudo bem?', 'Para quantas pessoas?', 'é para hoje', 'Qual o fim do prazo?',
    'Where is the bus that goes to the market at the corner near your shop?', 'Me manda mais mensagens como essa', 'Quero receber promoções', '¿Cuánto cuesta?', 'recebi a mensagem, obrigado', 'end of the month works for me', 'sem açúcar, por favor',
  ],
};

describe.each(Object.entries(cases) as Array<[OptOut, string[]]>)('%s', (expected, texts) => {
  it.each(texts)('%j', (text) => expect(readOptOut(text)).toBe(expected));
});

it('"cancelar" answers a campaign', () => {
  expect(readOptOut('Cancelar', { answersCampaign: true })).toBe('yes');
  expect(readOptOut('quero cancelar meu pedido', { answersCampaign: true })).toBe('no');
});

it.each([undefined, null, 5, {}, ['sair']])('%p is no text', (value) => expect(readOptOut(value)).toBe('no'));

it('reads long texts in no time', () => {
  const began = Date.now();
  for (const text of ['sair '.repeat(200_000), 'não me '.repeat(570), `${'a'.repeat(3990)} sair`, '*'.repeat(4000)]) readOptOut(text);
  expect(Date.now() - began).toBeLessThan(500);
});
