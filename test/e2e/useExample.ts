/** What the tests of the examples share: a sandbox, credentials for it and the example in n8n; taken away at the end. */
import { startSandbox, type Sandbox } from '../sandbox';
import { callers, type Caller } from '../sandbox/client';
import type { Execution, StoredCredential, StoredWorkflow, WorkflowFile } from './client';
import { createSandboxCredentials, readExample, type CreateCredentials, takingCallbell } from './examples';
import { sharedN8n, type SharedN8n } from './shared';

export interface ExampleOptions {
  /** Publishes the workflow before the tests. It is deactivated after them in any case. */
  activate?: boolean;
  /** What the test needs different from the file, e.g. shorter pauses. */
  change?: (workflow: WorkflowFile) => WorkflowFile;
  /** Stores the credentials; one of each vendor by default. */
  credentials?: CreateCredentials;
  /** Imports the workflow anew for each test: what n8n remembers of earlier runs belongs to the workflow. */
  forEachTest?: boolean;
}

/** An example in n8n. Its members are there when the hooks of {@link useExample} have run: in tests and later hooks. */
export class Example {
  n8n!: SharedN8n;
  sandbox!: Sandbox;
  credentials!: StoredCredential[];
  workflow!: StoredWorkflow;

  async executionIds(): Promise<string[]> {
    return (await this.n8n.client.executions(this.workflow.id)).map(({ id }) => id);
  }

  /**
   * Runs the workflow as the editor does; the run must end without an error.
   *
   * @param trigger name of the trigger node to start from; the manual trigger by default
   */
  async run(trigger?: string): Promise<Execution> {
    return withoutError(await this.n8n.client.runWorkflow(this.workflow.id, trigger));
  }

  /**
   * Does what starts the published workflow, and waits for the execution, which must end without an error.
   *
   * @param timeout milliseconds
   */
  async started(act: () => Promise<unknown>, timeout?: number): Promise<Execution> {
    const known = await this.executionIds();
    await act();
    return withoutError(await this.n8n.client.waitForNewExecution(this.workflow.id, known, timeout));
  }

  /**
   * What Chatwoot answers to an administrator, whose request it must take.
   *
   * @param path below that of the account
   */
  async chatwoot<T>(method: string, path: string, body: object): Promise<T> {
    return await taken<T>(callers(this.sandbox).chatwoot, method, path, body);
  }

  /** What Callbell answers to a request that it must take. */
  async callbell<T>(method: string, path: string, body: object): Promise<T> {
    return await taken<T>(callers(this.sandbox).callbell, method, path, body);
  }
}

function withoutError(execution: Execution): Execution {
  expect(execution.error).toBeUndefined();
  return execution;
}

async function taken<T>(call: Caller, method: string, path: string, body: object): Promise<T> {
  const answer = await call(method, path, { body });
  expect(answer.status).toBe(200);
  return answer.data as T;
}

/**
 * Registers the hooks that import an example before the tests of a file and take everything away after them. After each
 * test, and when the workflow is gone, no request may have broken a vendor's contract; deactivated, it leaves no webhook.
 *
 * @param source file name of the example, or a workflow of the test's own
 */
export function useExample(source: string | WorkflowFile, options: ExampleOptions = {}): Example {
  const { activate = false, change = (workflow) => workflow, credentials = createSandboxCredentials, forEachTest = false } = options;
  const example = new Example();
  let imported: string | undefined;

  const importIt = async () => {
    const { client } = example.n8n;
    example.workflow = await client.importWorkflow(takingCallbell(change(typeof source === 'string' ? readExample(source) : source)), example.credentials);
    imported = example.workflow.id;
    if (activate) await client.activate(imported);
  };
  beforeAll(async () => {
    example.n8n = await sharedN8n();
    example.sandbox = await startSandbox();
    example.credentials = await credentials(example.n8n.client, example.sandbox);
    if (!forEachTest) await importIt();
  });
  if (forEachTest) beforeEach(importIt);

  // Jest runs these in this order, each also when one before it failed or the set-up stopped halfway, and tells every error.
  const after = forEachTest ? afterEach : afterAll;
  const noViolations = () => expect(example.sandbox?.violations ?? []).toEqual([]);
  afterEach(noViolations);
  after(async () => {
    if (imported === undefined) return;
    await example.n8n.client.deactivate(imported);
    const { chatwoot, callbell } = example.sandbox;
    expect([chatwoot.state.webhooks.size, callbell.state.webhook]).toEqual([0, null]);
  });
  after(async () => {
    const id = imported;
    imported = undefined;
    if (id !== undefined) await example.n8n.client.deleteWorkflow(id);
  });
  after(noViolations);
  afterAll(async () => {
    await Promise.all((example.credentials ?? []).map(async ({ id }) => await example.n8n.client.deleteCredential(id)));
  });
  afterAll(async () => await example.sandbox?.close());
  return example;
}
