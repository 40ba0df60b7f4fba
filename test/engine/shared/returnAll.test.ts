import type { IDataObject } from 'n8n-workflow';

import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { seedContacts, type RecordedRequest } from '../../sandbox';
import { addContact as addCallbellContact } from '../../sandbox/callbell/contacts';
import { addContact as addKinboxContact } from '../../sandbox/kinbox/contacts';
import { addConversation, say } from '../chatwoot/threads';
import { useNode, type Bench } from '../support';

const chatwoot = useNode('Chatwoot', Chatwoot);
const kinbox = useNode('Kinbox', Kinbox);
const callbell = useNode('Callbell', Callbell);

const ids = (rows: IDataObject[]) => rows.map(({ id }) => String(id));
const hintsOf = ({ hints }: { hints?: Array<{ message: string }> }) => (hints ?? []).map(({ message }) => message);

/** Something that happens at the vendor after each page of a list. */
function meanwhile({ sandbox }: Bench, isPage: (request: RecordedRequest) => boolean, change: (page: number) => void): void {
  const record = sandbox.requests.push.bind(sandbox.requests);
  let page = 0;
  Object.defineProperty(sandbox.requests, 'push', {
    configurable: true,
    value: (request: RecordedRequest) => {
      if (isPage(request)) change((page += 1));
      return record(request);
    },
  });
}

afterEach(() => {
  for (const { sandbox } of [chatwoot, kinbox, callbell]) Reflect.deleteProperty(sandbox.requests, 'push');
});

