/** One text. */
export interface TextCase {
  text: unknown;
  format?: 'asIs' | 'html' | 'markdown';
  isRight: boolean;
}

const pix = '00020126580014br.gov.bcb.pix0136a629532e-7693-4846-852d-1bbff817b5a8520400005303986540510.005802BR5913Loja Exemplo6009SAO PAULO62070503***6304ABCD';

/** Texts that go out, awkward ones among them. */
export const rightTexts: TextCase[] = [
  'Olá Ana', '*Pedido* _confirmado_', 'Use o código <NATAL10>', `${pix}\n\n${pix}`, 'linha 1\nlinha 2\n\nlinha 3', '1042', 1042, 'a'.repeat(4096), '😀'.repeat(100), '  Olá  ', 'Ol\u200bá', '12*34*56 __init__', '# título\n- item', 'https://example.com/a_b_c', '5 > 3 && 2 < 4', '```80```',
].map((text) => ({ text, isRight: true as boolean })).concat(
  [{ text: '**Pedido** confirmado\n# Itens\n[ver](https://a.example)', format: 'markdown' }, { text: '<p>Olá <b>Ana</b></p><ul><li>um</li></ul>', format: 'html' }].map((one) => ({ ...one, isRight: true }) as never),
);

/** Texts that must not leave. */
export const wrongTexts: TextCase[] = ['', '   ', '\u200b\u2060', 'Itens: [object Object]', 'undefined', 'null', { a: 1 }, ['a', 'b'], 'a'.repeat(4097), '<p>Olá</p>'].map((text) => ({ text, isRight: false }));

/** Texts with braces: Chatwoot keeps them by escaping; the others have no way to. */
export const braceTexts = ['Olá {{1}}', 'Olá {{ contact.name }}', 'Olá {nome}', '{% if a %}b{% endif %}'];

/** Files by the ending of their address: as what, and whether WhatsApp takes it. */
export const files: Array<{ as: 'audio' | 'document' | 'image' | 'video'; ending: string; isRight: boolean }> = [
  ...(['jpg', 'jpeg', 'png'] as const).map((ending) => ({ as: 'image' as const, ending, isRight: true })),
  ...(['webp', 'gif', 'heic', 'svg', 'pdf', 'mp4', 'mp3'] as const).map((ending) => ({ as: 'image' as const, ending, isRight: false })),
  ...(['mp4', '3gp'] as const).map((ending) => ({ as: 'video' as const, ending, isRight: true })),
  ...(['mov', 'avi', 'webm', 'jpg'] as const).map((ending) => ({ as: 'video' as const, ending, isRight: false })),
  ...(['mp3', 'ogg', 'm4a', 'aac', 'amr', 'opus'] as const).map((ending) => ({ as: 'audio' as const, ending, isRight: true })),
  ...(['wav', 'flac', 'pdf'] as const).map((ending) => ({ as: 'audio' as const, ending, isRight: false })),
  ...(['pdf', 'docx', 'xlsx', 'txt', 'csv', 'zip'] as const).map((ending) => ({ as: 'document' as const, ending, isRight: true })),
];

/** Types of input files, and whether WhatsApp takes them. */
export const types: Array<{ mimeType: string; fileName: string; isRight: boolean }> = [
  ['image/jpeg', 'a.jpg', true], ['image/png', 'a.png', true], ['application/octet-stream', 'a.jpg', true], ['', 'a.pdf', true], ['application/pdf', 'Nota fiscal.pdf', true], ['audio/mpeg', 'a.mp3', true], ['audio/ogg', 'a.ogg', true],
  ['video/mp4', 'a.mp4', true], ['application/zip', 'a.zip', true], ['image/webp', 'a.webp', false], ['image/gif', 'a.gif', false], ['video/quicktime', 'a.mov', false], ['audio/wav', 'a.wav', false], ['application/octet-stream', 'a.webp', false],
].map(([mimeType, fileName, isRight]) => ({ mimeType, fileName, isRight }) as never);

const titles = (count: number, length = 5) => Array.from({ length: count }, (_, index) => ({ title: `${index}`.padEnd(length, 'x'), value: `v${index}` }));

/** Options to choose from, and whether WhatsApp takes them. */
export const options: Array<{ what: string; options: Array<{ title: unknown; value?: unknown }>; isRight: boolean }> = [
  ['one', titles(1), true], ['three of 20', titles(3, 20), true], ['four of 24', titles(4, 24), true], ['ten', titles(10), true], ['without values', [{ title: 'Sim' }, { title: 'Não' }], true], ['emoji', [{ title: '👍 Sim' }], true],
  ['eleven', titles(11), false], ['three of 21', titles(3, 21), false], ['four of 25', titles(4, 25), false], ['none', [], false], ['the same twice', [{ title: 'Sim', value: 'a' }, { title: 'Não', value: 'a' }], false],
  ['the same title twice', [{ title: 'Sim', value: 'a' }, { title: 'Sim', value: 'b' }], false], ['an empty title', [{ title: ' ' }], false], ['an invisible title', [{ title: '\u200b' }], false], ['an object', [{ title: { a: 1 } }], false],
].map(([what, list, isRight]) => ({ what, options: list, isRight }) as never);
