/** The example in a real n8n: customers send files in Kinbox, the published workflow's own polls find and save them. */
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { addMessage, addSession } from '../../sandbox/kinbox/sessions';
import { outputOf, type WorkflowFile } from '../client';
import { createExampleCredentials } from '../examples';
import { sharedN8n } from '../shared';
import { useExample } from '../useExample';

let files: Server;
let folder: string;

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
/** What lies on the public addresses of the messages' files. */
const media: Record<string, [string, Buffer]> = { '/pix.png': ['image/png', png], '/boleto.pdf': ['application/pdf', pdf], '/audio.ogg': ['audio/ogg', Buffer.from('OggS')] };

/** The example saves where n8n's container image may write; here the files lie on this machine, where it fetches nothing. */
const intoFolder = (workflow: WorkflowFile) => {
  const { nodes, ...rest } = JSON.parse(JSON.stringify(workflow).replaceAll('/home/node/.n8n-files', folder)) as WorkflowFile;
  return { ...rest, nodes: nodes.map((node) => (node.parameters.operation === 'download' ? { ...node, parameters: { ...node.parameters, privateFiles: true } } : node)) };
};

beforeAll(async () => {
  files = createServer(({ url = '' }, response) => {
    const [type, bytes] = media[url] ?? [];
    if (type === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': type }).end(bytes);
  });
  await new Promise<void>((done) => { files.listen(0, '127.0.0.1', done); });
  folder = join((await sharedN8n()).userFolder, 'files', 'payment-proofs');
  mkdirSync(folder, { recursive: true });
});

const example = useExample('kinbox-payment-proof-to-file.json', { credentials: createExampleCredentials, change: intoFolder });

afterAll(async () => {
  if (folder) rmSync(folder, { recursive: true, force: true });
  await new Promise((done) => { files.close(done); });
});

test('pictures and PDFs that customers send are saved once; texts, other files and what the team sends are not; a lost file is told', async () => {
  const { sandbox } = example;
  const { state } = sandbox.kinbox;
  const now = () => sandbox.clock.now();
  const at = (path: string) => `http://127.0.0.1:${(files.address() as AddressInfo).port}${path}`;
  const [contact] = [...state.contacts.values()];
  const session = addSession(state, { contactId: contact!.id }, now());
  addMessage(state, session, { text: 'Before publishing', mediaUrl: at('/pix.png') }, now() - 60_000);
  await example.n8n.client.activate(example.workflow.id);

  addMessage(state, session, { text: 'Paguei!' }, now());
  const picture = addMessage(state, session, { mediaUrl: at('/pix.png') }, now());
  const document = addMessage(state, session, { text: 'segue o boleto', mediaUrl: at('/boleto.pdf') }, now());
  addMessage(state, session, { mediaUrl: at('/audio.ogg') }, now());
  addMessage(state, session, { sender: 'operator', mediaUrl: at('/pix.png') }, now());
  const lost = addMessage(state, session, { mediaUrl: at('/gone.jpg') }, now());

  const execution = await example.n8n.client.waitForNewExecution(example.workflow.id, [], 100_000);
  expect(execution.error).toBeUndefined();
  const saved = outputOf(execution, 'Saved');
  expect(saved.map(({ messageId, conversationId }) => [messageId, conversationId])).toEqual([picture, document].map((message) => [String(message.id), String(session.conversationId)]));
  expect(readdirSync(folder).sort()).toEqual(saved.map(({ file }) => String(file).slice(folder.length + 1)).sort());
  expect(readFileSync(String(saved[0]!.file))).toEqual(png);
  expect(String(saved[0]!.file)).toMatch(/\/\d{4}-\d\d-\d\d_\d+_\w+\.png$/);
  expect(readFileSync(String(saved[1]!.file))).toEqual(pdf);
  expect(outputOf(execution, 'Not Saved')).toEqual([{ messageId: String(lost.id), conversationId: String(session.conversationId), reason: expect.stringContaining('HTTP 404') }]);
});
