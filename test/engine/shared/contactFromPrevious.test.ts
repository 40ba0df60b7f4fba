import type { IDataObject } from 'n8n-workflow';

import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { addContact as addCallbellContact } from '../../sandbox/callbell/contacts';
import { addContact as addKinboxContact } from '../../sandbox/kinbox/contacts';
import { byId, useNode, type Bench, type OperationResult } from '../support';

const previous = { contactSource: 'previousNode' };
/** "Simplified" of any of the three nodes. */
const ana = {
  id: '9', name: 'Ana Souza', email: 'ana@example.com', phone: '+5585987776655', externalId: 'ERP-1042', avatarUrl: 'https://example.com/ana.jpg',
  tags: ['VIP'], customFields: { CPF: '529.982.247-25' }, notes: 'Prefers mornings', url: null, createdAt: '2026-01-05T09:00:00.000Z', updatedAt: null, platform: 'callbell',
};
const bia = { name: 'Bia Lima', phone: '11 98765-4321' };
const texts = ({ hints }: OperationResult) => hints.map(({ message }) => message);
const written = ({ requests }: OperationResult) => requests.filter(({ method, path }) => ['PATCH', 'POST'].includes(method) && !path.endsWith('/filter')).map(({ method, path, body }) => [method, path, body]);

/** What holds in all three nodes, for each operation. */
function behavesInThisMode(bench: Bench, { operations, phoneLabel }: { operations: string[]; phoneLabel: Record<string, string> }): void {
  describe.each(operations)('%s: in this mode', (operation) => {
    it('refuses a phone that is none, names field and item, says where it comes from, and sends nothing', async () => {
      const items = [ana, { nome: 'Caio', celular: '85 9888 ABCD' }];
      const { error, requests } = await bench.run('contact', operation, previous, { items });
      expect(error?.message).toBe(`'${phoneLabel[operation]}' cannot be used as a phone number: it has letters in it ("ABCD") [item 1]`);
      expect(error?.description).toContain("The value comes from 'celular' of the previous node.");
      expect(requests).toEqual([]);
    });

    it('says what an item without a contact has instead', async () => {
      const { error, requests } = await bench.run('contact', operation, previous, { items: [{ orderId: 7, total: 12.5 }] });
      expect(error?.message).toBe("'Contact Data' is 'From Previous Node', but the item has no contact [item 0]");
      expect(error?.description).toContain('The item has orderId, total.');
      expect(requests).toEqual([]);
    });
  });

  it('keeps going past a bad item', async () => {
    const { outputs } = await bench.run('contact', 'upsert', previous, { items: [{ name: 'Caio', phone: 'none' }, ana], onError: 'continueErrorOutput' });
    expect(outputs[0]?.map(({ json, pairedItem }) => [json.phone, pairedItem])).toEqual([[ana.phone, { item: 1 }]]);
    expect(outputs[1]?.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([[expect.stringContaining('[item 0]'), { item: 0 }]]);
  });

  it('does two items of one run, each with its own contact, and reads the lists of names once', async () => {
    const items = [ana, { ...ana, ...bia, email: 'bia@example.com', externalId: 'ERP-1043' }];
    const result = await bench.run('contact', 'upsert', previous, { items });
    expect(result.error).toBeUndefined();
    expect(result.first.map(({ json, pairedItem }) => [json.name, json.phone, pairedItem])).toEqual([['Ana Souza', '+5585987776655', { item: 0 }], ['Bia Lima', '+5511987654321', { item: 1 }]]);
    const lists = result.requests.filter(({ method, path, query }) => method === 'GET' && (/custom|\/labels$/.test(path) && !/contacts\/\d/.test(path) || 'include_field_types' in (query ?? {})));
    expect(lists.map(({ path, query }) => `${path} ${String((query as IDataObject)?.page ?? '')}`)).toEqual([...new Set(lists.map(({ path, query }) => `${path} ${String((query as IDataObject)?.page ?? '')}`))]);
    expect(lists.length).toBeGreaterThan(0);
  });

  it('takes the contact that a trigger gives under "contact"', async () => {
    const { error, rows } = await bench.run('contact', 'upsert', previous, { items: [{ event: 'message_created', id: 'm1', text: 'Hi', tags: ['not of the contact'], contact: ana }] });
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ name: 'Ana Souza', phone: '+5585987776655', notes: 'Prefers mornings' });
  });

  it('takes columns whose names every object has for what they are: columns', async () => {
    const { error, rows } = await bench.run('contact', 'upsert', previous, { items: [JSON.parse('{"name":"Bia Lima","phone":"11 98765-4321","constructor":"c1","toString":"t1","__proto__":"p1"}') as IDataObject] });
    expect(error).toBeUndefined();
    expect((rows[0]?.leftOut as IDataObject[]).map(({ column, value }) => [column, value])).toEqual(expect.arrayContaining([['constructor', 'c1'], ['toString', 't1']]));
  });

  it('takes a row of a form, with the default country', async () => {
    const { error, rows } = await bench.run('contact', 'upsert', { ...previous, defaultCountry: 'PT' }, { items: [{ 'Nome completo': 'Íris Dias', 'Telemóvel': '910 000 111', 'Observações': 'Feira', submittedAt: '2026-01-05', formMode: 'production' }] });
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ name: 'Íris Dias', phone: '+351910000111', notes: 'Feira' });
  });

  it('lets what is filled in win', async () => {
    const { error, rows } = await bench.run('contact', 'upsert', { ...previous, name: 'Ana S.', phone: '+351910000111' }, { items: [ana] });
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ name: 'Ana S.', phone: '+351910000111', notes: 'Prefers mornings' });
  });

  it('reads the previous node in this mode only', async () => {
    const { error, rows } = await bench.run('contact', 'upsert', { name: 'Bia Lima', phone: '+5511987654321', matchBy: 'phone' }, { items: [ana] });
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ name: 'Bia Lima', email: null, notes: null, tags: [] });
  });
}

