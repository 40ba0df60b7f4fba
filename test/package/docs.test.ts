import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { callbell } from '../../nodes/Callbell/transport/client';
import { chatwoot } from '../../nodes/Chatwoot/transport/client';
import { kinbox } from '../../nodes/Kinbox/transport/client';
import { toCommonContact } from '../../nodes/Kinbox/actions/contact/contact';
import { callOptions } from '../../nodes/shared/operation/callOptions';
import { toE164 } from '../../nodes/shared/phone/phone';
import { endMarker, startMarker } from '../../scripts/operations-page';
import { filesBelow, fromRoot, root } from '../../scripts/nodes';

const developersMarker = '<!-- developers:start -->';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as { scripts: Record<string, string>; devDependencies: Record<string, string> };

const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'test/harness/README.md', 'test/e2e/README.md', 'test/n8n/README.md', ...filesBelow(join(root, 'docs')).map(fromRoot).filter((file) => file.endsWith('.md'))];
const guides = ['docs/guia-pt.md', 'docs/guia-es.md'];

const withoutCode = (page: string) => page.replace(/^( *)```[\s\S]*?^\1```$/gm, '');
/** Code blocks and code in the line. */
const codeOf = (page: string) => [...page.matchAll(/^```\w*\n([\s\S]*?)^```$/gm), ...withoutCode(page).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? '');

function withoutTable(page: string): string {
	const start = page.indexOf(startMarker);
	return start < 0 ? page : page.slice(0, start) + page.slice(page.indexOf(endMarker));
}

