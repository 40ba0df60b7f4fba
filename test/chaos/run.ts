/**
 * Campaigns of the three nodes, sent by several processes that are killed at random moments, against one sandbox:
 * `npm run test:chaos`, or `npm run test:chaos -- --short`. `SEED=…` repeats the draws of a run, not its pace.
 * `-- --without-claims` turns *Send Only Once* off and has to fail: it shows that the test can see what it looks for.
 *
 * Two processes send the same campaigns at the same time. They lose answers after the service has acted, are throttled
 * for longer than a claim lives, are slow, and their wall clocks jump; then `kill -9`, and new ones begin with nothing
 * stored. When no kill is left, the campaigns are repeated until nothing changes any more. Nobody may have got a message
 * twice, and nobody may be without one and without a row that says so.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { credentialValues } from '../engine/support';
import { startSandbox, type Sandbox, type Vendor } from '../sandbox';
import type { ChaosOrder, ChaosReply } from './worker';

const { values: flags } = parseArgs({ options: { short: { type: 'boolean', default: process.env.CHAOS_SHORT === '1' }, 'without-claims': { type: 'boolean', default: false } } });
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
const random = seeded(seed);
// The sandbox draws its faults from it as well.
Math.random = random;

/** T and L of docs/once.md: long beside a request here, and longer than any of them takes effect. */
const timing = { confirmAfter: 1, takeOverAfter: 0.17, once: !flags['without-claims'] };
const plan = flags.short
  ? { people: 12, kills: 2, retryAfter: 11, mostRounds: 4 }
  : { people: Number(process.env.PEOPLE ?? 200), kills: Number(process.env.KILLS ?? 20), retryAfter: 135, mostRounds: 8 };

/** Names as people, databases and JavaScript's objects have them. */
const names = ['constructor', '__proto__', 'Black Friday 🎉 50% {name}', 'toString', ' Natal\u00a02026 ', 'x'.repeat(400)];

const vendors: Vendor[] = ['callbell', 'chatwoot', 'kinbox'];
const sends: Record<Vendor, string> = { callbell: 'sendMessage', chatwoot: 'createMessage', kinbox: 'sendMessage' };
const claims: Partial<Record<Vendor, string>> = { callbell: 'updateContact', chatwoot: 'updateContact' };

