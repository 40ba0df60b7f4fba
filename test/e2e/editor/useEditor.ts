/** n8n's editor in a browser, and a sandbox of its own, for the tests of one file. */
import type { StoredCredential } from '../client';
import { createSandboxCredentials, type CreateCredentials } from '../examples';
import { sharedN8n, type SharedN8n } from '../shared';
import { startSandbox, type Sandbox } from '../../sandbox';
import { Editor } from './editor';

/** What the tests of a file work with; filled before the first of them. */
export interface EditorStage {
  n8n: SharedN8n;
  sandbox: Sandbox;
  editor: Editor;
  credentials: StoredCredential[];
}

/**
 * Opens the editor before the tests of a file, seeds the sandbox again before each, and after each looks for calls that the
 * contracts refuse and for errors in the page.
 *
 * @param create stores what is in n8n's list of credentials; one of each type when left out
 */
export function useEditor(create: CreateCredentials = createSandboxCredentials): EditorStage {
  const stage = {} as EditorStage;

  beforeAll(async () => {
    stage.n8n = await sharedN8n();
    stage.sandbox = await startSandbox();
    stage.credentials = await create(stage.n8n.client, stage.sandbox);
    stage.editor = await Editor.open(stage.n8n);
  });

  beforeEach(() => stage.sandbox.reset());

  afterEach(() => {
    expect(stage.sandbox.violations).toEqual([]);
    expect(stage.editor.pageErrors).toEqual([]);
  });

  afterAll(async () => {
    await stage.editor?.close();
    await Promise.all((stage.credentials ?? []).map(async ({ id }) => await stage.n8n.client.deleteCredential(id)));
    await stage.sandbox?.close();
  });

  return stage;
}

/** Bodies of the writes that the sandbox got. */
export function writtenTo({ requests }: Sandbox): unknown[] {
  return requests.filter(({ method }) => method !== 'GET').map(({ body }) => body);
}
