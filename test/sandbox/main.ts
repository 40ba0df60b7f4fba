/**
 * Starts the sandbox alone: `npm run sandbox -- --kinbox 4001 --chatwoot 4002 --callbell 4003 --control 4000`.
 * The same names in capitals with SANDBOX_ and _PORT work as environment variables; 0 takes a free port.
 * Further flags: --latency <ms>, --limits published.
 */
import { parseArgs } from 'node:util';
import { startSandbox } from './index';

function port(flag: string | undefined, name: string, usual: number): number {
  const text = flag ?? process.env[`SANDBOX_${name.toUpperCase()}_PORT`] ?? String(usual);
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65535) throw new Error(`${name}: ${text} is not a port`);
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kinbox: { type: 'string' }, chatwoot: { type: 'string' }, callbell: { type: 'string' }, control: { type: 'string' },
      latency: { type: 'string' }, limits: { type: 'string' },
    },
  });
  const sandbox = await startSandbox({
    ports: {
      control: port(values.control, 'control', 4000),
      kinbox: port(values.kinbox, 'kinbox', 4001),
      chatwoot: port(values.chatwoot, 'chatwoot', 4002),
      callbell: port(values.callbell, 'callbell', 4003),
    },
    latency: Number(values.latency ?? 0),
    limits: values.limits === 'published' ? { kinbox: 'published', chatwoot: 'published', callbell: 'published' } : {},
    keepRequests: 10_000,
  });
  console.log([
    `State       ${sandbox.control.url}`,
    `Kinbox      ${sandbox.kinbox.url}`,
    ...Object.entries(sandbox.kinbox.tokens).map(([name, token]) => `              ${name}: ${token}`),
    `Chatwoot    ${sandbox.chatwoot.url}   account ${sandbox.chatwoot.accountId}`,
    ...Object.entries(sandbox.chatwoot.tokens).map(([name, token]) => `              ${name}: ${token}`),
    `Callbell    ${sandbox.callbell.url}`,
    `              token: ${sandbox.callbell.token}`,
  ].join('\n'));

  let closing = false;
  const stop = (): void => {
    if (closing) return;
    closing = true;
    void sandbox.close();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
