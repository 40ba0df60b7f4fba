/** Running commands one after the other with short headings and times; used by the other scripts here. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The path of a command that node_modules brings, e.g. `tool('jest')`. */
export const tool = (name) => join(root, 'node_modules', '.bin', name);

/**
 * Runs a command in the project's folder, its output going where ours goes.
 *
 * @param {string} command
 * @param {string[]} commandArguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} the exit code; 128 + n when signal n ended it
 */
export function run(command, commandArguments, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
    // The child hears Ctrl-C as well and closes what it opened; we wait for it.
    const pass = (signal) => child.kill(signal);
    const ignore = () => undefined;
    process.on('SIGTERM', pass).on('SIGINT', ignore);
    const forget = () => process.off('SIGTERM', pass).off('SIGINT', ignore);
    child.once('error', (error) => {
      forget();
      reject(error);
    });
    child.once('close', (code, signal) => {
      forget();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** Like `run`, but a non-zero exit code is thrown as an error that names the command. */
export async function mustRun(command, commandArguments, options) {
  const code = await run(command, commandArguments, options);
  if (code !== 0) throw new Error(`${[command, ...commandArguments].join(' ')} ended with exit code ${code}`);
}

/** Prints a heading, does the work, prints how long it took. */
export async function step(title, work) {
  console.log(`\n== ${title}`);
  const start = performance.now();
  try {
    return await work();
  } finally {
    console.log(`-- ${title}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
}

/** Runs a script's main function; an error is printed as one line and makes the exit code 1. */
export function main(work) {
  work().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
