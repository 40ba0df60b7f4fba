import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { load } from 'js-yaml';

import { root } from '../../scripts/nodes';

interface Service {
  image: string;
  user?: string;
  entrypoint?: string[];
  command?: string[];
  environment: Record<string, string>;
  volumes: string[];
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
}

const execute = promisify(execFile);
const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string };
const compose = load(readFileSync(join(root, 'docker', 'docker-compose.yml'), 'utf8')) as { services: Record<string, Service>; volumes: object };
const { package: installer, n8n } = compose.services as { package: Service; n8n: Service };
/** As Compose reads it: ${NAME:-default} without NAME, and $$ for a plain dollar sign. */
const interpolated = (text: string) => text.replace(/\$\{\w+:-([^}]*)\}/g, '$1').replaceAll('$$', '$');

describe('docker/docker-compose.yml', () => {
  test('installs into the volume that n8n loads from, before n8n starts, and opens n8n to this machine only', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['n8n', 'package']);
    expect(n8n.image).toBe(installer.image);
    expect(interpolated(n8n.image)).toMatch(/^docker\.n8n\.io\/n8nio\/n8n:\d+\.\d+\.\d+$/);
    expect(installer.volumes).toEqual(['n8n_data:/home/node/.n8n']);
    expect(n8n.volumes).toEqual(installer.volumes);
    expect(Object.keys(compose.volumes)).toEqual(['n8n_data']);
    expect(n8n.depends_on).toEqual({ package: { condition: 'service_completed_successfully' } });
    expect(n8n.ports).toEqual(['127.0.0.1:5678:5678']);
    expect(n8n.environment.N8N_UNVERIFIED_PACKAGES_ENABLED).toBe('true');
    expect(interpolated(installer.environment.PACKAGE ?? '')).toBe(`${name}@latest`);
  });

  test('its command puts a loadable package where n8n looks', async () => {
    if (!existsSync(join(root, 'dist'))) throw new Error('dist/ is not built: npm run build');
    const home = mkdtempSync(join(tmpdir(), 'docker-home-'));
    try {
      const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', home], { cwd: root });
      const [tarball] = JSON.parse(stdout) as Array<{ filename: string }>;
      const [shell = '', ...shellArguments] = installer.entrypoint ?? [];
      // The same command, with the tarball of this checkout in place of the published package.
      await execute(shell, [...shellArguments, ...(installer.command ?? []).map(interpolated)], { env: { ...process.env, HOME: home, PACKAGE: join(home, tarball!.filename) } });
      const installed = join(home, '.n8n', 'nodes', 'node_modules', name);
      const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { n8n: { nodes: string[]; credentials: string[] } };
      expect([...manifest.n8n.nodes, ...manifest.n8n.credentials].filter((file) => !existsSync(join(installed, file)))).toEqual([]);
      expect(existsSync(join(home, '.n8n', 'nodes', 'node_modules', 'n8n-workflow'))).toBe(false);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  }, 120_000);
});