describe('return all: Chatwoot conversations', () => {
  const state = () => chatwoot.sandbox.chatwoot.state;
  const conversations = () => [...state().conversations.values()].filter(({ accountId }) => String(accountId) === '1');
  const isList = ({ path, query }: RecordedRequest) => path.endsWith('/conversations') && query.page !== undefined;
  /** Conversations of an import: three at a time have the same last activity. */
  const imported = (count: number) => {
    const from = chatwoot.sandbox.clock.now() - 86_400_000;
    for (let index = 0; index < count; index += 1) {
      Object.assign(addConversation(chatwoot, { contactId: 1 + (index % 3) }), { createdAt: from + index * 1000, lastActivityAt: from + Math.floor(index / 3) * 3000, priority: index % 2 ? 'high' : null });
    }
    state().equalTimesInNoOrder = true;
  };

  it.each(['last_activity_at_desc', 'last_activity_at_asc', 'priority_desc', 'priority_asc', 'created_at_desc', 'waiting_since_asc'])('gets all of an import, sorted by %s', async (sort) => {
    imported(299);
    const result = await chatwoot.run('conversation', 'getAll', { returnAll: true, status: 'all', sort });
    expect(result.error).toBeUndefined();
    expect(ids(result.rows).sort()).toEqual(conversations().map(({ displayId }) => String(displayId)).sort());
    const pages = result.requests.filter(isList).length;
    expect(pages).toBeLessThanOrEqual(sort.startsWith('created') ? 13 : 26);
    // In the order that was asked for, as the raw rows show.
    const raw = (await chatwoot.run('conversation', 'getAll', { returnAll: true, status: 'all', sort, output: 'raw' }, { skipSchema: true })).rows;
    if (sort === 'last_activity_at_desc') expect(raw.map((row) => row.last_activity_at)).toEqual(raw.map((row) => row.last_activity_at).sort((a, b) => Number(b) - Number(a)));
    if (sort === 'last_activity_at_asc') expect(raw.map((row) => row.last_activity_at)).toEqual(raw.map((row) => row.last_activity_at).sort((a, b) => Number(a) - Number(b)));
    if (sort === 'priority_desc') expect(raw.map((row) => row.priority)).toEqual([...Array(149).fill('high'), ...Array(raw.length - 149).fill(null)]);
    if (sort === 'priority_asc') expect(raw.at(-1)!.priority).toBeNull();
    expect(hintsOf(result).filter((text) => /missing/.test(text))).toEqual([]);
  });

  it('a filter, which has one order only, gets all of them or says how many are missing', async () => {
    imported(299);
    const result = await chatwoot.run('conversation', 'filter', { returnAll: true, conditions: { condition: [{ field: 'status', operator: 'equal_to', value: 'open' }] } });
    expect(result.error).toBeUndefined();
    const all = conversations().filter(({ status }) => status === 'open').length;
    expect(result.rows).toHaveLength(new Set(ids(result.rows)).size);
    if (result.rows.length < all) expect(hintsOf(result)).toContainEqual(expect.stringContaining(`counts ${all} records in this list, but its pages held ${result.rows.length}`));
  });

  it('loses nobody while agents resolve conversations and customers start new ones', async () => {
    for (let index = 0; index < 130; index += 1) Object.assign(addConversation(chatwoot, { contactId: 1 + (index % 3) }), { createdAt: chatwoot.sandbox.clock.now() - 1_000_000 + index * 1000, lastActivityAt: chatwoot.sandbox.clock.now() - 1_000_000 + index * 1000 });
    const stayed = new Set(conversations().filter(({ status }) => status === 'open').map(({ displayId }) => String(displayId)));
    meanwhile(chatwoot, isList, (page) => {
      const open = conversations().filter(({ status }) => status === 'open');
      if (page > 8) return;
      const resolved = open[open.length - 1 - page * 3]!;
      resolved.status = 'resolved';
      stayed.delete(String(resolved.displayId));
      // The customer of an old one writes.
      open[page]!.lastActivityAt = chatwoot.sandbox.clock.now();
      if (page % 3 === 0) addConversation(chatwoot);
    });
    const result = await chatwoot.run('conversation', 'getAll', { returnAll: true, status: 'open' }, { skipSchema: true });
    expect(result.error).toBeUndefined();
    const got = ids(result.rows);
    expect([...stayed].filter((id) => !got.includes(id))).toEqual([]);
    expect(new Set(got).size).toBe(got.length);
  });

  it('says so when the list never stands still', async () => {
    for (let index = 0; index < 130; index += 1) addConversation(chatwoot, { contactId: 1 + (index % 3) });
    meanwhile(chatwoot, isList, () => {
      const open = conversations().filter(({ status }) => status === 'open');
      open[open.length - 1]!.status = 'resolved';
    });
    const result = await chatwoot.run('conversation', 'getAll', { returnAll: true, status: 'open' }, { skipSchema: true });
    expect(hintsOf(result)).toContainEqual(expect.stringMatching(/^The list kept changing while it was read 3 times, so single records may be missing/));
  });

  it('takes the count of the assignee that was chosen', async () => {
    imported(120);
    for (const [index, one] of conversations().entries()) one.assigneeId = index % 2 ? 1 : null;
    for (const assigneeType of ['me', 'assigned', 'unassigned']) {
      const { rows, error } = await chatwoot.run('conversation', 'getAll', { returnAll: true, status: 'all', filters: { assigneeType } });
      expect(error).toBeUndefined();
      expect(new Set(ids(rows)).size).toBe(conversations().filter(({ assigneeId }) => (assigneeType === 'unassigned' ? assigneeId === null : assigneeId === 1)).length);
    }
  });
});

