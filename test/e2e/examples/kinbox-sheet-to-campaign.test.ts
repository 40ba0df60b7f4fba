/** The example in a real n8n: the campaign's hours pass while it waits, and each row of the sheet gets its line. */
import { itemsOf, outputOf, type Execution } from '../client';
import { readExample } from '../examples';
import { useExample } from '../useExample';

const example = useExample('kinbox-sheet-to-campaign.json');

/** A run, while the campaign's hours pass. */
async function throughTheHours(run: Promise<Execution>): Promise<Execution> {
  const hours = setInterval(() => {
    if (example.sandbox.kinbox.state.campaigns.size > 0) example.sandbox.clock.advance(60_000);
  }, 500);
  return await run.finally(() => clearInterval(hours));
}

test('everybody gets one message, at the pace; the table has a line for each row, also for the refused one', async () => {
  const execution = await throughTheHours(example.run());
  const campaigns = [...example.sandbox.kinbox.state.campaigns.values()];
  expect(campaigns).toHaveLength(1);
  expect(campaigns[0]).toMatchObject({ channelId: '104', secondsBetweenMessages: 10, chunkSize: 50, secondsBetweenChunks: 300, chunksCount: 1 });
  expect(campaigns[0]!.leads).toEqual(['5585988881234', '5511977776655', '351912345678']);
  expect(outputOf(execution, 'Wait Until Finished')).toMatchObject([{ status: 'done', finished: true }]);

  const table = outputOf(execution, 'Results Table');
  expect(table.map(({ name, phone, status }) => [name, phone, status])).toEqual([
    ['Ana Souza', '+5585988881234', 'read'],
    ['Bruno Lima', '+5511977776655', 'answered'],
    ['Elena Ferreira', '+351912345678', 'received'],
    ['Ana Souza', '+5585988881234', 'read'],
    ['Carla Dias', 'ask her sister', 'left out'],
  ]);
  expect(table[4]).toMatchObject({ reason: expect.stringContaining("'Phone'") });
  const [file] = itemsOf(execution, 'Report as File');
  const csv = (await example.n8n.client.binary(file!.binary!.data!)).toString();
  expect(csv.trim().split('\n')).toHaveLength(6);
  expect(csv).toMatch(/Bruno Lima,\+?5511977776655,answered/);
  // The repeated row updated the contact that the first one made.
  expect(example.sandbox.requests.filter(({ vendor, method, path }) => vendor === 'kinbox' && method === 'POST' && path.endsWith('/contacts'))).toHaveLength(3);
});

test('when Kinbox cannot read the recipients, the table says that nobody was reached', async () => {
  const { n8n } = example;
  example.sandbox.reset();
  const workflow = readExample('kinbox-sheet-to-campaign.json');
  const campaign = workflow.nodes.find(({ name }) => name === 'Start Paced Campaign')!;
  Object.assign(campaign.parameters, { leadsSource: 'url', leadsAssetUrl: 'http://127.0.0.1:9/recipients.csv' });
  const broken = await n8n.client.importWorkflow(workflow, example.credentials);
  const execution = await throughTheHours(n8n.client.runWorkflow(broken.id)).finally(async () => await n8n.client.deleteWorkflow(broken.id));
  expect(execution.error).toBeUndefined();
  expect(outputOf(execution, 'Results Table').map(({ status }) => status)).toEqual(['failed', 'failed', 'failed', 'failed', 'left out']);
});
