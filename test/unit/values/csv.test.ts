import { decodeCsv, parseCsv, toCsv } from '../../../nodes/shared/values/csv';
import { cpuTime } from '../../harness/cpuTime';

const utf16 = (text: string, bigEndian = false) => {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

test.each([
  ['UTF-8', Buffer.from('João;ção'), 'utf-8'],
  ['UTF-8 with its mark', Buffer.from('\uFEFFJoão;ção'), 'utf-8'],
  ['what Excel writes in Brazil', Buffer.from('João;ção', 'latin1'), 'windows-1252'],
  ['UTF-16 with its mark', utf16('\uFEFFJoão;ção'), 'utf-16'],
  ['UTF-16 without', utf16('João;ção'), 'utf-16'],
  ['UTF-16, the other way round', utf16('\uFEFFJoão;ção', true), 'utf-16'],
])('%s is read', (_what, bytes, encoding) => {
  expect(decodeCsv(bytes)).toEqual({ text: 'João;ção', encoding });
});

test.each([['an Excel workbook', Buffer.from('PK\u0003\u0004....')], ['a PDF', Buffer.from('%PDF-1.7')], ['bytes', Buffer.from([1, 0, 0, 0, 2, 3, 4, 5, 6, 7, 8, 9])]])('%s is refused', (_what, bytes) => {
  expect(decodeCsv(bytes)).toHaveProperty('problem');
});

test.each<[string, string, string[][]]>([
  ['commas', 'a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
  ['semicolons', 'a;b\r\n1,5;2\r\n', [['a', 'b'], ['1,5', '2']]],
  ['tabs', 'a\tb\n1\t2', [['a', 'b'], ['1', '2']]],
  ["Excel's first line", 'sep=;\na;b,c\n1;2', [['a', 'b,c'], ['1', '2']]],
  ['quotes, with breaks and quotes in them', '"a;x",b\n"1\n2","say ""hi"""\n', [['a;x', 'b'], ['1\n2', 'say "hi"']]],
  ['empty lines', 'a,b\n\n , \n1,2\n\n', [['a', 'b'], ['1', '2']]],
])('%s are taken apart', (_what, text, cells) => {
  const parsed = parseCsv(text);
  expect('rows' in parsed && parsed.rows.map((row) => row.cells)).toEqual(cells);
});

test('lines are counted as an editor shows them', () => {
  expect(parseCsv('a,b\n"1\n1",2\n3,4')).toMatchObject({ rows: [{ line: 1 }, { line: 2 }, { line: 4 }] });
  expect(parseCsv('a,b\n1,"2\n3,4')).toEqual({ openQuote: 2 });
});

test('what is written is read back', () => {
  const rows = [['a', 'b,c'], ['"x"', 'y\nz']];
  const parsed = parseCsv(toCsv(rows));
  expect('rows' in parsed && parsed.rows.map(({ cells }) => cells)).toEqual(rows);
});

test('a large file takes a time that grows with its length alone', () => {
  const text = `name,email\n${'"a'.repeat(10)}"\n${'x,"y""z"\n'.repeat(200_000)}`;
  const started = cpuTime();
  parseCsv(text);
  expect(cpuTime() - started).toBeLessThan(3000);
});