describe('return all: Chatwoot messages', () => {
  /** Messages of an import: seven at a time have the same time. */
  const imported = (count: number, timeOf = (index: number) => Math.floor(index / 7) * 7000) => {
    const one = addConversation(chatwoot);
    const from = chatwoot.sandbox.clock.now() - 80_000_000;
    for (let index = 0; index < count; index += 1) say(chatwoot, one, `m${index}`).createdAt = from + timeOf(index);
    chatwoot.sandbox.chatwoot.state.equalTimesInNoOrder = true;
    return { conversationId: { __rl: true, mode: 'id', value: String(one.displayId) } };
  };
  const contents = (rows: IDataObject[]) => rows.map(({ content }) => content);
  const countdown = (count: number) => Array.from({ length: count }, (_, index) => `m${count - 1 - index}`);

  it.each([[19, 1], [20, 3], [100, 8], [999, 1], [1000, 3], [2501, 7]])('gets all %i of one conversation in few requests', async (count, most) => {
    const { rows, requests, error } = await chatwoot.run('message', 'getAll', { ...imported(count), returnAll: true });
    expect(error).toBeUndefined();
    expect(contents(rows)).toEqual(countdown(count));
    expect(requests.length).toBeLessThanOrEqual(most);
  }, 60_000);

  it('gets them when the IDs do not follow the time, as after an import of an older history', async () => {
    const { rows, error } = await chatwoot.run('message', 'getAll', { ...imported(2300, (index) => (index < 300 ? 70_000_000 + index * 1000 : index * 1000)), returnAll: true });
    expect(error).toBeUndefined();
    expect(new Set(contents(rows)).size).toBe(2300);
    expect(contents(rows).slice(0, 300)).toEqual(countdown(300));
  }, 60_000);

  it.each([21, 60, 150])('gets the newest %i page by page without leaving out any between', async (limit) => {
    const { rows, error } = await chatwoot.run('message', 'getAll', { ...imported(500), limit });
    expect(error).toBeUndefined();
    expect(contents(rows).slice(0, limit - 6)).toEqual(countdown(500).slice(0, limit - 6));
    expect(new Set(contents(rows)).size).toBe(limit);
  });

  it('reads more than a page of one moment', async () => {
    const { rows, error } = await chatwoot.run('message', 'getAll', { ...imported(90, () => 0), limit: 80 });
    expect(error).toBeUndefined();
    expect(contents(rows)).toEqual(countdown(90).slice(0, 80));
  });

  it('reads on when a server looks at one end of the span only', async () => {
    const parameters = imported(64);
    // Servers before this call had a second end.
    const handlers = (await import('../../sandbox/chatwoot/messages')).messages;
    const listed = handlers.listMessages!;
    handlers.listMessages = (async (call: Parameters<typeof listed>[0]) => await listed({ ...call, query: { ...call.query, after: undefined } })) as typeof listed;
    try {
      const { rows, error } = await chatwoot.run('message', 'getAll', { ...parameters, returnAll: true });
      expect(error).toBeUndefined();
      expect(contents(rows)).toEqual(countdown(64));
    } finally {
      handlers.listMessages = listed;
    }
  });
});

describe('return all: Chatwoot contacts', () => {
  const isList = ({ path }: RecordedRequest) => /\/contacts(?:\/filter|\/search)?$/.test(path);

  it.each(['getAll', 'filter', 'search'])('%s gets contacts of one moment, as an import makes them', async (operation) => {
    const { state } = chatwoot.sandbox.chatwoot;
    seedContacts(chatwoot.sandbox, 'chatwoot', 200);
    const at = chatwoot.sandbox.clock.now() - 5_000_000;
    const all = [...state.contacts.values()].filter((one) => String(one.accountId) === '1' && one.phoneNumber !== null);
    for (const one of all) Object.assign(one, { createdAt: at, lastActivityAt: at, name: `Cliente ${one.id}` });
    state.equalTimesInNoOrder = true;
    const result = await chatwoot.run('contact', operation, {
      returnAll: true, searchText: 'Cliente', conditions: { condition: [{ field: 'name', operator: 'contains', value: 'Cliente' }] },
    }, { skipSchema: true });
    expect(result.error).toBeUndefined();
    const got = new Set(ids(result.rows));
    expect(all.map(({ id }) => String(id)).filter((id) => !got.has(id))).toEqual([]);
    expect(got.size).toBe(result.rows.length);
  });

  it('loses nobody and asks no page again while new people come in', async () => {
    seedContacts(chatwoot.sandbox, 'chatwoot', 150);
    const { state } = chatwoot.sandbox.chatwoot;
    const there = [...state.contacts.values()].filter((one) => String(one.accountId) === '1' && one.phoneNumber !== null).map(({ id }) => String(id));
    const from = chatwoot.sandbox.clock.now() - 500_000;
    for (const [index, id] of there.entries()) state.contacts.get(Number(id))!.createdAt = from + index * 1000;
    meanwhile(chatwoot, isList, (page) => {
      if (page % 2 === 0) seedContacts(chatwoot.sandbox, 'chatwoot', 1);
    });
    const result = await chatwoot.run('contact', 'getAll', { returnAll: true, options: { parallelRequests: 1 } }, { skipSchema: true });
    expect(result.error).toBeUndefined();
    const got = new Set(ids(result.rows));
    expect(there.filter((id) => !got.has(id))).toEqual([]);
    expect(result.rows).toHaveLength(got.size);
  });
});

