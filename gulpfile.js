/**
 * Builds what is published into dist/: one file for each node, credential and shared module, with icons, codex files and
 * output schemas. `gulp build` does everything; `gulp watch` repeats it on every change.
 */
const { execFile } = require('node:child_process');
const { readdir, readFile, rename, rm, writeFile } = require('node:fs/promises');
const { dirname, join, relative, resolve, sep } = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');
const manifest = require('./package.json');

const published = join(__dirname, 'dist');
/** Where it is built first, so that dist/ is whole at any time: an n8n may be loading it. */
const output = join(__dirname, 'artifacts', `dist-${process.pid}`);
const shared = join(__dirname, 'nodes', 'shared');
const assets = ['nodes/**/*.svg', 'credentials/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];

function clean() {
  return rm(output, { recursive: true, force: true });
}

async function checkTypes() {
  const compiler = join(require.resolve('typescript/package.json'), '..', 'bin', 'tsc');
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--noEmit'], { cwd: __dirname, maxBuffer: 1 << 26 });
  } catch (error) {
    throw new Error(`The type check failed:\n${error.stdout || error.message}`);
  }
}

/** The folder of the published file that a source ends up in: nodes/<Vendor> or credentials. */
function entryFolder(source) {
  const [top, vendor] = relative(__dirname, source).split(sep);
  return top === 'nodes' ? join(__dirname, top, vendor) : join(__dirname, top);
}

/** The modules of nodes/shared stay files of their own: all nodes of a process share their rate limits. */
const sharedModules = {
  name: 'shared-modules',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point') return undefined;
      const target = resolve(dirname(importer), path);
      if (!target.startsWith(shared + sep)) return undefined;
      const from = importer.startsWith(shared + sep) ? dirname(importer) : entryFolder(importer);
      const module = relative(from, target).split(sep).join('/');
      return { path: module.startsWith('.') ? module : `./${module}`, external: true };
    });
  },
};

/** A file for each node loads several times as fast as the hundreds of modules that it is made of. */
async function compile() {
  const sources = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((file) => file.replace(/^dist\/(.*)\.js$/, '$1.ts'));
  const modules = (await readdir(shared, { recursive: true })).filter((file) => file.endsWith('.ts')).map((file) => `nodes/shared/${file.split(sep).join('/')}`);
  await esbuild.build({
    absWorkingDir: __dirname,
    entryPoints: [...sources, ...modules],
    outdir: output,
    outbase: __dirname,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    external: ['n8n-workflow'],
    plugins: [sharedModules],
    // Left readable: reviewers and n8n's scanner read what is published.
    minify: false,
    logLevel: 'warning',
  });
}

function copy() {
  return src(assets, { base: '.', encoding: false, allowEmpty: true }).pipe(dest(output));
}

/** phone.js contains a library, since the package has no runtime dependency. */
async function addLicences() {
  const library = join(__dirname, 'node_modules', 'libphonenumber-js');
  const file = join('nodes', 'shared', 'phone', 'phone.js');
  const [{ version }, mit, apache, code] = await Promise.all([
    readFile(join(library, 'package.json'), 'utf8').then(JSON.parse),
    readFile(join(library, 'LICENSE'), 'utf8'),
    readFile(join(library, 'LICENSE.Apache'), 'utf8'),
    readFile(join(output, file), 'utf8'),
  ]);
  const origin = `libphonenumber-js ${version} (https://gitlab.com/catamphetamine/libphonenumber-js), a rewrite of Google's libphonenumber`;
  await Promise.all([
    writeFile(join(output, file), `/*! This file contains ${origin}. Its licences are in dist/THIRD-PARTY-LICENSES.txt. */\n${code}`),
    writeFile(
      join(output, 'THIRD-PARTY-LICENSES.txt'),
      `nodes/shared/phone/phone.js contains ${origin}.\n\nThe code:\n\n${mit}\n\nThe numbering plans, generated from Google's libphonenumber:\n\n${apache}`,
    ),
  ]);
}

async function publish() {
  await rm(published, { recursive: true, force: true });
  await rename(output, published);
}

const build = series(clean, parallel(checkTypes, series(compile, addLicences), copy), publish);

function onChange() {
  watch(['nodes/**/*', 'credentials/**/*', 'tsconfig*.json'], { ignoreInitial: false }, build);
}

exports.build = build;
exports.watch = onChange;
exports.default = build;
