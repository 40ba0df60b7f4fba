/**
 * `npm start`: the sandbox's Kinbox, Chatwoot and Callbell, and a real n8n with our nodes beside them. Imports the
 * examples, runs the main one, tells what came of it, and stays up until Ctrl-C; with `--once` it ends then.
 *
 * Exit code 1 when the example did not do what it should or a request broke a vendor's contract.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { startSandbox, type Sandbox } from '../sandbox';
import { createExampleCredentials, exampleFiles, mainExample, readExample } from './examples';
import { problemsOf, takeStock, travelSince, type LeadTravel } from './leadTravel';
import { startN8n, type N8n } from './n8n';

const { values: flags } = parseArgs({ options: { once: { type: 'boolean', default: false }, port: { type: 'string', default: '5678' } } });

let n8n: N8n | undefined;
let sandbox: Sandbox | undefined;
const userFolder = mkdtempSync(join(tmpdir(), 'n8n-start-'));

let closing: Promise<void> | undefined;
/** Stops n8n, then the sandbox, and removes n8n's data. Can be called more than once. */
function close(): Promise<void> {
  closing ??= (async () => {
    await n8n?.stop();
    await sandbox?.close();
    rmSync(userFolder, { recursive: true, force: true });
  })();
  return closing;
}

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second time: at once. n8n is ended with this process.
    if (interrupted) process.exit(130);
    interrupted = true;
    console.log('\nStopping …');
    void close().then(() => process.exit(process.exitCode ?? 0));
  });
}

async function main(): Promise<void> {
  sandbox = await startSandbox();
  console.log('\nStarting n8n with the package installed …');
  const port = Number(flags.port);
  n8n = await startN8n({ userFolder, packageDirectory: resolve(__dirname, '../..'), ...((await isFree(port)) ? { port } : {}) });

  const credentials = await createExampleCredentials(n8n.client, sandbox);
  let mainId = '';
  for (const file of exampleFiles()) {
    // Accounts of other services, such as the AI agent's model, are the person's own to choose.
    const { id } = await n8n.client.importWorkflow(readExample(file), credentials, 'leaveOut');
    if (file === mainExample) mainId = id;
  }
  // Published, so that its webhook takes leads, too.
  await n8n.client.activate(mainId);

  const before = takeStock(sandbox);
  const execution = await n8n.client.runWorkflow(mainId);
  await sandbox.settled();
  const travel = travelSince(before, sandbox, execution);
  const problems = [
    ...(execution.status === 'success' ? [] : [`the run ended with ${execution.status}: ${execution.error?.message ?? ''}`]),
    ...problemsOf(travel),
    ...sandbox.violations.map(({ vendor, method, path, errors }) => `${vendor} was asked what its contract refuses: ${method} ${path}: ${errors.join('; ')}`),
  ];

  console.log(report(travel, sandbox));
  if (problems.length > 0) {
    console.log(`\nNot as it should be:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    process.exitCode = 1;
  }
  if (flags.once) {
    await close();
    return;
  }
  console.log(`
n8n's editor      ${n8n.url}/workflow/${mainId}
  e-mail          ${n8n.owner.email}
  password        ${n8n.owner.password}
The three systems ${sandbox.control.url}

Ctrl-C stops everything. Nothing of it is kept.`);
}

function report({ leads, contacts, campaigns, summary }: LeadTravel, { requests, violations }: Sandbox): string {
  const people = (list: Array<{ name: string; phone: string }>) => list.map(({ name, phone }) => `                  ${name}  ${phone}`).join('\n');
  const lines = [`\n"${readExample(mainExample).name}" ran in n8n with ${leads.length} leads:\n`];
  for (const [system, label] of [['kinbox', 'Kinbox'], ['chatwoot', 'Chatwoot'], ['callbell', 'Callbell']] as const) {
    lines.push(`  ${label.padEnd(14)}  ${contacts[system].length} new contacts`, people(contacts[system]));
  }
  for (const { name, channelId, recipients, failure } of campaigns) {
    lines.push(`  Campaign        "${name}" in Kinbox on channel ${channelId}, ${recipients.length} recipients${failure === undefined ? '' : `; it cannot run: ${failure}`}`);
  }
  for (const { name, phone, reason } of summary.failed) lines.push(`  Left out        ${name}, "${phone}": ${reason}`);
  lines.push(`  Requests        ${requests.length} to the three systems, ${violations.length} against their contracts`);
  return lines.filter((line) => line !== '').join('\n');
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}

main().catch(async (error: unknown) => {
  if (!interrupted) console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  await close();
});
