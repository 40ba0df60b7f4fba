import type { IDataObject } from 'n8n-workflow';

import type { CampaignSender } from '../../../nodes/shared/campaign/interfaces';
import { CampaignMemory } from '../../../nodes/shared/campaign/memory';
import { CampaignRun } from '../../../nodes/shared/campaign/run';
import type { HttpClient } from '../../../nodes/shared/http/httpClient';
import { entriesOf, listWith, LostWrites, type Place } from '../../../nodes/shared/operation/lostWrites';
import { present } from '../../../nodes/shared/operation/output';

// Pauses take no time here: they move the clock instead.
let time = 0;
jest.mock('../../../nodes/shared/http/pause', () => ({
  pause: async (milliseconds: number) => { time += Math.max(0, milliseconds); },
  now: () => time,
}));

const http = () => ({ notices: new Set<string>() }) as unknown as HttpClient;
const simplified = { mode: 'simplified', fields: [] } as unknown as Parameters<typeof present>[2];
const shape = { simplify: ({ id }: IDataObject) => ({ id }), properties: [] } as unknown as Parameters<typeof present>[1];

/** A record whose tags somebody else takes away, so many times. */
function contact(undone: number) {
  const record = { tags: ['VIP'], undone: 0 };
  const place: Place = {
    record: 'contact 7', field: 'Tags',
    read: async () => {
      if (record.undone < undone) {
        record.undone += 1;
        record.tags = [];
      }
      return entriesOf(record.tags);
    },
    write: async (change, current) => { record.tags = listWith(current, change); },
    show: (current) => ({ tags: Object.keys(current) }),
  };
  return { record, place };
}

describe('lost writes', () => {
  it('are written again, without a word in the item', async () => {
    const [{ record, place }, client] = [contact(2), http()];
    const lost = new LostWrites(client);
    lost.wrote('7', place, { VIP: true });
    const answer = lost.gave('7', 0, { id: 7, tags: ['VIP'] });
    await lost.finish();
    expect(record.tags).toEqual(['VIP']);
    expect(present(answer, shape, simplified, client)).toEqual({ id: 7 });
    expect([...client.notices]).toEqual([expect.stringContaining('Somebody else wrote to contact 7 at the same time.')]);
  });

  it('that cannot be kept stand in the item, whichever form of it was chosen, beside what it said already', async () => {
    const [{ place }, client] = [contact(Infinity), http()];
    const lost = new LostWrites(client);
    lost.wrote('7', place, { VIP: true });
    lost.gave('7', 3, { id: 7, notApplied: [{ field: 'Tags', asked: 'x', got: null }] });
    const answer = (await lost.finish() as Map<number, IDataObject>).get(3)!;
    const notApplied = [{ field: 'Tags', asked: 'x', got: null }, { field: 'Tags', asked: 'VIP', got: null }];
    expect(present(answer, shape, simplified, client)).toEqual({ id: 7, notApplied });
    expect(present(answer, undefined, simplified, client)).toEqual({ id: 7, tags: [], notApplied });
  });
});

describe("a campaign's mark", () => {
  const send = async (undone: number) => {
    const { record, place } = contact(undone);
    const known = { id: '7', blocked: false, contact: { id: '7', name: 'Ana', tags: [], customFields: {} } };
    const sender = {
      service: 'X', promise: 'messages',
      addressee: () => ({
        known, look: async () => {}, stamp: async () => undefined, history: async () => 'none',
        send: async () => ({ is: 'queued', id: 'm1' }),
        mark: async () => place,
      }),
    } as unknown as CampaignSender<string>;
    const rules = { name: 'a', dryRun: false, whenClosed: 'wait', markTag: 'VIP', leaveOutTags: [], waitForDelivery: 0 } as never;
    const rows: IDataObject[] = [];
    const run = new CampaignRun(sender, rules, new CampaignMemory({}, 'X', 'a', undefined, false), new Set(), undefined, false, new LostWrites(http()));
    await run.run([{ recipient: { e164: '+5585988887777', optedIn: true, input: null } as never, message: 'Oi', text: 'Oi', settle: (row) => rows.push(row as unknown as IDataObject) }]);
    return { record, rows };
  };

  it('is set again when another run has taken it away', async () => {
    const { record, rows } = await send(1);
    expect(rows).toMatchObject([{ status: 'queued', reason: null }]);
    expect(record).toEqual({ tags: ['VIP'], undone: 1 });
  });

  it('that is not kept is told in the row', async () => {
    const { rows } = await send(Infinity);
    expect(rows).toMatchObject([{ status: 'queued', reason: "Sent, but the tag 'VIP' was not kept, since somebody else writes to the contact at the same time" }]);
  });
});

it('takes entries whose names every object has for what they are', () => {
  expect(listWith(entriesOf(['vip']), entriesOf(['constructor', 'toString']))).toEqual(['vip', 'constructor', 'toString']);
  expect(listWith(entriesOf(['vip', 'constructor']), { constructor: null } as never)).toEqual(['vip']);
});
