/**
 * Draws the pictures in docs/images/examples: each workflow of examples/ as n8n's editor shows it. Needs the built package,
 * the n8n of test/n8n and Chromium.
 *
 *   npx tsx scripts/pictures.ts                  all examples
 *   npx tsx scripts/pictures.ts birthday sheet   those with such names
 *
 * Ends with 1 when a note is too small for its text. test/unit/examples.test.ts looks for notes that cover something.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { Editor } from '../test/e2e/editor/editor';
import type { WorkflowFile } from '../test/e2e/client';
import { createExampleCredentials, exampleFiles, readExample } from '../test/e2e/examples';
import { startN8n } from '../test/e2e/n8n';
import { startSandbox } from '../test/sandbox';

const root = resolve(__dirname, '..');
const folder = join(root, 'docs/images/examples');

/** Pixels of the picture's longer side at most; text stays readable when the picture is opened. */
const longestSide = 2000;
const margin = 40;

interface Box { left: number; top: number; right: number; bottom: number }

/** What each node covers on the canvas, with its name below it. */
function boxesOf({ nodes }: WorkflowFile): Box[] {
  return nodes.map(({ type, position: [left, top], parameters }) => {
    const isNote = type === 'n8n-nodes-base.stickyNote';
    const [width, height] = isNote ? [Number(parameters.width ?? 240), Number(parameters.height ?? 160)] : [96, 96 + 44];
    return { left, top, right: left + width, bottom: top + height };
  });
}

async function main(): Promise<boolean> {
  const wanted = process.argv.slice(2);
  const files = exampleFiles().filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
  const userFolder = mkdtempSync(join(tmpdir(), 'n8n-pictures-'));
  const sandbox = await startSandbox();
  const n8n = await startN8n({ userFolder, packageDirectory: root });
  let problems = 0;
  try {
    const credentials = [
      ...(await createExampleCredentials(n8n.client, sandbox)),
      await n8n.client.createCredential('openAiApi', 'OpenAI account', { apiKey: 'none', url: 'http://127.0.0.1:9/v1' }),
    ];
    const editor = await Editor.open(n8n);
    mkdirSync(folder, { recursive: true });
    try {
      for (const file of files) {
        const example = readExample(file);
        const { id } = await n8n.client.importWorkflow(example, credentials, 'leaveOut');
        const found = await draw(editor, id, example, join(folder, file.replace(/\.json$/, '.png')));
        problems += found.length;
        console.log([file, ...found.map((problem) => `  ${problem}`)].join('\n'));
      }
    } finally {
      await editor.close();
    }
  } finally {
    await n8n.stop();
    await sandbox.close();
    rmSync(userFolder, { recursive: true, force: true });
  }
  return problems === 0;
}

/** Saves the picture and gives the notes whose text does not fit. */
async function draw(editor: Editor, id: string, example: WorkflowFile, path: string): Promise<string[]> {
  const { page } = editor;
  const boxes = boxesOf(example);
  const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
  const height = Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top));
  const scale = Math.min(1, longestSide / Math.max(width, height));
  // n8n leaves a border when it fits a workflow into the window, and the editor's own bars take a part of it.
  await page.setViewportSize({ width: Math.ceil(width * scale) + 300, height: Math.ceil(height * scale) + 300 });
  await editor.openWorkflow(id);
  await page.addStyleTag({ content: 'body * { visibility: hidden; } .vue-flow, .vue-flow * { visibility: visible; } .vue-flow__panel, .vue-flow__panel *, .vue-flow__background, .vue-flow__background * { visibility: hidden !important; }' });
  await page.keyboard.press('1');
  await page.waitForTimeout(700);
  const shown = await page.locator('.vue-flow__node').evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect()).map(({ left, top, right, bottom }) => ({ left, top, right, bottom })));
  const left = Math.min(...shown.map((box) => box.left)) - margin;
  const top = Math.min(...shown.map((box) => box.top)) - margin;
  // The plus sign of an open output reaches beyond its node, and the name below it.
  await page.screenshot({ path, animations: 'disabled', clip: { x: left, y: top, width: Math.max(...shown.map((box) => box.right)) - left + 2 * margin, height: Math.max(...shown.map((box) => box.bottom)) - top + 2 * margin } });
  return await page.locator('[data-test-id="sticky"]').evaluateAll((notes) => notes.flatMap((note) => {
    const text = Array.from(note.querySelectorAll<HTMLElement>('*')).find(({ scrollHeight, clientHeight }) => clientHeight > 40 && scrollHeight > clientHeight + 2);
    return text ? [`A note is ${text.scrollHeight - text.clientHeight} pixels too low for its text: ${text.innerText.slice(0, 40).replace(/\s+/g, ' ')}`] : [];
  }));
}

main().then((good) => { if (!good) process.exitCode = 1; }, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