const headings = (page: string) => [...withoutCode(page).matchAll(/^(#+) (.+)$/gm)].map(([, marks, text]) => ({ level: marks?.length ?? 0, text: text ?? '' }));

/** As GitHub makes them. */
const anchorsOf = (page: string) => headings(page).map(({ text }) => text.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));

function brokenLinks(file: string): string[] {
	const targets = [...withoutCode(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
	return targets.filter((target) => {
		if (/^[a-z]+:/i.test(target)) return !/^(https:\/\/|mailto:)/.test(target) || !URL.canParse(target);
		const [path = '', anchor] = target.split('#');
		const found = path === '' ? join(root, file) : join(root, dirname(file), path);
		if (!existsSync(found)) return true;
		return anchor !== undefined && (!statSync(found).isFile() || !anchorsOf(readFileSync(found, 'utf8')).includes(anchor));
	});
}

describe('the pages', () => {
	test.each(pages)('%s has no link that leads nowhere', (file) => {
		expect(brokenLinks(file)).toEqual([]);
	});

	test.each(pages)('%s names only commands that exist', (file) => {
		const code = codeOf(read(file)).join('\n');
		const scripts = [...code.matchAll(/\bnpm (?:run )?(start|test|(?<=run )[\w:-]+)/g)].map(([, name]) => name ?? '');
		expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([]);
		const files = [...code.matchAll(/\bnode (scripts\/[\w./-]+)/g), ...code.matchAll(/(?<![\w./-])((?:test|scripts|nodes|credentials|docs)\/[\w./-]+\.\w+)/g)].map(([, path]) => path ?? '');
		expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
	});

	test('pictures are small, and each is shown somewhere', () => {
		const pictures = filesBelow(join(root, 'docs', 'images'));
		expect(pictures.length).toBeGreaterThan(0);
		expect(pictures.filter((file) => !file.endsWith('.png') || statSync(file).size >= 300_000)).toEqual([]);
		const shown = pages.flatMap((page) => [...read(page).matchAll(/!\[[^\]]+\]\(([^)\s]+)\)/g)].map(([, path]) => join(root, dirname(page), path ?? '')));
		expect(pictures.filter((file) => !shown.includes(file))).toEqual([]);
	});

	test('code in CONTRIBUTING.md stands like that in the file it names', () => {
		const blocks = [...read('CONTRIBUTING.md').matchAll(/^```ts\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)];
		expect(blocks.length).toBeGreaterThanOrEqual(4);
		for (const [, file = '', code = ''] of blocks) expect(read(file)).toContain(code);
	});

	test('the README names both commands for a fresh clone', () => {
		expect(codeOf(read('README.md')).map((code) => code.trim())).toEqual(expect.arrayContaining(['npm start', 'npm test', 'npm start -- --once']));
	});
});

describe('the guides in other languages', () => {
	const readme = read('README.md');
	const userPart = readme.slice(0, readme.indexOf(developersMarker));

	test('the README has a part for users', () => {
		expect(userPart.length).toBeGreaterThan(2000);
	});

	test.each(guides)('%s has the sections of the README\'s part for users', (file) => {
		const levels = (page: string) => headings(withoutTable(page)).map(({ level }) => level);
		expect(levels(read(file))).toEqual(levels(userPart));
	});

	test.each(guides)('%s has the same steps, rows and blocks in each section', (file) => {
		const shape = (page: string) => withoutTable(page).split(/^#+ .+$/m).slice(2).map((section) => ({
			rows: section.match(/^\|/gm)?.length ?? 0,
			steps: section.match(/^\d\. /gm)?.length ?? 0,
			points: section.match(/^- /gm)?.length ?? 0,
			blocks: section.match(/^```/gm)?.length ?? 0,
		}));
		expect(shape(read(file))).toEqual(shape(userPart));
	});

	test.each(guides)('%s has the same blocks of code', (file) => {
		const blocks = (page: string) => [...page.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
		expect(blocks(read(file))).toEqual(blocks(userPart));
	});
});

describe.each(['README.md', ...guides])('%s says what the code does', (file) => {
	const page = read(file);

	test('options and their defaults', () => {
		const options = (callOptions(1).options ?? []) as Array<{ displayName: string; name: string; default: unknown }>;
		const rows = new Map([...page.matchAll(/^\| (Add Summary Item|Give Up After|Parallel Requests|Timeout) \| ([^|]+) \|/gm)].map(([, name, value]) => [name, value?.trim() ?? '']));
		expect([...rows.keys()].sort()).toEqual(options.map(({ displayName }) => displayName).sort());
		for (const { displayName, default: value } of options) if (typeof value === 'number' && displayName !== 'Parallel Requests') expect(rows.get(displayName)).toMatch(new RegExp(`^${value} `));
		expect(rows.get('Parallel Requests')).toBe([kinbox, chatwoot, callbell].map(({ name, parallelRequests }) => `${name} ${parallelRequests}`).join(', '));
	});

	test('keys of the common contact', () => {
		const named = [...page.matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)].flatMap(([, keys]) => (keys ?? '').replaceAll('`', '').split(', '));
		expect(named.sort()).toEqual(Object.keys(toCommonContact({})).sort());
	});

	test('phones', () => {
		for (const phone of ['+55 85 98888-7777', '(85) 98888-7777', '085 98888 7777']) {
			expect(page).toContain(`\`${phone}\``);
			expect(toE164(phone, { defaultCountry: 'BR' })).toMatchObject({ ok: true, e164: '+5585988887777' });
		}
		expect(page).toContain('`00351 912 345 678`');
		expect(toE164('00351 912 345 678', { defaultCountry: 'BR' })).toMatchObject({ ok: true, e164: '+351912345678' });
		expect(toE164('5.58599E+12', { defaultCountry: 'BR' })).toMatchObject({ ok: false, code: 'rounded' });
		const quoted = /^> 'Phone' cannot be used as a phone number: (.+) \[item 3\]$/m.exec(page)?.[1];
		expect(toE164('ask him', { defaultCountry: 'BR' })).toMatchObject({ ok: false, reason: quoted });
	});

	test('published limits', () => {
		expect(chatwoot.limit).toEqual({ requests: 3000, windowMs: 60_000 });
		expect(callbell.limit).toEqual({ requests: 300 });
		expect(kinbox.limit).toEqual({});
		expect(page).toMatch(/^\|[^|]+\|[^|]+\| 3000 [^|]+\| 300 /m);
	});

	test('versions', () => {
		const pinned = (JSON.parse(read('test/n8n/package.json')) as { dependencies: { n8n: string } }).dependencies.n8n;
		expect(page).toContain(pinned);
		expect(page).toContain(manifest.devDependencies['n8n-core'] ?? 'n8n-core');
		for (const folder of ['n8n-1-oldest', 'n8n-1-last', 'n8n-2-first']) {
			expect(page).toContain((JSON.parse(read(`test/versions/${folder}/package.json`)) as { dependencies: { n8n: string } }).dependencies.n8n);
		}
	});
});
