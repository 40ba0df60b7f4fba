/**
 * Builds what is published into dist/: compiled nodes and credentials, icons, codex files, output schemas.
 * `gulp build` does everything; `gulp watch` repeats it on every change.
 */
const { execFile } = require('node:child_process');
const { readFile, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, series, src, watch } = require('gulp');

const output = join(__dirname, 'dist');
const assets = ['nodes/**/*.svg', 'credentials/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
/** Modules that take a library into their compiled file, since the package has no runtime dependency. */
const bundled = ['nodes/shared/phone.ts'];

function clean() {
  return rm(output, { recursive: true, force: true });
}

async function compile() {
  const compiler = join(require.resolve('typescript/package.json'), '..', 'bin', 'tsc');
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.json', '--outDir', output], { cwd: __dirname, maxBuffer: 1 << 26 });
  } catch (error) {
    throw new Error(`The type check failed:\n${error.stdout || error.message}`);
  }
}

function copy() {
  return src(assets, { base: '.', encoding: false, allowEmpty: true }).pipe(dest(output));
}

async function bundle() {
  const library = join(__dirname, 'node_modules', 'libphonenumber-js');
  const [{ version }, mit, apache] = await Promise.all([
    readFile(join(library, 'package.json'), 'utf8').then(JSON.parse),
    readFile(join(library, 'LICENSE'), 'utf8'),
    readFile(join(library, 'LICENSE.Apache'), 'utf8'),
  ]);
  const origin = `libphonenumber-js ${version} (https://gitlab.com/catamphetamine/libphonenumber-js), a rewrite of Google's libphonenumber`;
  await Promise.all([
    ...bundled.map((file) =>
      esbuild.build({
        entryPoints: [join(__dirname, file)],
        outfile: join(output, file.replace(/\.ts$/, '.js')),
        bundle: true,
        format: 'cjs',
        platform: 'node',
        target: 'es2022',
        external: ['n8n-workflow'],
        // Left readable: reviewers and n8n's scanner read what is published.
        minify: false,
        banner: { js: `/*! This file contains ${origin}. Its licences are in dist/THIRD-PARTY-LICENSES.txt. */` },
        logLevel: 'warning',
      })),
    writeFile(
      join(output, 'THIRD-PARTY-LICENSES.txt'),
      `${bundled.join(', ').replaceAll('.ts', '.js')} contains ${origin}.\n\nThe code:\n\n${mit}\n\nThe numbering plans, generated from Google's libphonenumber:\n\n${apache}`,
    ),
  ]);
}

const build = series(clean, compile, copy, bundle);

function onChange() {
  watch(['nodes/**/*', 'credentials/**/*', 'tsconfig.json'], { ignoreInitial: false }, build);
}

exports.build = build;
exports.watch = onChange;
exports.default = build;