describe('Kinbox', () => {
  const bench = useNode('Kinbox', Kinbox);
  const body = {
    name: 'Ana Souza', email: 'ana@example.com', phone: '5585987776655', externalId: 'ERP-1042', avatar: 'https://example.com/ana.jpg', notes: 'Prefers mornings',
    customFields: { cpf: { value: '529.982.247-25' } },
  };
  const noTags = 'Kinbox contacts hold no tags, so these were left out: VIP (1 contact).';

  it.each(['create', 'upsert'])('%s: sends the contact as it comes, and says that tags have no place', async (operation) => {
    const result = await bench.run('contact', operation, previous, { items: [ana] });
    expect(result.error).toBeUndefined();
    expect(written(result)).toEqual([['POST', '/v3/contacts', body]]);
    expect(result.rows[0]).toMatchObject({ name: 'Ana Souza', customFields: { cpf: '529.982.247-25' }, platform: 'kinbox' });
    expect(texts(result)).toEqual([noTags]);
  });

  it('upsert: also with an API Token', async () => {
    const { error, rows } = await bench.run('contact', 'upsert', previous, { items: [ana], credential: { kinboxApi: { generation: 'v1', token: bench.sandbox.kinbox.tokens.api } } });
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ name: 'Ana Souza', customFields: { cpf: '529.982.247-25' }, created: true });
  });

  it('upsert: finds who has the phone without its ninth digit, and keeps that spelling', async () => {
    const result = await bench.run('contact', 'upsert', previous, { items: [{ name: 'João S.', phone: '+55 85 98888-7777' }] });
    expect(result.error).toBeUndefined();
    expect(written(result).map(([method, , sent]) => [method, sent])).toEqual([['PATCH', { name: 'João S.' }]]);
    expect(result.rows[0]).toMatchObject({ name: 'João S.', phone: '+558588887777', created: false });
  });

  it('update: finds the contact by its phone, then by its e-mail address', async () => {
    const { state } = bench.sandbox.kinbox;
    const joao = [...state.contacts.values()].find(({ email }) => email === 'joao@example.com')!;
    for (const item of [{ nome: 'João Um', whatsapp: '85 98888-7777' }, { name: 'João Dois', email: 'joao@example.com' }, { name: 'João Três', phone: '85 98888-7777', email: 'joao.novo@example.com' }]) {
      const result = await bench.run('contact', 'update', previous, { items: [item] });
      expect(result.error).toBeUndefined();
      expect(result.rows[0]).toMatchObject({ id: String(joao.id), name: item.name ?? item.nome });
    }
  });

  it('update: changes the contact that is picked', async () => {
    const joao = [...bench.sandbox.kinbox.state.contacts.values()].find(({ email }) => email === 'joao@example.com')!;
    const result = await bench.run('contact', 'update', { ...previous, contactId: byId(joao.id), additionalFields: { notes: 'Own note' } }, { items: [ana] });
    expect(result.error).toBeUndefined();
    expect(written(result)).toEqual([['PATCH', `/v3/contacts/${joao.id}`, { ...body, notes: 'Own note', customFields: { ...joao.customFields, ...body.customFields } }]]);
  });

  it('update: says that nobody has the phone, and that two have it', async () => {
    const nobody = await bench.run('contact', 'update', previous, { items: [ana] });
    expect(nobody.error?.message).toBe('Kinbox has no contact with the phone +5585987776655 or e-mail address ana@example.com [item 0]');
    const at = Date.parse('2026-01-05');
    const two = [addKinboxContact(bench.sandbox.kinbox.state, { name: 'A', phone: '5585987776655' }, at), addKinboxContact(bench.sandbox.kinbox.state, { name: 'B', phone: '5585987776655' }, at)];
    const result = await bench.run('contact', 'update', previous, { items: [ana] });
    expect(result.error?.message).toMatch(/^Kinbox has 2 contacts that fit equally well: contact \d+ \(.\), contact \d+ \(.\) \[item 0\]$/);
    for (const { id } of two) expect(result.error?.message).toContain(String(id));
    expect(written(result)).toEqual([]);
  });

  it('update: needs a way to find the contact', async () => {
    const { error } = await bench.run('contact', 'update', previous, { items: [{ name: 'Ana' }] });
    expect(error?.message).toBe("'Contact' is empty, and the contact of the item has neither phone nor e-mail address to find it by [item 0]");
  });

  it('finds custom fields by placeholder or name, without case, accents and spaces, in the form the field takes', async () => {
    const fields = [...bench.sandbox.kinbox.state.customFields.values()].filter(({ entity, isDeleted }) => entity === 'contact' && !isDeleted);
    expect(fields.map(({ type }) => type)).toEqual(expect.arrayContaining(['text']));
    const customFields = Object.fromEntries(fields.map(({ name, type, options }) => [` ${name.toUpperCase()}`, { number: '42', decimal: '4.5', boolean: 'sim', date: '2001-02-03T00:00:00Z', select: String(options[0]?.value ?? 'x').toUpperCase(), 'multi-select': options.map(({ value }) => String(value)).join(', ') }[type as string] ?? 'Texto']));
    const result = await bench.run('contact', 'upsert', previous, { items: [{ ...ana, tags: [], customFields }] });
    expect(result.error).toBeUndefined();
    expect(texts(result)).toEqual([]);
    const sent = (written(result)[0]?.[2] as { customFields: Record<string, { value: unknown }> }).customFields;
    expect(Object.keys(sent).sort()).toEqual(fields.map(({ placeholder }) => placeholder).sort());
    for (const { placeholder, type, options } of fields) {
      if (type === 'number') expect(sent[placeholder]).toEqual({ value: 42 });
      if (type === 'boolean') expect(sent[placeholder]).toEqual({ value: true });
      if (type === 'date') expect(sent[placeholder]).toEqual({ value: '2001-02-03' });
      if (type === 'multi-select') expect(sent[placeholder]).toEqual({ value: options.map(({ value }) => value) });
      if (type === 'select') expect(sent[placeholder]).toEqual({ value: options[0]!.value });
    }
  });

  it('skips or refuses custom fields that the account does not have', async () => {
    const item = { ...ana, tags: [], customFields: { CPF: '1', 'Shoe size': 42 } };
    const skipped = await bench.run('contact', 'upsert', previous, { items: [item, { ...item, ...bia, email: 'bia@example.com', externalId: null }] });
    expect(skipped.error).toBeUndefined();
    expect(texts(skipped)).toEqual(['The Kinbox account has no custom fields of these names, and its API makes none, so they were left out: Shoe size (2 contacts).']);
    const failed = await bench.run('contact', 'upsert', { ...previous, whenMissing: 'fail' }, { items: [item] });
    expect(failed.error?.message).toBe("'When a Tag or Field Is Missing' is 'Fail', and the Kinbox account has no custom field 'Shoe size' [item 0]");
    expect(written(failed)).toEqual([]);
  });

  it('refuses to make custom fields, which Kinbox cannot', async () => {
    const { error, requests } = await bench.run('contact', 'upsert', { ...previous, whenMissing: '={{ "create" }}' }, { items: [ana] });
    expect(error?.message).toBe("'When a Tag or Field Is Missing' is not one of the possible values [item 0]");
    expect(requests).toEqual([]);
  });

  it('fills custom fields from columns of their name, and says which columns were left out', async () => {
    const result = await bench.run('contact', 'upsert', previous, { items: [{ ...bia, cpf: '529.982.247-25', utm_source: 'ads' }] });
    expect(result.rows[0]).toMatchObject({ customFields: { cpf: '529.982.247-25' } });
    expect(texts(result)).toEqual(['These columns are no custom fields in Kinbox, so they were left out: utm_source (1 contact).']);
  });

  behavesInThisMode(bench, { operations: ['create', 'update', 'upsert'], phoneLabel: { create: 'Phone', update: 'Phone', upsert: 'Phone' } });
});

