/** The example in a real n8n: campaigns of the last week in all three become rows of one n8n data table, each once. */
import { callers } from '../../sandbox/client';
import { addContact } from '../../sandbox/kinbox/contacts';
import { outputOf, type Execution, type WorkflowFile } from '../client';
import { useExample } from '../useExample';

const trigger = 'Every Monday at 8';
const day = 86_400_000;

/** The example with the campaign in Callbell really sent, without pauses. */
function sending(workflow: WorkflowFile): WorkflowFile {
  const node = workflow.nodes.find(({ name }) => name === 'Send Template')!;
  node.parameters = { ...node.parameters, dryRun: false, pacing: { perMinute: 0 } };
  return workflow;
}

const example = useExample('weekly-campaign-report.json', { change: sending });

const kinboxCampaign = async (name: string) => {
  const answer = await callers(example.sandbox).kinboxV3('POST', '/v3/campaigns', { body: { name, channelId: '104', channelType: '1', leadType: 'lead', message: 'Olá!' } });
  expect(answer.status).toBe(201);
  return answer.data as { id: string };
};
const chatwootCampaign = async (title: string, daysAgo: number, labels: number[]) => await example.chatwoot<{ id: number }>('POST', '/campaigns', {
  title, message: 'Olá', inbox_id: 4, scheduled_at: new Date(example.sandbox.clock.now() - daysAgo * day).toISOString(), audience: labels.map((id) => ({ type: 'Label', id })),
  template_params: { name: 'pedido_pronto', language: 'pt_BR', category: 'UTILITY', processed_params: { body: { 1: 'Ana', 2: '1042' } } },
});
const rowsOf = (execution: Execution) => outputOf(execution, 'Into the Table').map(({ id: _id, createdAt: _made, updatedAt: _changed, ...row }) => row).sort((a, b) => String(a.key).localeCompare(String(b.key)));

test('the campaigns of the last seven days in one table; run again, figures change and no row doubles', async () => {
  const { sandbox } = example;
  // Every twentieth number is out of order.
  for (let n = sandbox.kinbox.state.contacts.size; n < 20; n += 1) addContact(sandbox.kinbox.state, { name: `Cliente ${n}`, phone: `55859888810${n}` }, sandbox.clock.now());
  const week = await kinboxCampaign('Semana do café');
  const old = await kinboxCampaign('Mês passado');
  await sandbox.settled();
  const { campaigns } = sandbox.kinbox.state;
  campaigns.get(old.id)!.createdAt -= 30 * day;
  const labels: Record<number, string[]> = { 1: ['vip'], 2: ['vip', 'newsletter'], 3: ['newsletter'] };
  for (const [id, names] of Object.entries(labels)) sandbox.chatwoot.state.contacts.change(Number(id), (one) => { one.labels = names; });
  const both = await chatwootCampaign('Pedidos prontos', 2, [1, 4]);
  await chatwootCampaign('Ano passado', 300, [1]);
  await chatwootCampaign('Semana que vem', -3, [1]);
  sandbox.clock.advance(10 * 60_000);

  const first = await example.run(trigger);
  const kinboxRow = { key: `Kinbox ${week.id}`, system: 'Kinbox', campaign: 'Semana do café', status: 'done', recipients: 20, sent: 19, delivered: 19, failed: 1 };
  const chatwootRow = { key: `Chatwoot ${both.id}`, system: 'Chatwoot', campaign: 'Pedidos prontos', recipients: 3, sent: null, delivered: null, read: null, answered: null, failed: null };
  expect(rowsOf(first)).toEqual([expect.objectContaining(chatwootRow), expect.objectContaining(kinboxRow)]);
  const columns = ['key', 'week', 'system', 'campaign', 'status', 'startedAt', 'recipients', 'sent', 'delivered', 'read', 'answered', 'failed'];
  for (const row of rowsOf(first)) expect(Object.keys(row)).toEqual(columns);
  const [file] = first.runData['Report as File']![0]!.data!.main![0]!;
  expect((await example.n8n.client.binary(file!.binary!.data!)).toString('utf8').replace(/^\uFEFF/, '').split('\n')[0]!.trim()).toBe(columns.join(','));

  const { state } = sandbox.callbell;
  const people = state.contacts.filter(({ tags }) => tags.includes('Call back'));
  state.unreachable.set(people[0]!.phoneNumber!.replace(/\D/g, ''), 'Not on WhatsApp');
  const sent = outputOf(await example.run('Start Callbell Campaign'), 'Remember Message');
  expect(sent).toHaveLength(people.length);
  sandbox.clock.advance(5_000);

  const second = await example.run(trigger);
  const callbellRow = { key: 'Callbell Call back', system: 'Callbell', campaign: 'Call back', status: 'sent', recipients: people.length, sent: people.length - 1, delivered: people.length - 1, read: 0, answered: null, failed: 1 };
  expect(rowsOf(second)).toEqual([expect.objectContaining(callbellRow), expect.objectContaining(chatwootRow), expect.objectContaining(kinboxRow)]);
  const idOf = (execution: Execution, key: string) => outputOf(execution, 'Into the Table').find((row) => row.key === key)!.id;
  for (const { key } of [chatwootRow, kinboxRow]) expect(idOf(second, key)).toBe(idOf(first, key));

  sandbox.clock.advance(2 * 3_600_000);
  const third = await example.run(trigger);
  expect(rowsOf(third)[0]).toMatchObject({ ...callbellRow, read: people.length - 1 });
  expect(idOf(third, callbellRow.key)).toBe(idOf(second, callbellRow.key));
});

test('a system that does not answer is told; the rows of the others are written', async () => {
  const { sandbox } = example;
  sandbox.reset();
  await kinboxCampaign('Semana do pão');
  await sandbox.settled();
  sandbox.chatwoot.state.tokens.clear();
  const execution = await example.run(trigger);
  expect(rowsOf(execution).filter(({ system }) => system !== 'Callbell')).toEqual([expect.objectContaining({ campaign: 'Semana do pão' })]);
  expect(outputOf(execution, 'Not Read')).toEqual([{ reason: expect.stringMatching(/Chatwoot/) }]);
});