describe('return all: Kinbox', () => {
  const state = () => kinbox.sandbox.kinbox.state;
  const isList = ({ path }: RecordedRequest) => /\/contacts$/.test(path);

  it('v3 (offset) loses nobody when a contact is deleted between two pages', async () => {
    seedContacts(kinbox.sandbox, 'kinbox', 1700);
    const there = new Set([...state().contacts.values()].map((one) => String(one.id)));
    meanwhile(kinbox, isList, (page) => {
      const first = [...state().contacts.values()][page]!;
      if (page > 3) return;
      state().contacts.delete(first.id);
      there.delete(String(first.id));
    });
    const result = await kinbox.run('contact', 'getAll', { returnAll: true, options: { parallelRequests: 1 } }, { skipSchema: true });
    expect(result.error).toBeUndefined();
    const got = ids(result.rows);
    expect([...there].filter((id) => !got.includes(id))).toEqual([]);
    expect(new Set(got).size).toBe(got.length);
  }, 60_000);

  it('v1 (cursor) begins again when the record of its cursor is gone', async () => {
    seedContacts(kinbox.sandbox, 'kinbox', 450);
    const there = new Set([...state().contacts.values()].map((one) => String(one.id)));
    meanwhile(kinbox, isList, (page) => {
      if (page !== 2) return;
      const last = [...state().contacts.values()][199]!;
      state().contacts.delete(last.id);
      there.delete(String(last.id));
      addKinboxContact(state(), { name: 'Nova', phone: '5511911112222' } as never, kinbox.sandbox.clock.now());
    });
    const result = await kinbox.run('contact', 'getAll', { returnAll: true }, { skipSchema: true, credential: { kinboxApi: { generation: 'v1', token: kinbox.sandbox.kinbox.tokens.api } } });
    expect(result.error).toBeUndefined();
    const got = ids(result.rows);
    expect([...there].filter((id) => !got.includes(id))).toEqual([]);
    expect(new Set(got).size).toBe(got.length);
  });
});

describe('return all: Callbell', () => {
  const state = () => callbell.sandbox.callbell.state;
  const isList = ({ path }: RecordedRequest) => /\/contacts$/.test(path);

  it.each([1, 20])('loses nobody who writes while the list is read, with %i requests at once', async (parallelRequests) => {
    seedContacts(callbell.sandbox, 'callbell', 150);
    const there = state().contacts.map(({ uuid }) => uuid);
    meanwhile(callbell, isList, (page) => {
      if (page > 6) return;
      // Somebody from the end of the list writes, and comes to its top.
      const [mover] = state().contacts.splice(state().contacts.length - 20, 1);
      mover!.activityAt = callbell.sandbox.clock.now();
      state().contacts.unshift(mover!);
      if (page === 3) addCallbellContact(state(), { source: 'whatsapp', identifier: '5511900001111', name: 'Nova' }, callbell.sandbox.clock.now());
    });
    const result = await callbell.run('contact', 'getAll', { returnAll: true, options: { parallelRequests } }, { skipSchema: true });
    expect(result.error).toBeUndefined();
    const got = ids(result.rows);
    expect(there.filter((id) => !got.includes(id))).toEqual([]);
    expect(new Set(got).size).toBe(got.length);
  });
});
