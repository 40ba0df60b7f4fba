/** SECURITY.md: each promise names tests that hold it, and each of them is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const promises = page.slice(page.indexOf('## What is promised'), page.indexOf('## For those who work'));
const named = [...promises.matchAll(/^ {2}- `([^`]+)`: (.+)$/gm)].map(([, file = '', name = '']) => ({ file, name }));

/** The titles of the tests in a file, as they are written there. */
function titlesIn(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(/\b(?:it|test)(?:\.each(?:<[^>]*>)?\([^]*?\))?\(\s*(['"`])(.*?)\1\s*,|^\s*\]\)\((['"`])(.*?)\3\s*,/gm)].map((match) => match[2] ?? match[4] ?? '');
}

test('there are promises, and each has a test', () => {
  const sentences = promises.split('\n').filter((line) => line.startsWith('- '));
  expect(sentences.length).toBeGreaterThan(10);
  const lines = promises.split('\n');
  expect(lines.filter((line, index) => line.startsWith('- ') && !lines[index + 1]?.startsWith('  - `'))).toEqual([]);
});

test.each(named)('$file has the test "$name"', ({ file, name }) => {
  expect(existsSync(join(root, file))).toBe(true);
  expect(titlesIn(file)).toContain(name);
});