describe('Chatwoot', () => {
  const bench = useNode('Chatwoot', Chatwoot);
  const account = () => `/api/v1/accounts/${bench.sandbox.chatwoot.accountId}`;
  const body = {
    name: 'Ana Souza', email: 'ana@example.com', phone_number: '+5585987776655', identifier: 'ERP-1042', avatar_url: 'https://example.com/ana.jpg',
    additional_attributes: { description: 'Prefers mornings' }, custom_attributes: { cpf: '529.982.247-25' },
  };

  it.each(['create', 'upsert'])('%s: sends the contact as it comes, with its labels', async (operation) => {
    const result = await bench.run('contact', operation, previous, { items: [ana] });
    expect(result.error).toBeUndefined();
    expect(written(result)).toEqual([
      ['POST', `${account()}/contacts`, body],
      ['POST', expect.stringMatching(/\/contacts\/\d+\/labels$/), { labels: ['vip'] }],
    ]);
    expect(result.rows[0]).toMatchObject({ name: 'Ana Souza', tags: ['vip'], customFields: { cpf: '529.982.247-25' }, notes: 'Prefers mornings', platform: 'chatwoot' });
    expect(texts(result)).toEqual([]);
  });

  it('upsert: finds the contact by phone, then e-mail address, then identifier, and keeps its other labels', async () => {
    const [first] = (await bench.run('contact', 'upsert', previous, { items: [{ ...ana, tags: ['newsletter'] }] })).rows;
    for (const item of [{ ...ana, email: null }, { ...ana, phone: null }, { ...ana, email: 'ana.nova@example.com' }, { name: 'Ana', externalId: 'ERP-1042', tags: ['vip'] }]) {
      const { error, rows } = await bench.run('contact', 'upsert', previous, { items: [item] });
      expect(error).toBeUndefined();
      expect(rows[0]).toMatchObject({ id: first!.id, created: false, tags: expect.arrayContaining(['newsletter', 'vip']) });
    }
  });

  it('upsert: finds who has the phone without its ninth digit, and keeps that spelling', async () => {
    const [first] = (await bench.run('contact', 'create', { name: 'Ana', phone: '+55 85 8777-6655' })).rows;
    const result = await bench.run('contact', 'upsert', previous, { items: [{ name: 'Ana Souza', phone: '+5585987776655' }] });
    expect(result.error).toBeUndefined();
    expect(written(result)).toEqual([['PATCH', `${account()}/contacts/${String(first!.id)}`, { name: 'Ana Souza' }]]);
    expect(result.rows[0]).toMatchObject({ id: first!.id, phone: '+558587776655', created: false });
  });

  it('upsert: matches by what is chosen', async () => {
    const { error } = await bench.run('contact', 'upsert', { ...previous, matchBy: 'email' }, { items: [bia] });
    expect(error?.message).toBe("'Email' is empty, but 'Match By' names it [item 0]");
  });

  it('update: finds the contact, or changes the one that is picked', async () => {
    const [first] = (await bench.run('contact', 'create', previous, { items: [ana] })).rows;
    const found = await bench.run('contact', 'update', previous, { items: [{ name: 'Ana S.', phone: ana.phone, tags: ['Newsletter'] }] });
    expect(found.error).toBeUndefined();
    expect(found.rows[0]).toMatchObject({ id: first!.id, name: 'Ana S.', tags: ['vip', 'newsletter'] });
    const picked = await bench.run('contact', 'update', { ...previous, contactId: byId(String(first!.id)) }, { items: [{ ...bia, email: 'bia@example.com' }] });
    expect(picked.rows[0]).toMatchObject({ id: first!.id, name: 'Bia Lima', email: 'bia@example.com' });
    const nobody = await bench.run('contact', 'update', previous, { items: [{ name: 'X', phone: '+351910000111' }] });
    expect(nobody.error?.message).toBe("Chatwoot has no contact with the 'Phone' +351910000111 [item 0]");
    const noKey = await bench.run('contact', 'update', previous, { items: [{ name: 'X' }] });
    expect(noKey.error?.message).toBe("'Contact' is empty, and the contact of the item has no phone, e-mail address or identifier to find it by [item 0]");
  });

  it('makes labels and custom attributes that are missing, each once', async () => {
    const item = { ...ana, tags: ['VIP', 'Cliente Novo', '★'], customFields: { 'Shoe size': 42, City: 'Fortaleza', 'Member since': '2024-02-03', Site: 'https://ana.example.com', 'Has car': true } };
    const items = [item, { ...item, ...bia, email: 'bia@example.com', externalId: 'B' }, { ...item, name: 'Cia', phone: '+351910000111', email: 'cia@example.com', externalId: 'C' }];
    const result = await bench.run('contact', 'upsert', { ...previous, whenMissing: 'create' }, { items, skipSchema: true });
    expect(result.error).toBeUndefined();
    expect(written(result).filter(([, path]) => /\/(labels|custom_attribute_definitions)$/.test(String(path)) && !/contacts/.test(String(path))).map(([, , sent]) => sent)).toEqual([
      { title: 'cliente-novo', show_on_sidebar: true },
      ...['Shoe size shoe_size number', 'City city text', 'City contact_city text', 'Member since member_since date', 'Site site link', 'Has car has_car checkbox'].map((line) => {
        const [, name, key, type] = /^(.+) (\w+) (\w+)$/.exec(line)!;
        return { attribute_display_name: name, attribute_key: key, attribute_model: 'contact_attribute', attribute_description: name, attribute_display_type: type };
      }),
    ]);
    for (const row of result.rows) {
      expect(row).toMatchObject({ tags: ['vip', 'cliente-novo'], customFields: { shoe_size: 42, contact_city: 'Fortaleza', member_since: '2024-02-03', site: 'https://ana.example.com', has_car: true } });
    }
    expect(texts(result)).toEqual(['Chatwoot labels need two letters or digits, so these tags were left out: ★ (3 contacts).']);
    const again = await bench.run('contact', 'upsert', { ...previous, whenMissing: 'create' }, { items: [item], skipSchema: true });
    expect(again.error).toBeUndefined();
    expect(written(again).map(([method, path]) => `${String(method)} ${String(path).replace(account(), '').replace(/\d+/, '1')}`)).toEqual(['PATCH /contacts/1']);
  });

  it('says that an agent may not make labels', async () => {
    const { error } = await bench.run('contact', 'upsert', { ...previous, whenMissing: 'create' }, { items: [{ ...ana, tags: ['Cliente Novo'] }], credential: { chatwootAccessTokenApi: { accessToken: bench.sandbox.chatwoot.tokens.agent } } });
    expect(error?.message).toBe('The access token is valid, but its owner may not do this in Chatwoot [item 0]');
  });

  it('skips what is missing and says so, or refuses it', async () => {
    const item = { ...ana, tags: ['VIP', 'Cliente Novo'], customFields: { 'Shoe size': 42, plano: 'COMPLETO', 'limite de credito': 'much' } };
    const skipped = await bench.run('contact', 'upsert', previous, { items: [item] });
    expect(skipped.rows[0]).toMatchObject({ tags: ['vip'], customFields: { plano: 'completo' } });
    expect(texts(skipped).sort()).toEqual([
      'The Chatwoot account has no custom attributes of these names, so they were left out: Shoe size (1 contact).',
      'The Chatwoot account has no labels of these names, so they were left out: Cliente Novo (1 contact).',
      'The Chatwoot custom attributes of these names cannot hold the values, so they were left out: limite de credito (1 contact).',
    ]);
    const failed = await bench.run('contact', 'upsert', { ...previous, whenMissing: 'fail' }, { items: [item] });
    expect(failed.error?.message).toBe("'When a Tag or Field Is Missing' is 'Fail', and the Chatwoot account has no label 'Cliente Novo', no custom attribute 'Shoe size' [item 0]");
    expect(written(failed)).toEqual([]);
  });

  behavesInThisMode(bench, { operations: ['create', 'update', 'upsert'], phoneLabel: { create: 'Phone', update: 'Phone', upsert: 'Phone' } });
});

