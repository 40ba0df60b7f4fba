/** The built package, installed the way n8n installs community nodes, is what n8n offers. */
import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';

import packageJson from '../../package.json';
import { sharedN8n, type SharedN8n } from './shared';

const classNames = (files: string[]) => files.map((file) => (file.split('/').pop() ?? '').replace(/\.(node|credentials)\.js$/, ''));
const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

const nodeNames = classNames(packageJson.n8n.nodes).map((name) => `${packageJson.name}.${lowerFirst(name)}`);
const credentialNames = classNames(packageJson.n8n.credentials).map(lowerFirst);

let n8n: SharedN8n;
let types: INodeTypeDescription[];
let credentials: ICredentialType[];

beforeAll(async () => {
  n8n = await sharedN8n();
  types = await n8n.client.nodeTypes();
  credentials = await n8n.client.credentialTypes();
});

test('n8n lists every node of package.json, every action node as a tool, and what asks people as an approval', () => {
  const ours = types.map(({ name }) => name).filter((name) => name.startsWith(`${packageJson.name}.`));
  const tools = nodeNames.filter((name) => !name.endsWith('Trigger')).map((name) => `${name}Tool`);
  // What waits for a person's answer at a webhook of its own, an agent can also use to ask for approval.
  const asks = types.filter(({ name, webhooks, group }) => nodeNames.includes(name) && webhooks?.length && !group.includes('trigger')).map(({ name }) => `${name}HitlTool`);
  expect([...asks].sort()).toEqual(['callbell', 'chatwoot', 'kinbox'].map((node) => `${packageJson.name}.${node}HitlTool`));
  expect(ours.sort()).toEqual([...nodeNames, ...tools, ...asks].sort());
});

test('n8n lists every credential of package.json with its fields and its test', () => {
  for (const name of credentialNames) {
    const type = credentials.find((credential) => credential.name === name);
    expect(type).toMatchObject({ displayName: expect.any(String), documentationUrl: expect.stringMatching(/^https:/) });
    expect(type?.properties.length).toBeGreaterThan(0);
    const users = types.filter((node) => nodeNames.includes(node.name)).flatMap((node) => (node.credentials ?? []).filter((one) => one.name === name));
    expect(users.length).toBeGreaterThan(1);
    for (const { testedBy } of users) expect(testedBy).toEqual(expect.any(String));
  }
});

test.each(nodeNames)('the icons of %s are served, light and dark apart', async (name) => {
  const { iconUrl } = types.find((type) => type.name === name) ?? {};
  expect(iconUrl).toEqual({ light: expect.any(String), dark: expect.any(String) });
  await expectTwoPictures(iconUrl as { light: string; dark: string });
});

test.each(credentialNames)('the icons of the credential %s are served, light and dark apart', async (name) => {
  const { iconUrl } = credentials.find((type) => type.name === name) ?? {};
  expect(iconUrl).toEqual({ light: expect.any(String), dark: expect.any(String) });
  await expectTwoPictures(iconUrl as { light: string; dark: string });
});

async function expectTwoPictures({ light, dark }: { light: string; dark: string }): Promise<void> {
  const [first, second] = await Promise.all([n8n.client.file(light), n8n.client.file(dark)]);
  for (const file of [first, second]) {
    expect(file.status).toBe(200);
    expect(file.type).toMatch(/^image\/svg\+xml/);
    expect(file.text).toContain('<svg');
  }
  expect(first.text).not.toBe(second.text);
}

test('n8n added its own Custom API Call to the action nodes', () => {
  for (const name of nodeNames.filter((one) => !one.endsWith('Trigger'))) {
    const resource = types.find((type) => type.name === name)?.properties.find((property) => property.name === 'resource');
    expect(JSON.stringify(resource?.options)).toContain('__CUSTOM_API_CALL__');
  }
});

test('n8n said nothing against the package', () => {
  const complaints = n8n.log().split('\n').filter((line) => line.includes(packageJson.name) || /Failed to load|Cannot find module|is not a known|nodes? package.*(fail|error)/i.test(line));
  expect(complaints).toEqual([]);
});
