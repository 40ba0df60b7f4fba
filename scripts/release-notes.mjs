/**
 * `node scripts/release-notes.mjs v1.2.3`: prints what the changelog says of that version. Fails when the tag is not the
 * version in package.json, or the changelog has no dated section with text for it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { root } from './steps.mjs';

/**
 * @param {string} tag
 * @param {string} version of package.json
 * @param {string} changelog in the form of Keep a Changelog
 * @returns {string} the section's text
 * @throws Error that says what does not agree
 */
export function releaseNotes(tag, version, changelog) {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, but package.json has version ${version}.`);
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`[${version}]`) || text.startsWith(`${version} `));
  const [heading = '', ...lines] = (section ?? '').split('\n');
  const notes = lines.join('\n').trim();
  if (!/\d{4}-\d\d-\d\d/.test(heading) || notes === '') throw new Error(`CHANGELOG.md has no section "## ${version} – YYYY-MM-DD" with text below it.`);
  return notes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    console.log(releaseNotes(process.argv[2] ?? '', version, readFileSync(join(root, 'CHANGELOG.md'), 'utf8')));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