function seeded(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const wait = async (ms: number) => await new Promise<void>((resolve) => { setTimeout(resolve, ms); });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const mapper = (value: IDataObject) => ({ mappingMode: 'defineBelow', value, schema: Object.keys(value).map((id) => ({ id, displayName: id, required: false, defaultMatch: false, display: true, type: 'string' })) });

/** What each vendor's account needs for the campaign, and the node's fields. */
function fieldsOf(sandbox: Sandbox): Record<Vendor, INodeParameters> {
  const { callbell, chatwoot } = sandbox;
  callbell.state.customFields.push({ label: 'Campaigns', type: 'text' } as never);
  const template = callbell.state.templates.find(({ title }) => title === 'Boas-vindas')!;
  template.text = 'Seu pedido {{1}} saiu para entrega.';
  const inbox = [...chatwoot.state.inboxes.values()].find(({ channelType }) => channelType === 'Channel::Whatsapp')!;
  (inbox.channel.message_templates as IDataObject[]).push({ name: 'pedido', language: 'pt_BR', status: 'APPROVED', category: 'MARKETING', components: [{ type: 'BODY', text: 'Seu pedido {{1}} saiu para entrega.' }] });
  const common = { dryRun: false, phone: '={{ $json.phone }}', optIn: true, pacing: { perMinute: 0 }, options: { giveUpAfter: 10, timeout: 8 } };
  const offset = Math.floor(random() * names.length);
  const nameOf = (index: number) => names[(offset + index) % names.length]!;
  return {
    callbell: { ...common, campaignName: nameOf(0), channelId: byId(callbell.state.channels[0]!.uuid), templateId: byId(template.uuid), templateValues: mapper({ 1: '={{ $json.value }}' }), safety: { ...timing, claimField: 'Campaigns' } } as never,
    chatwoot: { ...common, campaignName: nameOf(1), inboxId: byId(String(inbox.id)), template: byId('pedido|pt_BR'), templateVariables: mapper({ body_1: '={{ $json.value }}' }), safety: timing } as never,
    kinbox: { ...common, campaignName: nameOf(2), channelId: byId('103'), templateId: byId('902110002'), templateVariables: mapper({ body_1: '={{ $json.value }}' }), safety: timing } as never,
  };
}

/** Messages that a vendor has taken, by phone. */
function taken({ callbell, chatwoot, kinbox }: Sandbox): Record<Vendor, Map<string, number>> {
  const count = (phones: string[]) => {
    const counts = new Map<string, number>();
    for (const phone of phones) counts.set(phone.replace(/\D/g, ''), (counts.get(phone.replace(/\D/g, '')) ?? 0) + 1);
    return counts;
  };
  return {
    callbell: count([...callbell.state.sent.values()].map(({ contact }) => callbell.state.contactsByUuid.get(contact)!.phoneNumber!)),
    chatwoot: count([...chatwoot.state.messages.values()].filter(({ contentAttributes }) => contentAttributes.n8n_once)
      .map(({ conversationId }) => chatwoot.state.contacts.get(chatwoot.state.conversations.get(conversationId)!.contactId)!.phoneNumber!)),
    kinbox: count([...kinbox.state.records.queue.values()].map(({ body }) => String(body.to))),
  };
}

/** Lost answers, slow ones and cut connections; the longest stays below L. */
function trouble(sandbox: Sandbox): void {
  for (const vendor of vendors) {
    sandbox.inject({ kind: 'reset-after-handling', vendor, operationId: sends[vendor], probability: 0.12 });
    if (claims[vendor]) sandbox.inject({ kind: 'reset-after-handling', vendor, operationId: claims[vendor], probability: 0.05 });
    sandbox.inject({ kind: 'latency', vendor, probability: 0.05, ms: 900 });
    sandbox.inject({ kind: 'latency', vendor, probability: 0.01, ms: 4000 });
    sandbox.inject({ kind: 'status', vendor, method: 'GET', status: 503, probability: 0.03 });
  }
}

class Worker {
  readonly rows = new Map<Vendor, IDataObject[]>();
  readonly errors: string[] = [];
  readonly ended: Promise<'done' | 'ended' | 'killed'>;
  readonly ready: Promise<void>;
  private readonly child: ChildProcess;

  constructor(order: ChaosOrder) {
    this.child = fork(join(__dirname, 'worker.ts'), [], { execArgv: ['--import', 'tsx'], serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    let isDone = false;
    let begin: () => void;
    this.ready = new Promise((resolve) => { begin = resolve; });
    this.child.on('message', (reply: ChaosReply) => {
      if (reply === 'ready') {
        this.child.send(order as object);
        begin();
      } else if (reply === 'done') isDone = true;
      else {
        this.rows.set(reply.vendor, reply.rows);
        if (reply.error) this.errors.push(`${reply.vendor}: ${reply.error}`);
      }
    });
    this.ended = new Promise((resolve) => {
      this.child.once('exit', (_code, signal) => {
        begin();
        resolve(isDone ? 'done' : signal === 'SIGKILL' ? 'killed' : 'ended');
      });
    });
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}

interface Count { twice: number; missing: number; unsure: number; refused: number }

async function main(): Promise<void> {
  console.log(`Chaos: ${plan.people} people in each of ${vendors.length} services, ${plan.kills} kills, SEED=${seed}`);
  const sandbox = await startSandbox({ validateAnswers: false, keepRequests: 200_000 });
  const workers = new Set<Worker>();
  try {
    const fields = fieldsOf(sandbox);
    const people = Array.from({ length: plan.people }, (_, index) => ({ phone: `+55 85 9${8_100_0000 + index * 7}`, value: `A-${index}` }));
    const digits = (phone: string) => phone.replace(/\D/g, '');
    const order: ChaosOrder = { credentialValues: { ...credentialValues(sandbox), kinboxApi: { generation: 'v1', token: sandbox.kinbox.tokens.api, host: sandbox.kinbox.url } }, campaigns: vendors.map((vendor) => ({ vendor, fields: fields[vendor], people })), jumps: 7_200_000 };
    const start = () => {
      const worker = new Worker(order);
      workers.add(worker);
      void worker.ended.then(() => workers.delete(worker));
      return worker;
    };
    trouble(sandbox);

    // Two at a time; when one is killed another takes its place. Throttled once for longer than a claim lives.
    let kills = 0;
    let throttled = 0;
    const told: string[] = [];
    const ends = { killed: 0, before: 0 };
    const sendAndDie = async (until: number) => {
      while (kills < until) {
        kills += 1;
        const worker = start();
        await worker.ready;
        const isOver = await Promise.race([worker.ended, wait(500 + random() * (flags.short ? 4000 : 15_000))]);
        if (throttled === 0) {
          throttled += 1;
          for (const vendor of vendors) sandbox.inject({ kind: 'status', vendor, operationId: sends[vendor], status: 429, headers: { 'Retry-After': String(plan.retryAfter) }, body: { error: 'Too many requests' }, times: 1 });
        }
        if (!isOver) worker.kill();
        const how = await worker.ended;
        if (how === 'killed') ends.killed += 1;
        else ends.before += 1;
        if (how === 'ended') told.push('a process ended by itself, not by its kill');
        told.push(...worker.errors);
      }
    };
    await Promise.all([sendAndDie(plan.kills), sendAndDie(plan.kills)]);

    // Two that go through to the end at the same time, then one after the other until all is settled.
    let rows = new Map<Vendor, IDataObject[]>();
    for (let round = 1; round <= plan.mostRounds; round += 1) {
      if (round === 2) sandbox.clearFaults();
      const pair = round === 1 ? [start(), start()] : [start()];
      for (const worker of pair) if ((await worker.ended) !== 'done') told.push('a process did not end its campaigns');
      told.push(...pair.flatMap(({ errors }) => errors));
      rows = pair.at(-1)!.rows;
      const open = [...rows.values()].flat().filter(({ status }) => status === 'notSent').length;
      if (round > 1 && open === 0) break;
    }

    let passed = 0;
    let failed = 0;
    const all: Count = { twice: 0, missing: 0, unsure: 0, refused: 0 };
    const messages = taken(sandbox);
    for (const vendor of vendors) {
      const last = new Map((rows.get(vendor) ?? []).map((row) => [digits(String(row.phone)), row]));
      const count: Count = { twice: [...messages[vendor].values()].filter((number) => number > 1).length, missing: 0, unsure: 0, refused: 0 };
      for (const { phone } of people) {
        const status = String(last.get(digits(phone))?.status);
        if (status === 'unsure') count.unsure += 1;
        // Without a message a row must say that there is none, or that it is not known.
        else if (!messages[vendor].has(digits(phone))) {
          count[status === 'failed' || status === 'notSent' ? 'refused' : 'missing'] += 1;
          told.push(`${vendor} ${phone}: ${status}: ${String(last.get(digits(phone))?.reason)}`);
        }
      }
      console.log(`${vendor.padEnd(8)} campaign ${JSON.stringify(String(fields[vendor].campaignName).slice(0, 30))}: ${messages[vendor].size} of ${people.length} have it, twice: ${count.twice}, missing: ${count.missing}, unsure: ${count.unsure}, told as not sent: ${count.refused}`);
      for (const [good, what] of [[count.twice === 0, 'somebody got it twice'], [count.missing === 0, 'somebody is missing without a row'], [count.refused === 0, 'somebody was not reached in the end'], [messages[vendor].size + count.unsure >= people.length, 'messages are missing']] as const) {
        if (good) passed += 1;
        else {
          failed += 1;
          console.log(`  ${what}`);
        }
      }
      for (const key of Object.keys(all) as Array<keyof Count>) all[key] += count[key];
    }
    for (const line of new Set(told)) console.log(`  told by a run: ${line}`);
    const met = sandbox.requests.filter(({ fault }) => fault !== undefined).length;
    console.log(`\nkilled at work: ${ends.killed}, ended before: ${ends.before}, requests: ${sandbox.requests.length}, with a fault: ${met}`);
    console.log(`twice: ${all.twice}, missing: ${all.missing}, unsure: ${all.unsure} (SEED=${seed})`);
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed > 0 ? 1 : 0;
  } finally {
    for (const worker of workers) worker.kill();
    await sandbox.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
