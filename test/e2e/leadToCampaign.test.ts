/** The main example in a real n8n: by hand, in production, and when a vendor is in trouble. */
import { itemsOf, outputOf } from './client';
import { mainExample } from './examples';
import { problemsOf, takeStock, travelSince, type LeadTravel } from './leadTravel';
import { useExample } from './useExample';

const example = useExample(mainExample, { activate: true });

beforeEach(() => example.sandbox.reset());

test('by hand: four leads arrive everywhere and in one campaign, the wrong row is reported', async () => {
  const { sandbox } = example;
  const before = takeStock(sandbox);
  const execution = await example.run();
  await sandbox.settled();
  expect(execution).toMatchObject({ status: 'success', mode: 'manual' });
  const travel = travelSince(before, sandbox, execution);
  expect(problemsOf(travel)).toEqual([]);
  const people = [
    { name: 'Ana Souza', phone: '5585988887777' },
    { name: 'Bruno Lima', phone: '5511977776655' },
    { name: 'Carla Dias', phone: '5585981234567' },
    { name: 'Elena Ferreira', phone: '351912345678' },
  ];
  expect(travel.contacts).toEqual(everywhere(people));
  expect(travel.campaigns).toEqual([expect.objectContaining({ channelId: '104', recipients: people.map(({ phone }) => phone), failure: undefined })]);
  expect(travel.summary).toMatchObject({ recipients: 4, failed: [{ name: 'Diego Alves', phone: 'call in the morning', reason: expect.stringMatching(/'Phone'.*letters/) }] });
});

test('by hand: the contacts carry what the rows said, in the form of each vendor', async () => {
  const { n8n, sandbox } = example;
  await example.run();
  const bodies = (vendor: string, path: string) =>
    sandbox.requests.filter((request) => request.vendor === vendor && request.method === 'POST' && request.path.endsWith(path)).map(({ body }) => body as { name: string });
  const ofAna = (vendor: string) => bodies(vendor, '/contacts').find(({ name }) => name === 'Ana Souza');
  expect(ofAna('kinbox')).toEqual({ name: 'Ana Souza', email: 'ana.souza@example.com', phone: '5585988887777', origin: 'Lead form' });
  expect(ofAna('chatwoot')).toEqual({ name: 'Ana Souza', email: 'ana.souza@example.com', phone_number: '+5585988887777' });
  expect(ofAna('callbell')).toEqual({ name: 'Ana Souza', source: 'whatsapp', identifier: '5585988887777' });
  expect(bodies('kinbox', '/campaigns')).toEqual([
    {
      name: expect.stringMatching(/^Leads of \d{4}-\d\d-\d\d$/),
      channelId: '104',
      channelType: '1',
      leadType: 'file',
      leadsAssetUrl: expect.stringMatching(new RegExp(`^${n8n.url}/rest/binary-data/signed\\?token=`)),
      message: 'Olá! Obrigado pelo seu interesse. Como podemos ajudar?',
      textRaw: 'Olá! Obrigado pelo seu interesse. Como podemos ajudar?',
      secondsBetweenMessages: 10,
    },
  ]);
});

test('in production: a form posts leads to the webhook and is told the summary', async () => {
  const { n8n, sandbox } = example;
  const before = takeStock(sandbox);
  const known = await example.executionIds();
  const answer = await n8n.client.callWebhook('lead-to-campaign', {
    leads: [
      { name: 'Fábio Rocha', phone: '+55 (21) 99876-5432', email: 'fabio.rocha@example.com' },
      { name: '', phone: '+55 21 99876-5433', email: 'nobody@example.com' },
      { name: 'Gabriela Pinto', phone: '21 99876 5434', email: 'not an address' },
    ],
  });
  expect(answer.status).toBe(200);
  const execution = await finishedMain(known);
  await sandbox.settled();
  expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
  const travel = travelSince(before, sandbox, execution);
  expect(answer.data).toEqual(travel.summary);
  expect(travel.contacts).toEqual(everywhere([{ name: 'Fábio Rocha', phone: '5521998765432' }]));
  expect(travel.campaigns).toEqual([expect.objectContaining({ recipients: ['5521998765432'], failure: undefined })]);
  expect(travel.summary.failed.map(({ reason }) => reason)).toEqual([expect.stringContaining("'Name'"), expect.stringContaining("'Email'")]);
});

test('in production: a vendor that throttles delays leads and loses none', async () => {
  const { n8n, sandbox } = example;
  for (const vendor of ['kinbox', 'chatwoot', 'callbell'] as const) sandbox.inject({ kind: 'status', vendor, status: 429, times: 2 });
  const before = takeStock(sandbox);
  const leads = Array.from({ length: 10 }, (_, index) => ({ name: `Lead ${index}`, phone: `+55 85 98888-10${String(index).padStart(2, '0')}`, email: `lead${index}@example.com` }));
  const known = await example.executionIds();
  const answer = await n8n.client.callWebhook('lead-to-campaign', { leads });
  expect(answer.data).toMatchObject({ recipients: 10, failed: [] });
  const execution = await finishedMain(known);
  await sandbox.settled();
  const travel = travelSince(before, sandbox, execution);
  expect(travel.contacts).toEqual(everywhere(leads.map(({ name, phone }) => ({ name, phone: phone.replace(/\D/g, '') }))));
  expect(sandbox.requests.filter(({ status }) => status === 429).length).toBe(6);
});

test('in production: what one vendor refuses stays out of the next, and is reported with its reason', async () => {
  const { n8n, sandbox } = example;
  sandbox.inject({ kind: 'status', vendor: 'chatwoot', method: 'POST', status: 500, times: 1 });
  const before = takeStock(sandbox);
  const known = await example.executionIds();
  const answer = await n8n.client.callWebhook('lead-to-campaign', { leads: [{ name: 'Hugo Reis', phone: '+55 85 98888-2001', email: 'hugo@example.com' }] });
  const execution = await finishedMain(known);
  const { contacts, campaigns, summary } = travelSince(before, sandbox, execution);
  expect(answer.data).toEqual(summary);
  expect({ kinbox: contacts.kinbox.length, chatwoot: contacts.chatwoot.length, callbell: contacts.callbell.length, campaigns: campaigns.length }).toEqual({ kinbox: 1, chatwoot: 0, callbell: 0, campaigns: 0 });
  expect(summary).toMatchObject({ campaign: null, recipients: 0, failed: [{ name: 'Hugo Reis', reason: expect.stringContaining('Chatwoot') }] });
});

test('the list of recipients holds each phone number once and nothing else', async () => {
  const { n8n } = example;
  const execution = await example.run();
  const [file] = itemsOf(execution, 'Recipients Sheet');
  expect((await n8n.client.binary(file!.binary!.data!)).toString().replace(/^\uFEFF/, '').trim().split(/\r?\n/)).toEqual(['phone', '5585988887777', '5511977776655', '5585981234567', '351912345678']);
});

/** The workflow's latest run that took leads; fetching the list of recipients is a run of its own. */
async function finishedMain(known: string[]) {
  for (const { id } of (await example.n8n.client.executions(example.workflow.id)).filter((one) => !known.includes(one.id))) {
    const execution = await example.n8n.client.waitForExecution(id);
    if (outputOf(execution, 'New Leads').length > 0) return execution;
  }
  throw new Error('The workflow did not run');
}

function everywhere(people: LeadTravel['contacts']['kinbox']): LeadTravel['contacts'] {
  return { kinbox: people, chatwoot: people, callbell: people };
}
