import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { addContact } from '../../sandbox/callbell/contacts';
import { listSearch, resourceMapping } from '../../harness/engine';
import { byId, byUrl, credentials, credentialValues } from '../support';
import { behavesWell, mapped, useCallbell } from './support';

const bench = useCallbell();
const state = () => bench.sandbox.callbell.state;
const ana = { identifier: '+55 85 98888-7777', name: 'Ana Souza' };
const someone = () => byId(state().contacts.find(({ source }) => source === 'whatsapp')!.uuid);

describe('contact: create', () => {
  it("sends the documents' call as they show it", async () => {
    const { error, requests, rows } = await bench.run('contact', 'create', {
      source: 'whatsapp', identifier: '123456789', name: 'John Doe', additionalFields: { identifierAsWritten: true },
    });
    expect(error).toBeUndefined();
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/v1/contacts', body: { source: 'whatsapp', identifier: '123456789', name: 'John Doe' } });
    expect(requests[0]?.body).toEqual({ source: 'whatsapp', identifier: '123456789', name: 'John Doe' });
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer <token>', accept: 'application/json', 'content-type': 'application/json' });
    expect(rows).toEqual([expect.objectContaining({ name: 'John Doe', phone: '+123456789', tags: [], platform: 'callbell' })]);
  });

  it('sends every field', async () => {
    const { teams, channels } = state();
    const { error, requests, rows } = await bench.run('contact', 'create', {
      source: 'whatsapp', ...ana, tags: ['Call back', 'Interested'],
      customFields: mapped({ 'Billing Address': 'Rua A, 1', Orders: 3, Birthday: '2001-02-03T00:00:00', Interests: '["bread","coffee"]', Plan: null }, { Orders: 'number', Birthday: 'dateTime', Interests: 'array', Plan: 'options' }),
      additionalFields: {
        assignedUser: 'tomas@lojaexemplo.com.br', teamId: byId(teams[1]!.uuid), channelId: byId(channels[1]!.uuid), botStatus: 'bot_start', note: 'Prefers mornings',
        customFieldsByName: { field: [{ name: 'E-mail', value: 'ana@example.com' }] }, customFieldsJson: '{"Plan": "Pro"}',
      },
    });
    expect(error).toBeUndefined();
    expect(requests.at(-1)?.body).toEqual({
      source: 'whatsapp', identifier: '5585988887777', name: 'Ana Souza', tags: ['Call back', 'Interested'],
      custom_fields: { 'Billing Address': 'Rua A, 1', Orders: '3', Birthday: '2001-02-03', Interests: ['bread', 'coffee'], 'E-mail': 'ana@example.com', Plan: 'Pro' },
      assigned_user: 'tomas@lojaexemplo.com.br', team_uuid: teams[1]!.uuid, channel_uuid: channels[1]!.uuid, bot_status: 'bot_start', note: 'Prefers mornings',
    });
    expect(rows[0]).toMatchObject({
      name: 'Ana Souza', phone: '+5585988887777', email: 'ana@example.com', tags: ['Call back', 'Interested'], notes: 'Prefers mornings', platform: 'callbell',
      customFields: { 'Billing Address': 'Rua A, 1', Interests: ['bread', 'coffee'] },
      url: expect.stringMatching(/^https:\/\/dash\.callbell\.eu\/contacts\//), createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it.each([
    ['+55 (85) 98888-7777', 'BR', '5585988887777'],
    ['85 98888 7777', 'BR', '5585988887777'],
    ['0055 85 98888-7777', 'BR', '5585988887777'],
    ['910 000 111', 'PT', '351910000111'],
    [5585988887777, 'BR', '5585988887777'],
  ])('reads the phone %s (%s) as %s', async (identifier, country, digits) => {
    const { error, requests } = await bench.run('contact', 'create', { identifier: '={{ $json.phone }}', name: 'Ana', defaultCountry: country }, { items: [{ phone: identifier }] });
    expect(error).toBeUndefined();
    expect(requests[0]?.body).toMatchObject({ identifier: digits });
  });

  it('leaves the ID of other channels as it is', async () => {
    const { error, requests, rows } = await bench.run('contact', 'create', { source: 'instagram', identifier: '17841400009', name: 'Íris' });
    expect(error).toBeUndefined();
    expect(requests[0]?.body).toEqual({ source: 'instagram', identifier: '17841400009', name: 'Íris' });
    expect(rows[0]?.phone).toBeNull();
  });

  it.each([
    ['letters in the phone', { identifier: '85 9888 ABCD' }, /'Phone or Channel ID' cannot be used as a phone number.*\[item 1\]/],
    ['no phone', { identifier: '' }, /'Phone or Channel ID' is empty \[item 1\]/],
    ['no name', { name: '' }, /'Name' is empty \[item 1\]/],
  ])('refuses %s before anything is sent', async (_, bad, message) => {
    const items = [ana, { ...ana, ...bad }];
    const { error, requests } = await bench.run('contact', 'create', { identifier: '={{ $json.identifier }}', name: '={{ $json.name }}' }, { items });
    expect(error?.message).toMatch(message);
    expect(requests).toEqual([]);
  });

  it('refuses an e-mail address and a note that Callbell would not take', async () => {
    const mail = await bench.run('contact', 'create', { ...ana, additionalFields: { assignedUser: 'tomas' } });
    expect(mail.error?.message).toBe("'Assigned User Email' is not an e-mail address [item 0]");
    const note = await bench.run('contact', 'create', { ...ana, additionalFields: { note: 'x'.repeat(1001) } });
    expect(note.error?.message).toBe("'Note' has more than 1000 characters [item 0]");
    expect(bench.sandbox.requests).toEqual([]);
  });

  it('names our fields when Callbell refuses values, and says that they must exist', async () => {
    const { error } = await bench.run('contact', 'create', {
      ...ana, tags: ['Nope'], additionalFields: { assignedUser: 'nobody@example.com', customFieldsByName: { field: [{ name: 'Shoe', value: '42' }] } },
    });
    expect(error?.message).toBe("Callbell refused the request: 'Tags' 'Nope' does not exist; 'Custom Fields' 'Shoe' does not exist; 'Assigned User Email' must be the email of a confirmed user [item 0]");
    expect(error?.description).toContain('must exist in the Callbell account');
  });

  it('says that the contact exists', async () => {
    const { error } = await bench.run('contact', 'create', ana, { items: [{}, {}] });
    expect(error?.message).toBe("Callbell refused the request: 'Phone or Channel ID' has already been taken [item 1]");
  });

  it('keeps going past a bad item', async () => {
    const { outputs } = await bench.run('contact', 'create', { identifier: '={{ $json.identifier }}', name: 'Ana' }, { items: [{ identifier: 'abc' }, ana], onError: 'continueErrorOutput' });
    expect(outputs[0]?.map(({ json, pairedItem }) => [json.phone, pairedItem])).toEqual([['+5585988887777', { item: 1 }]]);
    expect(outputs[1]?.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([[expect.stringContaining('[item 0]'), { item: 0 }]]);
  });

  it('does not send again when it is unsure whether the contact was created', async () => {
    bench.sandbox.inject({ kind: 'reset-after-handling', vendor: 'callbell', operationId: 'createContact', times: 1 });
    const instagram = { source: 'instagram', identifier: '17841400009', name: 'Ana', additionalFields: { channelId: byId(state().channels[2]!.uuid) } };
    const { error, requests } = await bench.run('contact', 'create', instagram);
    expect(error?.description).toContain('not known whether');
    expect(requests).toHaveLength(1);
  });

  it('gives the raw answer and chosen fields', async () => {
    const raw = await bench.run('contact', 'create', { ...ana, output: 'raw' });
    expect(raw.rows[0]).toMatchObject({ phoneNumber: '5585988887777', source: 'whatsapp', uuid: expect.any(String) });
    const selected = await bench.run('contact', 'get', { contactId: someone(), output: 'selected', outputFields: ['uuid', 'source'] });
    expect(Object.keys(selected.rows[0]!)).toEqual(['uuid', 'source']);
  });

  behavesWell(bench, { resource: 'contact', operation: 'create', parameters: () => ana });
});

describe.each([['array'], ['object'], ['mixed']] as const)('contact: envelope as %s', (envelope) => {
  const other = useCallbell({ callbell: { envelope } });
  it('gives the contact on create, get, update', async () => {
    const [created] = (await other.run('contact', 'create', ana)).rows;
    expect(created).toMatchObject({ name: 'Ana Souza' });
    expect((await other.run('contact', 'get', { contactId: byId(String(created!.id)) })).rows).toEqual([created]);
    expect((await other.run('contact', 'update', { contactId: byId(String(created!.id)), name: 'Ana S.' })).rows).toEqual([{ ...created, name: 'Ana S.', changed: true, matchedBy: 'id' }]);
  });
});

describe('contact: get', () => {
  it('reads by ID and by address', async () => {
    const { uuid } = state().contacts[3]!;
    const byItsId = await bench.run('contact', 'get', { contactId: byId(uuid) });
    expect(byItsId.requests[0]).toMatchObject({ method: 'GET', path: `/v1/contacts/${uuid}`, query: {} });
    expect(byItsId.rows[0]?.id).toBe(uuid);
    const address = await bench.run('contact', 'get', { contactId: byUrl(`https://dash.callbell.eu/contacts/${uuid}?tab=1`) });
    expect(address.rows).toEqual(byItsId.rows);
  });

  it('gives typed custom fields and the account e-mail field when asked', async () => {
    const contact = state().contacts[3]!;
    contact.customFields = { Interests: ['bread'], 'E-mail': 'ana@example.com', 'Billing Address': '["not", 1]' };
    const { requests, rows } = await bench.run('contact', 'get', { contactId: byId(contact.uuid), includeFieldTypes: true });
    expect(requests[0]?.query).toEqual({ include_field_types: 'true' });
    expect(rows[0]).toMatchObject({ email: 'ana@example.com', customFields: { Interests: ['bread'], 'Billing Address': '["not", 1]' } });
    const plain = await bench.run('contact', 'get', { contactId: byId(contact.uuid) });
    expect(plain.rows[0]).toMatchObject({ email: 'ana@example.com', customFields: { Interests: ['bread'], 'Billing Address': '["not", 1]' } });
  });

  it('takes a phone with its plus sign for the contact, in every operation', async () => {
    const { uuid, phoneNumber } = state().contacts[1]!;
    const byPhone = { __rl: true, mode: 'phone', value: ` ${phoneNumber!} ` };
    const funnelId = byId(state().funnels[0]!.uuid);
    for (const [resource, operation] of [['contact', 'get'], ['contact', 'update'], ['contact', 'getMessages'], ['contact', 'addTags'], ['contact', 'removeTags'], ['contact', 'setTags'], ['conversation', 'open'], ['conversation', 'close'], ['conversation', 'addNote'], ['conversation', 'moveInFunnel'], ['bot', 'get'], ['bot', 'start'], ['bot', 'end'], ['contact', 'delete']]) {
      const { error, requests } = await bench.run(resource!, operation!, { contactId: byPhone, name: 'X', tags: ['VIP'], text: 'x', funnelId } as never);
      expect({ operation, error: error?.message }).toEqual({ operation, error: undefined });
      expect(requests[0]?.path).toBe(`/v1/contacts/phone/${phoneNumber!.replace(/\D/g, '')}`);
      expect(requests[1]?.path).toContain(`/v1/contacts/${uuid}`);
    }
    // As it comes from a contact of another node.
    const { error } = await bench.run('contact', 'get', { contactId: byId('={{ $json.phone }}') }, { items: [{ phone: '+351910000111' }] });
    expect(error?.message).toBe('Callbell has no contact with the phone +351910000111 [item 0]');
  });

  it('encodes what stands in the path', async () => {
    const { requests } = await bench.run('contact', 'get', { contactId: byId('a/b?c') }, { continueOnFail: true });
    expect(requests[0]?.path).toBe('/v1/contacts/a%2Fb%3Fc');
  });

  behavesWell(bench, { resource: 'contact', operation: 'get', parameters: () => ({ contactId: someone() }), idField: 'contactId' });
});

describe('contact: get many', () => {
  it('reads all pages, each contact once, in the order of Callbell', async () => {
    const { error, rows, requests } = await bench.run('contact', 'getAll', { returnAll: true });
    expect(error).toBeUndefined();
    expect(rows.map(({ id }) => id)).toEqual(state().contacts.map(({ uuid }) => uuid));
    // The first page again tells whether anybody has moved to the top meanwhile.
    expect(requests.map(({ query }) => query.page)).toEqual(['1', '2', '3', '1']);
  });

  it('stops at the limit', async () => {
    const { rows, requests } = await bench.run('contact', 'getAll', { limit: 20 });
    expect(rows).toHaveLength(20);
    expect(requests).toHaveLength(1);
    const { rows: more, requests: asked } = await bench.run('contact', 'getAll', { limit: 41 });
    expect(more.map(({ id }) => id)).toEqual(state().contacts.slice(0, 41).map(({ uuid }) => uuid));
    expect(asked.map(({ query }) => query.page).sort()).toEqual(['1', '2', '3']);
    expect((await bench.run('contact', 'getAll')).rows).toHaveLength(46);
  });

  it('sends the filters and looks at the tags again, exactly', async () => {
    const { teams } = state();
    const vip = state().contacts.filter(({ tags }) => tags.includes('VIP'));
    for (const contact of vip) contact.teamUuid = teams[0]!.uuid;
    const { error, rows, requests } = await bench.run('contact', 'getAll', {
      returnAll: true, filters: { tags: ['VIP'], source: 'whatsapp', teamId: byId(teams[0]!.uuid) }, includeFieldTypes: true,
    });
    expect(error).toBeUndefined();
    expect(requests[0]?.query).toEqual({ page: '1', tags: 'VIP', source: 'whatsapp', team_uuid: teams[0]!.uuid, include_field_types: 'true' });
    expect(rows.map(({ id }) => id)).toEqual(vip.map(({ uuid }) => uuid));
  });

  it('finds contacts with all or any of several tags, with or without regard to case', async () => {
    const [a, b, c] = state().contacts.slice(1);
    for (const contact of state().contacts) contact.tags = [];
    a!.tags = ['VIP', 'Call back'];
    b!.tags = ['vip', 'Call back'];
    c!.tags = ['Interested'];
    const found = async (filters: Record<string, unknown>) => (await bench.run('contact', 'getAll', { returnAll: true, filters } as never)).rows.map(({ id }) => id);
    expect(await found({ tags: ['VIP', 'Call back'] })).toEqual([a!.uuid]);
    expect(await found({ tags: ['VIP', 'Call back'], ignoreCase: true })).toEqual([a!.uuid, b!.uuid]);
    expect((await found({ tags: ['VIP', 'Interested'], match: 'any' })).sort()).toEqual([a!.uuid, c!.uuid].sort());
    expect(await found({ tags: 'Interested' })).toEqual([c!.uuid]);
    expect(await found({ tags: ['No one, has it'] })).toEqual([]);
  });

  it('reads on by cursor after page 500', async () => {
    const { sandbox } = bench;
    const now = sandbox.clock.now();
    for (let index = 0; index < 10_050; index += 1) addContact(state(), { source: 'whatsapp', identifier: `55119${index}`, name: `N${index}` }, now + index);
    sandbox.clock.advance(60_000);
    const { error, rows, requests } = await bench.run('contact', 'getAll', { returnAll: true });
    expect(error).toBeUndefined();
    expect(rows).toHaveLength(10_096);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(10_096);
    expect(requests.filter(({ query }) => query.after !== undefined)).toHaveLength(5);
    expect(Math.max(...requests.map(({ query }) => Number(query.page ?? 0)))).toBe(500);
  }, 60_000);

  behavesWell(bench, { resource: 'contact', operation: 'getAll', parameters: () => ({}) });
});

describe('contact: update', () => {
  it('sends only what is filled in', async () => {
    const { uuid } = state().contacts[2]!;
    const { error, requests, rows } = await bench.run('contact', 'update', { contactId: byId(uuid), name: 'Novo nome' });
    expect(error).toBeUndefined();
    expect(requests).toEqual([expect.objectContaining({ method: 'GET' }), expect.objectContaining({ method: 'PATCH', path: `/v1/contacts/${uuid}`, body: { name: 'Novo nome' } })]);
    expect(rows[0]).toMatchObject({ id: uuid, name: 'Novo nome', changed: true, matchedBy: 'id' });
    const again = await bench.run('contact', 'update', { contactId: byId(uuid), name: 'Novo nome' });
    expect(again.requests.map(({ method }) => method)).toEqual(['GET']);
    expect(again.rows[0]).toMatchObject({ changed: false, matchedBy: 'id' });
  });

  it('sends every field', async () => {
    const { teams } = state();
    Object.assign(state().contacts[0]!, { assignedUser: 'tomas@lojaexemplo.com.br', note: 'Old' });
    const { error, requests } = await bench.run('contact', 'update', {
      contactId: byId(state().contacts[0]!.uuid), name: 'A', tags: ['Cliente'], customFields: mapped({ Plan: 'Basic' }),
      additionalFields: { unassignUser: true, clearNote: true, teamId: byId(teams[0]!.uuid), botStatus: 'bot_end', customFieldsByName: { field: [{ name: 'Interests', value: 'bread, cakes', isList: true }] } },
    });
    expect(error).toBeUndefined();
    expect(requests.find(({ method }) => method === 'PATCH')?.body).toEqual({
      name: 'A', tags: ['Cliente'], custom_fields: { Plan: 'Basic', Interests: ['bread', 'cakes'] }, unassign_user: true, note: '', team_uuid: teams[0]!.uuid, bot_status: 'bot_end',
    });
  });

  it.each([
    [{}, "'Contact' is given, but no field to change [item 0]"],
    [{ additionalFields: { unassignUser: true, assignedUser: 'tomas@lojaexemplo.com.br' } }, /'Unassign User' is on, but/],
    [{ additionalFields: { clearNote: true, note: 'x' } }, /'Clear Note' is on, but/],
  ])('refuses %j', async (fields, message) => {
    const { error, requests } = await bench.run('contact', 'update', { contactId: someone(), ...fields } as never);
    expect(error?.message).toMatch(message);
    expect(requests).toEqual([]);
  });

  it('is repeated after a lost answer: the same again changes nothing more', async () => {
    bench.sandbox.inject({ kind: 'reset-after-handling', vendor: 'callbell', operationId: 'updateContact', times: 1 });
    const { error, requests } = await bench.run('contact', 'update', { contactId: someone(), name: 'B' });
    expect(error).toBeUndefined();
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'PATCH']);
  });

  behavesWell(bench, { resource: 'contact', operation: 'update', parameters: () => ({ contactId: someone(), name: 'C' }), idField: 'contactId' });
});

describe('contact: delete', () => {
  it('deletes', async () => {
    const contactId = someone();
    const { rows, requests } = await bench.run('contact', 'delete', { contactId });
    expect(rows).toEqual([{ deleted: true }]);
    expect(requests[0]).toMatchObject({ method: 'DELETE', path: `/v1/contacts/${contactId.value}` });
    expect(state().contactsByUuid.has(contactId.value)).toBe(false);
  });
  behavesWell(bench, { resource: 'contact', operation: 'delete', parameters: () => ({ contactId: someone() }), idField: 'contactId' });
});

describe('contact: create or update', () => {
  it('creates, then updates, and keeps the tags', async () => {
    const fields = { phone: '85 98888-7777', name: 'Ana', tags: ['VIP'] };
    const created = await bench.run('contact', 'upsert', fields);
    expect(created.error).toBeUndefined();
    expect(created.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/contacts/phone/5585988887777', 'GET /v1/contacts/phone/558588887777', 'POST /v1/contacts']);
    expect(created.requests[2]?.body).toEqual({ source: 'whatsapp', identifier: '5585988887777', name: 'Ana', tags: ['VIP'] });
    const updated = await bench.run('contact', 'upsert', { ...fields, name: 'Ana S.', tags: ['Cliente'] });
    // The last looks whether the tags were kept.
    expect(updated.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET']);
    expect(updated.rows[0]).toMatchObject({ id: created.rows[0]!.id, name: 'Ana S.', tags: ['VIP', 'Cliente'] });
    const replaced = await bench.run('contact', 'upsert', { ...fields, tagMode: 'replace' });
    expect(replaced.rows[0]?.tags).toEqual(['VIP']);
  });

  it('finds a Brazilian mobile that Callbell has without the ninth digit', async () => {
    addContact(state(), { source: 'whatsapp', identifier: '558588887777', phoneNumber: '+55 85 8888 7777', name: 'Ana' }, bench.sandbox.clock.now());
    const { rows, requests } = await bench.run('contact', 'upsert', { phone: '+55 85 98888-7777', name: 'Ana S.' });
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'PATCH']);
    expect(rows[0]).toMatchObject({ name: 'Ana S.', phone: '+558588887777' });
  });

  it('takes the one in the very spelling where both spellings are somebody, whichever way it looks', async () => {
    const [old, exact] = ['558588887777', '5585988887777'].map((identifier) => addContact(state(), { source: 'whatsapp', identifier, phoneNumber: `+${identifier}`, name: identifier }, bench.sandbox.clock.now()));
    // Eleven others make the list cheaper than asking for each.
    const others = Array.from({ length: 11 }, (_, index) => ({ phone: `+351910000${100 + index}`, name: 'Inês' }));
    for (const items of [[{ phone: '+5585988887777', name: 'Ana' }], [{ phone: '+5585988887777', name: 'Bia' }, ...others]]) {
      const { error, rows } = await bench.run('contact', 'upsert', { phone: '={{ $json.phone }}', name: '={{ $json.name }}' }, { items });
      expect(error).toBeUndefined();
      expect(rows[0]).toMatchObject({ id: exact!.uuid, name: items[0]!.name, matchedBy: 'phone' });
    }
    expect(old!.name).toBe('558588887777');
  });

  it('creates one contact for two items with the same phone', async () => {
    const { error, rows } = await bench.run('contact', 'upsert', { phone: '={{ $json.phone }}', name: 'Ana' }, { items: [{ phone: '85 98888-7777' }, { phone: '+5585988887777' }] });
    expect(error).toBeUndefined();
    expect(rows[0]!.id).toBe(rows[1]!.id);
  });

  it('looks and creates on the chosen channel', async () => {
    const channel = state().channels[1]!.uuid;
    const { requests } = await bench.run('contact', 'upsert', { phone: '+351910000111', name: 'Inês', additionalFields: { channelId: byId(channel) } });
    expect(requests[0]?.query).toEqual({ channel_uuid: channel });
    expect(requests[1]?.body).toMatchObject({ channel_uuid: channel });
  });

  it('leaves a contact alone when there is nothing to change, and needs a name for a new one', async () => {
    const { phoneNumber, uuid } = state().contacts[1]!;
    const { rows, requests } = await bench.run('contact', 'upsert', { phone: phoneNumber! });
    expect(rows[0]?.id).toBe(uuid);
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
    expect((await bench.run('contact', 'upsert', { phone: '+351910000111' })).error?.message).toMatch(/'Name' is empty, and Callbell has no contact with this phone yet \[item 0\]/);
  });

  behavesWell(bench, { resource: 'contact', operation: 'upsert', parameters: () => ({ phone: '85 98888-7777', name: 'Ana' }) });
});

describe('contact: get by phone, get by business-scoped user ID', () => {
  it('finds by phone in any spelling', async () => {
    const contact = state().contacts[1]!;
    const { rows, requests } = await bench.run('contact', 'getByPhone', { phone: contact.phoneNumber! });
    expect(rows[0]?.id).toBe(contact.uuid);
    expect(requests[0]?.path).toBe(`/v1/contacts/phone/${contact.phoneNumber!.replace(/\D/g, '')}`);
  });

  it('tells that no contact has the phone, and where it looked', async () => {
    const { error } = await bench.run('contact', 'getByPhone', { phone: '+351 910 000 111' });
    expect(error?.message).toBe("'Phone' +351910000111 belongs to no contact [item 0]");
    expect(error?.description).toContain('main WhatsApp channel only');
  });

  it('finds by BSUID', async () => {
    state().contacts[1]!.bsuid = 'BR.77';
    const { rows, requests } = await bench.run('contact', 'getByBsuid', { bsuid: 'BR.77' });
    expect(rows[0]?.id).toBe(state().contacts[1]!.uuid);
    expect(requests[0]?.path).toBe('/v1/contacts/bsuid/BR%2E77');
  });

  behavesWell(bench, { resource: 'contact', operation: 'getByPhone', parameters: () => ({ phone: state().contacts[1]!.phoneNumber! }) });
  behavesWell(bench, {
    resource: 'contact', operation: 'getByBsuid', idField: 'bsuid', plainId: true,
    parameters: () => {
      state().contacts[1]!.bsuid = 'BR.77';
      return { bsuid: 'BR.77' };
    },
  });
});

describe('contact: get custom fields', () => {
  it('tells the names, types and options that contacts show', async () => {
    const { error, rows, requests } = await bench.run('contact', 'getCustomFields');
    expect(error).toBeUndefined();
    expect(requests[0]?.query).toMatchObject({ include_field_types: 'true' });
    expect(rows).toEqual(state().customFields.map(({ label, type, options }) => ({ name: label, type, options: options ?? [] })));
  });
  behavesWell(bench, { resource: 'contact', operation: 'getCustomFields', parameters: () => ({}) });
});

describe('contact: tags', () => {
  it('adds tags and keeps the others', async () => {
    const contact = state().contacts.find(({ tags }) => tags.includes('Call back'))!;
    const { rows, requests } = await bench.run('contact', 'addTags', { contactId: byId(contact.uuid), tags: ['VIP', 'Call back'] });
    expect(requests.map(({ method, body }) => [method, body])).toEqual([['GET', undefined], ['PATCH', { tags: ['Call back', 'VIP'] }], ['GET', undefined]]);
    expect(rows[0]?.tags).toEqual(['Call back', 'VIP']);
    const again = await bench.run('contact', 'addTags', { contactId: byId(contact.uuid), tags: 'VIP' });
    expect(again.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('loses no tag when many items tag one contact', async () => {
    const { uuid } = state().contacts[1]!;
    state().contacts[1]!.tags = [];
    const { error } = await bench.run('contact', 'addTags', { contactId: byId(uuid), tags: ['={{ $json.tag }}'] }, { items: ['Call back', 'Interested', 'VIP', 'vip', 'Cliente'].map((tag) => ({ tag })) });
    expect(error).toBeUndefined();
    expect(state().contactsByUuid.get(uuid)!.tags).toEqual(['Call back', 'Interested', 'VIP', 'vip', 'Cliente']);
  });

  it('removes tags and keeps the others', async () => {
    const contact = state().contacts[1]!;
    contact.tags = ['VIP', 'vip'];
    const { rows, requests } = await bench.run('contact', 'removeTags', { contactId: byId(contact.uuid), tags: ['VIP'] });
    expect(requests[1]?.body).toEqual({ tags: ['vip'] });
    expect(rows[0]?.tags).toEqual(['vip']);
    const nothing = await bench.run('contact', 'removeTags', { contactId: byId(contact.uuid), tags: ['Cliente'] });
    expect(nothing.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(nothing.rows[0]?.leftOut).toEqual([{ column: 'Cliente', value: 'Cliente', reason: expect.stringContaining('is a tag that no contact has in Callbell') }]);
  });

  it('sets and clears tags', async () => {
    const contact = state().contacts[1]!;
    expect((await bench.run('contact', 'setTags', { contactId: byId(contact.uuid), tags: ['Cliente', 'Cliente'] })).rows[0]?.tags).toEqual(['Cliente']);
    expect((await bench.run('contact', 'setTags', { contactId: byId(contact.uuid), tags: [] })).requests[0]?.body).toEqual({ tags: [] });
  });

  it('refuses to add nothing', async () => {
    for (const operation of ['addTags', 'removeTags']) {
      const { error } = await bench.run('contact', operation, { contactId: someone(), tags: '={{ [] }}' });
      expect(error?.message).toMatch(/'?Tags'? is (empty|required)/);
    }
  });

  for (const operation of ['addTags', 'removeTags', 'setTags']) {
    describe(operation, () => behavesWell(bench, { resource: 'contact', operation, parameters: () => ({ contactId: someone(), tags: ['VIP'] }), idField: 'contactId' }));
  }
});

describe('contact: lists to pick from', () => {
  const options = () => ({ credentials, credentialValues: credentialValues(bench.sandbox) });

  it('lists contacts page by page', async () => {
    const first = await listSearch(Callbell, 'searchContacts', options());
    expect(first.results).toHaveLength(20);
    expect(first.results[1]).toMatchObject({ name: expect.stringMatching(/^.+ · \+\d+$/), url: expect.stringContaining('dash.callbell.eu') });
    expect(first.results[0]?.name).toBe('Íris no Instagram · Instagram');
    const second = await listSearch(Callbell, 'searchContacts', { ...options(), paginationToken: first.paginationToken as string });
    expect(second.results[0]?.value).toBe(state().contacts[20]!.uuid);
    const third = await listSearch(Callbell, 'searchContacts', { ...options(), paginationToken: second.paginationToken as string });
    expect(third.paginationToken).toBeUndefined();
  });

  it('finds by name without accents and by phone', async () => {
    expect((await listSearch(Callbell, 'searchContacts', { ...options(), filter: 'iris' })).results).toHaveLength(1);
    const last = state().contacts.at(-1)!;
    const found = await listSearch(Callbell, 'searchContacts', { ...options(), filter: last.phoneNumber! });
    expect(found.results.map(({ value }) => value)).toEqual([last.uuid]);
    const part = await listSearch(Callbell, 'searchContacts', { ...options(), filter: last.phoneNumber!.replace(/\D/g, '').slice(-6) });
    expect(part.results.map(({ value }) => value)).toContain(last.uuid);
  });

  it("offers the account's custom fields with their types and options", async () => {
    const { fields } = await resourceMapping(Callbell, 'contactCustomFields', options());
    expect(fields.map(({ id, type }) => [id, type])).toEqual([
      ['Billing Address', 'string'], ['E-mail', 'string'], ['Orders', 'number'], ['Birthday', 'dateTime'], ['Plan', 'options'], ['Interests', 'string'],
    ]);
    expect(fields[4]?.options).toEqual([{ name: 'Basic', value: 'Basic' }, { name: 'Pro', value: 'Pro' }]);
    expect(fields[5]?.displayName).toBe('Interests (bread, cakes, coffee)');
  });

  it('sends several choices as a list', async () => {
    const { fields: schema } = await resourceMapping(Callbell, 'contactCustomFields', options());
    const customFields = { mappingMode: 'defineBelow', value: { Interests: 'bread, coffee' }, matchingColumns: [], schema } as never;
    const { error, requests } = await bench.run('contact', 'upsert', { phone: '+55 85 98888-7777', name: 'Ana Souza', customFields });
    expect(error).toBeUndefined();
    expect(requests.at(-1)?.body).toMatchObject({ custom_fields: { Interests: ['bread', 'coffee'] } });
  });

  it('does not hide a wrong token behind an empty list', async () => {
    const values = credentialValues(bench.sandbox);
    values.callbellApi = { ...values.callbellApi, token: 'wrongTokenOfSomeone' };
    await expect(listSearch(Callbell, 'searchContacts', { credentials, credentialValues: values })).rejects.toThrow('Callbell did not accept the token');
  });
});

describe('contact: tags in any spelling', () => {
  const someTag = () => ({ contact: state().contacts[0]!, at: { contactId: byId(state().contacts[0]!.uuid) } });
  beforeEach(() => {
    state().tags.push('Orçamento Enviado');
    state().contacts[3]!.tags = ['Orçamento Enviado'];
    for (const contact of state().contacts) if (contact.tags.includes('vip')) contact.tags = [];
    state().tags = state().tags.filter((tag) => tag !== 'vip');
  });

  it.each(['addTags', 'setTags', 'update'])('are written as Callbell spells them (%s)', async (operation) => {
    const { contact, at } = someTag();
    contact.tags = ['Interested'];
    const { error, rows } = await bench.run('contact', operation, { ...at, tags: ['orcamento enviado', 'CALL BACK'] });
    expect(error).toBeUndefined();
    expect([...contact.tags].sort()).toEqual([...(operation === 'addTags' ? ['Interested'] : []), 'Call back', 'Orçamento Enviado'].sort());
    expect(rows[0]?.tags).toEqual(contact.tags);
  });

  it.each([
    ['addTags', () => someTag().at], ['setTags', () => someTag().at], ['update', () => someTag().at],
    ['upsert', () => ({ phone: '85 98888-7123', name: 'Ana' })], ['create', () => ({ source: 'whatsapp', identifier: '85 98888-7123', name: 'Ana' })],
  ] as const)('are refused when there is none, or left out and said (%s)', async (operation, at) => {
    someTag().contact.tags = [];
    const failed = await bench.run('contact', operation, { ...at(), tags: ['Nope', 'call back'] } as never);
    expect(failed.error?.message).toMatch(/'Tags' 'Nope' does not exist/);
    const skipped = await bench.run('contact', operation, { ...at(), tags: ['Nope', 'call back'], whenMissing: 'skip' } as never);
    expect(skipped.error).toBeUndefined();
    expect(skipped.rows[0]).toMatchObject({ tags: ['Call back'], leftOut: [{ column: 'Nope', value: 'Nope', reason: 'is a tag, and the Callbell account has no tag of this name' }] });
  });

  it('are removed in any spelling; a name that means several is refused', async () => {
    const { contact, at } = someTag();
    contact.tags = ['Orçamento Enviado', 'VIP'];
    await bench.run('contact', 'removeTags', { ...at, tags: ['orçamento-enviado'] });
    expect(contact.tags).toEqual(['VIP']);
    contact.tags = ['VIP', 'V.I.P.'];
    expect((await bench.run('contact', 'removeTags', { ...at, tags: ['vip'] })).error?.message).toBe("'Tags' has 'vip', which can mean VIP or V.I.P. [item 0]");
  });

  it('filter contacts; one that nobody has is told', async () => {
    const found = await bench.run('contact', 'getAll', { filters: { tags: ['ORCAMENTO ENVIADO'] } });
    expect(found.rows.map(({ id }) => id)).toEqual([state().contacts[3]!.uuid]);
    const nobody = await bench.run('contact', 'getAll', { filters: { tags: ['Orçamento Enviada'] } });
    expect(nobody.rows).toEqual([]);
    expect(JSON.stringify(nobody.hints)).toContain("No contact in Callbell has the tag 'Orçamento Enviada'. Did you mean Orçamento Enviado?");
  });

  it('are kept when several executions add them at once', async () => {
    const { contact, at } = someTag();
    contact.tags = [];
    bench.sandbox.inject({ kind: 'latency', vendor: 'callbell', ms: 40, times: 30 });
    const tags = ['VIP', 'Cliente', 'Call back', 'Interested'];
    for (const { error } of await Promise.all(tags.map(async (tag) => await bench.run('contact', 'addTags', { ...at, tags: [tag] })))) expect(error).toBeUndefined();
    expect([...contact.tags].sort()).toEqual([...tags].sort());
  });

  it('are kept by Update and Create or Update of several executions, too', async () => {
    const contact = state().contacts.find(({ source, phoneNumber }) => source === 'whatsapp' && phoneNumber)!;
    const at = { contactId: byId(contact.uuid) };
    contact.tags = [];
    bench.sandbox.inject({ kind: 'latency', vendor: 'callbell', ms: 40, times: 30 });
    const previous = { contactSource: 'previousNode' };
    const phone = `+${contact.phoneNumber!.replace(/\D/g, '')}`;
    const results = await Promise.all([
      bench.run('contact', 'update', { ...previous, ...at }, { items: [{ name: contact.name, tags: ['VIP'] }] }), bench.run('contact', 'upsert', { phone, tags: ['Cliente'] }),
      bench.run('contact', 'upsert', previous, { items: [{ name: contact.name, phone, tags: ['Interested'] }] }), bench.run('contact', 'addTags', { ...at, tags: ['Call back'] }),
    ]);
    for (const { error, rows } of results) {
      expect(error).toBeUndefined();
      expect(rows[0]).not.toHaveProperty('notApplied');
    }
    expect([...contact.tags].sort()).toEqual(['Call back', 'Cliente', 'Interested', 'VIP']);
  });

  it('are changed one after the other, however the items name the contact', async () => {
    const contact = state().contacts.find(({ source, phoneNumber }) => source === 'whatsapp' && phoneNumber)!;
    contact.tags = [];
    const { error } = await bench.run('contact', 'addTags', { contactId: '={{ $json.who }}', tags: ['={{ $json.tag }}'] }, { items: ['VIP', 'Cliente', 'Call back', 'Interested'].map((tag, index) => ({ tag, who: index % 2 ? contact.uuid : `+${contact.phoneNumber!.replace(/\D/g, '')}` })) });
    expect(error).toBeUndefined();
    expect(contact.tags).toHaveLength(4);
  });
});

describe('contact: custom fields by name and JSON', () => {
  beforeEach(() => {
    state().contacts[0]!.customFields = { Birthday: '2000-01-01', Orders: '1', Plan: 'Pro', Interests: '["bread"]' };
  });

  it('are written as their fields hold them', async () => {
    const { error, requests } = await bench.run('contact', 'upsert', {
      phone: '85 98888-7123', name: 'Ana', additionalFields: { customFieldsByName: { field: [{ name: 'birthday', value: '25/12/1990' }] }, customFieldsJson: '{"ORDERS": "1.234,5", "plan": {"id": 7, "name": "pro"}}' },
    });
    expect(error).toBeUndefined();
    expect(requests.at(-1)?.body).toMatchObject({ custom_fields: { Birthday: '1990-12-25', Orders: '1234.5', Plan: 'Pro' } });
  });

  it.each([
    ['{"Birthday": "31/02/1990"}', "'Custom Fields' cannot take the value of 'Birthday': it is a day that does not exist [item 0]"],
    ['{"Plan": "Platinum"}', /^'Custom Fields' cannot take the value of 'Plan': it is not one of /],
    ['{"Plan": {"a": 1, "b": 2}}', "'Plan' is an object, not text [item 0]"],
  ])('refuse %s before anything is written', async (customFieldsJson, message) => {
    const { error, requests } = await bench.run('contact', 'upsert', { phone: '85 98888-7123', name: 'Ana', additionalFields: { customFieldsJson } });
    expect(error?.message).toMatch(message);
    expect(requests.every(({ method }) => method === 'GET')).toBe(true);
  });
});

describe('contact: our own record', () => {
  const own = async () => {
    const contact = state().contacts[3]!;
    Object.assign(contact, { phoneNumber: null, name: 'User Name Only' });
    return (await bench.run('contact', 'get', { contactId: byId(contact.uuid) }, { skipSchema: true })).rows[0]!;
  };

  it.each(['upsert', 'update'])('is updated by its ID, also without a phone (%s)', async (operation) => {
    const record = await own();
    const { rows, error } = await bench.run('contact', operation, { contactSource: 'previousNode' }, { items: [{ ...record, name: 'Renamed' }] });
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ id: record.id, name: 'Renamed', changed: true, matchedBy: 'id' });
  });

  it('with the phone of somebody else is two people', async () => {
    const { uuid, name } = state().contacts.find(({ source, phoneNumber }) => source === 'whatsapp' && phoneNumber)!;
    const { error } = await bench.run('contact', 'upsert', { contactSource: 'previousNode' }, { items: [{ id: uuid, platform: 'callbell', name, phone: '+5585911112222' }] });
    expect(error?.message).toMatch(/is the contact of the item, but has another phone \[item 0\]$/);
    expect(error?.description).toContain('two people');
  });

  it('of another account is found by its phone', async () => {
    const { rows, error } = await bench.run('contact', 'upsert', { contactSource: 'previousNode' }, { items: [{ id: '00112233445566778899aabbccddeeff', platform: 'callbell', name: 'Ana', phone: '+5585911112222' }] });
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ created: true, phone: '+5585911112222' });
  });
});
