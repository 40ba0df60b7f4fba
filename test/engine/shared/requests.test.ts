import { countRequests, type RequestCount } from '../../../bench/requests';
import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { runNode } from '../../harness/engine';
import { startSandbox, type Sandbox } from '../../sandbox';
import { credentials, credentialValues } from '../support';

const nodes = { callbell: Callbell, chatwoot: Chatwoot, kinbox: Kinbox };
const items = 60;
/** What a run asks once, whatever the number of its items, and questions that are not full. */
const once = 5;

describe('requests for an item', () => {
  let sandbox: Sandbox;
  let counts: RequestCount[];
  beforeAll(async () => {
    sandbox = await startSandbox({ keepRequests: 0, validateAnswers: false });
    counts = await countRequests(sandbox, async (vendor, { resource, operation, parameters }, rows) => {
      const { error, rows: output } = await runNode(nodes[vendor], { resource, operation, ...parameters }, { credentials, credentialValues: credentialValues(sandbox), items: rows });
      if (error) throw error;
      expect(output).toHaveLength(rows.length);
      return output;
    }, items);
  }, 300_000);
  afterAll(async () => await sandbox?.close());

  it('stay within what is wanted of each job', () => {
    expect(counts.length).toBeGreaterThan(20);
    const over = counts.filter(({ target, requests }) => target !== undefined && requests > Math.ceil(target * items) + once);
    expect(over).toEqual([]);
  });

  it('are far fewer where nothing changed', () => {
    for (const { task, plan, perItem } of counts) if (plan !== 'lookUps' && task.includes('nothing changed')) expect(perItem).toBeLessThan(0.5);
  });
});