describe('Callbell', () => {
  const bench = useNode('Callbell', Callbell);
  const state = () => bench.sandbox.callbell.state;
  const body = { source: 'whatsapp', identifier: '5585987776655', name: 'Ana Souza', tags: ['VIP'], custom_fields: { 'E-mail': 'ana@example.com' }, note: 'Prefers mornings' };
  const leftOut = [
    'Callbell contacts of this account cannot hold these, so they were left out: external ID (1 contact), picture (1 contact).',
    'The Callbell account has no custom fields of these names, and its API makes none, so they were left out: CPF (1 contact).',
  ];

  it.each(['create', 'upsert'])('%s: sends the contact as it comes, and says what has no place', async (operation) => {
    const result = await bench.run('contact', operation, previous, { items: [ana] });
    expect(result.error).toBeUndefined();
    expect(written(result).pop()).toEqual(['POST', '/v1/contacts', body]);
    expect(result.rows[0]).toMatchObject({ name: 'Ana Souza', email: 'ana@example.com', phone: '+5585987776655', tags: ['VIP'], notes: 'Prefers mornings', platform: 'callbell' });
    expect(texts(result)).toEqual(leftOut);
  });

  it('takes tags and fields by name, custom fields in the form they take, and an external ID where there is a field for it', async () => {
    state().customFields.push({ label: 'External ID', type: 'text' });
    const result = await bench.run('contact', 'upsert', previous, {
      items: [{ ...ana, avatarUrl: null, tags: ['call BACK', 'vip'], customFields: { orders: 3, BIRTHDAY: '2001-02-03T00:00:00.000Z', plan: 'pro', interests: ['Bread', 'coffee'], billing_address: 'Rua A, 1' } }],
    });
    expect(result.error).toBeUndefined();
    expect(written(result)).toEqual([['POST', '/v1/contacts', {
      ...body, tags: ['Call back', 'vip'],
      custom_fields: { Orders: '3', Birthday: '2001-02-03', Plan: 'Pro', Interests: ['bread', 'coffee'], 'Billing Address': 'Rua A, 1', 'E-mail': 'ana@example.com', 'External ID': 'ERP-1042' },
    }]]);
    expect(texts(result)).toEqual([]);
  });

  it('tries a tag that no contact shows yet, and leaves out what Callbell then refuses, once for the run', async () => {
    const item = { ...ana, externalId: null, avatarUrl: null, customFields: {}, tags: ['Sem interesse', 'Nope'] };
    const result = await bench.run('contact', 'upsert', { ...previous, options: { parallelRequests: 1 } }, { items: [item, { ...item, ...bia }] });
    expect(result.error).toBeUndefined();
    expect(result.rows.map(({ tags }) => tags)).toEqual([['Sem interesse'], ['Sem interesse']]);
    expect(written(result)).toHaveLength(3);
    expect(texts(result)).toEqual(['The Callbell account has no tags of these names, and its API makes none, so they were left out: Nope (2 contacts).']);
  });

  it('refuses what is missing when told to', async () => {
    const result = await bench.run('contact', 'upsert', { ...previous, whenMissing: 'fail' }, { items: [{ ...ana, tags: ['Nope'] }] });
    expect(result.error?.message).toBe("Callbell refused the request: 'Tags' 'Nope' does not exist; 'Custom Fields' 'CPF' does not exist [item 0]");
    expect(state().contacts.some(({ name }) => name === 'Ana Souza')).toBe(false);
  });

  it('leaves a long note out instead of cutting it, and refuses a long note that was typed', async () => {
    const result = await bench.run('contact', 'upsert', previous, { items: [{ ...bia, notes: 'x'.repeat(1001) }] });
    expect(result.rows[0]).toMatchObject({ notes: null });
    expect(texts(result)).toEqual(['Callbell contacts of this account cannot hold these, so they were left out: notes of more than 1000 characters (1 contact).']);
    const typed = await bench.run('contact', 'upsert', { ...previous, additionalFields: { note: 'x'.repeat(1001) } }, { items: [bia] });
    expect(typed.error?.message).toBe("'Note' has more than 1000 characters [item 0]");
  });

  it('upsert: adds the tags of a contact that exists', async () => {
    const contact = addCallbellContact(state(), { source: 'whatsapp', identifier: '558587776655', phoneNumber: '558587776655', name: 'Ana', tags: ['Cliente'] }, Date.parse('2026-01-05'));
    const { error, rows } = await bench.run('contact', 'upsert', previous, { items: [{ ...ana, avatarUrl: null, externalId: null, customFields: {} }] });
    expect(error).toBeUndefined();
    expect(rows[0]).toMatchObject({ id: contact.uuid, name: 'Ana Souza', tags: ['Cliente', 'VIP'] });
  });

  it('update: finds the contact by phone or takes the one that is picked; its other tags stay', async () => {
    const contact = addCallbellContact(state(), { source: 'whatsapp', identifier: '5585987776655', phoneNumber: '5585987776655', name: 'Ana', tags: ['Cliente'] }, Date.parse('2026-01-05'));
    const found = await bench.run('contact', 'update', previous, { items: [ana] });
    expect(found.error).toBeUndefined();
    expect(found.rows[0]).toMatchObject({ id: contact.uuid, name: 'Ana Souza', email: 'ana@example.com', tags: ['Cliente', 'VIP'] });
    const picked = await bench.run('contact', 'update', { ...previous, contactId: byId(contact.uuid), tags: ['Interested'] }, { items: [{ ...bia, tags: ['vip'] }] });
    expect(picked.rows[0]).toMatchObject({ id: contact.uuid, name: 'Bia Lima', tags: ['Interested'] });
    const nothing = await bench.run('contact', 'update', previous, { items: [{ phone: ana.phone }] });
    expect(nothing.error).toBeUndefined();
    expect(nothing.rows[0]).toMatchObject({ id: contact.uuid, name: 'Bia Lima' });
    const nobody = await bench.run('contact', 'update', previous, { items: [bia] });
    expect(nobody.error?.message).toBe('Callbell has no contact with the phone +5511987654321 [item 0]');
    const noPhone = await bench.run('contact', 'update', previous, { items: [{ name: 'X' }] });
    expect(noPhone.error?.message).toBe("'Contact' is empty, and the contact of the item has no phone to find it by [item 0]");
  });

  it('create: needs the ID of the person on other channels, which no contact brings', async () => {
    const { error } = await bench.run('contact', 'create', { ...previous, source: 'instagram' }, { items: [ana] });
    expect(error?.message).toBe("'Phone or Channel ID' is empty [item 0]");
    const given = await bench.run('contact', 'create', { ...previous, source: 'instagram', identifier: '17841400009' }, { items: [{ ...ana, tags: [], customFields: {} }] });
    expect(written(given)[0]?.[2]).toMatchObject({ source: 'instagram', identifier: '17841400009', name: 'Ana Souza' });
  });

  behavesInThisMode(bench, { operations: ['create', 'update', 'upsert'], phoneLabel: { create: 'Phone or Channel ID', update: 'Contact', upsert: 'Phone' } });
});
