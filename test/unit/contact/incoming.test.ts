import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { toCommonContact as fromCallbell } from '../../../nodes/Callbell/actions/contact/contact';
import { toCommonContact as fromChatwoot } from '../../../nodes/Chatwoot/actions/contact/contact';
import type { ChatwootClient } from '../../../nodes/Chatwoot/transport/client';
import { toCommonContact as fromKinbox } from '../../../nodes/Kinbox/actions/contact/contact';
import { matchFields } from '../../../nodes/shared/contact/customFields';
import { readIncomingContact } from '../../../nodes/shared/contact/incoming';
import { findByName, foldName } from '../../../nodes/shared/values/names';

const nothing = { tags: [], customFields: {}, columns: {} };
const read = (json: IDataObject) => {
  const contact = readIncomingContact(json);
  if (!contact) return undefined;
  const { origins: _, unread: __, ...rest } = contact;
  return JSON.parse(JSON.stringify(rest)) as IDataObject;
};

const ana = { id: 555, name: 'Ana Souza', email: 'ana@example.com', phone: '5585988887777', externalId: 'ERP-1', avatar: 'https://example.com/a.jpg', notes: 'VIP', customFields: { cpf: { value: '1' }, filhos: { value: 2 }, empty: { value: '' } } };
const chatwootAna = {
  id: 12, name: 'Ana Souza', email: 'ana@example.com', phone_number: '+5585988887777', identifier: 'ERP-1', thumbnail: 'https://example.com/a.jpg',
  additional_attributes: { description: 'VIP', city: 'Fortaleza' }, custom_attributes: { cpf: '1', filhos: 2 }, labels: ['vip'],
};
const callbellAna = {
  uuid: 'ab12', name: 'Ana Souza', phoneNumber: '+55 85 98888 7777', avatarUrl: 'https://example.com/a.jpg', tags: ['vip'], note: 'VIP',
  customFields: { 'E-mail': 'ana@example.com', 'External ID': 'ERP-1', cpf: '1', Interests: '["bread"]' },
  customFieldsMetadata: { 'E-mail': { value: 'ana@example.com', type: 'email' }, Interests: { value: ['bread'], type: 'checkbox' }, cpf: { value: '1', type: 'text' } },
};
const whole = { name: 'Ana Souza', email: 'ana@example.com', phone: '+5585988887777', externalId: 'ERP-1', avatarUrl: 'https://example.com/a.jpg', notes: 'VIP', ...nothing };

describe('readIncomingContact: records', () => {
  it.each<[string, IDataObject, IDataObject]>([
    ["Kinbox's own record", ana, { ...whole, customFields: { cpf: '1', filhos: 2 } }],
    ["Chatwoot's own record", chatwootAna, { ...whole, tags: ['vip'], customFields: { cpf: '1', filhos: 2 } }],
    ["Callbell's own record", callbellAna, { ...whole, phone: '+55 85 98888 7777', tags: ['vip'], customFields: { cpf: '1', Interests: ['bread'] } }],
    ["Kinbox's, Simplified", fromKinbox(ana) as unknown as IDataObject, { ...whole, customFields: { cpf: '1', filhos: 2 } }],
    ["Chatwoot's, Simplified", fromChatwoot(chatwootAna, { linkTo: () => null } as unknown as ChatwootClient) as unknown as IDataObject, { ...whole, tags: ['vip'], customFields: { cpf: '1', filhos: 2 } }],
    ["Callbell's, Simplified", fromCallbell(callbellAna) as unknown as IDataObject, { ...whole, tags: ['vip'], customFields: { cpf: '1', Interests: ['bread'] } }],
  ])('reads %s', (_, record, expected) => {
    expect(read(record)).toEqual(expected);
    expect(read({ event: 'contact_updated', ...record })).toEqual(expected);
    expect(read({ event: 'message_created', tags: ['of the message'], name: 'of the message', contact: record })).toEqual(expected);
    expect(read({ headers: {}, params: {}, query: {}, body: { contact: record } })).toEqual(expected);
    expect(read({ headers: { name: undefined }, body: { event: 'x', payload: { contact: [record] } } })).toEqual(expected);
  });

  it("reads Chatwoot's conversation and message, whose contact is the sender", () => {
    const conversation = { id: 3, labels: ['of the conversation'], custom_attributes: { pedido: 1 }, meta: { sender: chatwootAna, assignee: { name: 'Rui', email: 'rui@example.com' } } };
    expect(read(conversation)).toMatchObject({ name: 'Ana Souza', tags: ['vip'] });
    expect(read({ event: 'message_created', content: 'Hi', sender: { type: 'contact', name: 'Ana', phone_number: '+5585988887777' } })).toMatchObject({ name: 'Ana' });
    expect(read({ event: 'message_created', content: 'Hi', sender: { type: 'user', name: 'Rui', email: 'rui@example.com' } })).toBeUndefined();
  });

  it('reads the contact of a conversation or deal in short, not its own name and tags', () => {
    expect(read({ id: 'd1', name: 'Festa', value: 100, contactId: '5', contactName: 'Ana', contactPhone: '+5585988887777', tags: ['hot'], customFields: { prazo: '2026-01-01' } })).toEqual({ ...nothing, name: 'Ana', phone: '+5585988887777' });
    expect(read({ id: 'd1', name: 'Festa', contactId: '5', contactName: null, contactPhone: null })).toBeUndefined();
  });

  it('says where it read each part', () => {
    expect(readIncomingContact({ contact: chatwootAna })?.origins).toEqual({
      avatarUrl: 'contact.thumbnail', customFields: 'contact.custom_attributes', email: 'contact.email', externalId: 'contact.identifier', name: 'contact.name', phone: 'contact.phone_number', tags: 'contact.labels',
    });
    expect(readIncomingContact({ Nome: 'Ana', 'E-mail': 'a@b.co' })?.origins).toEqual({ name: 'Nome', email: 'E-mail' });
  });

  it('leaves a stored phone without country code as it is, to be read with the default country', () => {
    expect(read({ ...ana, phone: '85988887777' })).toMatchObject({ phone: '85988887777' });
    expect(read({ ...ana, phone: 4915112345678 })).toMatchObject({ phone: '+4915112345678' });
  });
});

describe('readIncomingContact: rows', () => {
  it.each<[IDataObject, IDataObject]>([
    [{ name: 'Ana', email: 'a@b.co', phone: '85 98888-7777' }, { name: 'Ana', email: 'a@b.co', phone: '85 98888-7777' }],
    [{ Nome: 'Ana', 'E-mail': 'a@b.co', Telefone: '85 3222-1111', Celular: 85988887777 }, { name: 'Ana', email: 'a@b.co', phone: '85988887777' }],
    [{ 'Nome completo ': 'Ana Souza', WhatsApp: '(85) 98888-7777', Telefone: '85 3222-1111' }, { name: 'Ana Souza', phone: '(85) 98888-7777' }],
    [{ nombre: 'Ana', apellidos: 'Díaz', 'Correo electrónico': 'a@b.co', 'Teléfono móvil': '600 111 222' }, { name: 'Ana Díaz', email: 'a@b.co', phone: '600 111 222' }],
    [{ 'First Name': 'Ana', 'Last Name': 'Souza', Mobile: '+15551234567' }, { name: 'Ana Souza', phone: '+15551234567' }],
    [{ nome: 'Ana Souza', sobrenome: 'Souza' }, { name: 'Ana Souza' }],
    [{ sobrenome: 'Souza', tel: '1' }, { name: 'Souza', phone: '1' }],
    [{ 'Endereço de e-mail': 'a@b.co', Etiquetas: 'VIP, lead;\nnovo, VIP', Observações: ' Feira ' }, { email: 'a@b.co', tags: ['VIP', 'lead', 'novo'], notes: 'Feira' }],
    [{ telemóvel: '910 000 111', tags: [{ name: 'VIP' }, { title: 'lead' }, 7, null] }, { phone: '910 000 111', tags: ['VIP', 'lead', '7'] }],
    [{ name: '  ', nome: 'Ana', phone: null }, { name: 'Ana' }],
    [{ name: 'Ana', foto: 'not an address' }, { name: 'Ana' }],
    [{ name: 'Ana', customFields: [{ name: 'cpf', value: '1' }, { name: '', value: 'x' }] }, { name: 'Ana', customFields: { cpf: '1' } }],
  ])('reads %j', (row, expected) => {
    expect(read(row)).toEqual({ ...nothing, ...expected });
  });

  it('keeps other columns apart, without what n8n adds', () => {
    expect(read({ Nome: 'Ana', Cidade: 'Fortaleza', Pedidos: 3, Opt: true, Itens: ['a'], Objeto: { a: 1 }, vazio: '', submittedAt: '2026-01-05', formMode: 'test', row_number: 2 })).toEqual({
      ...nothing, name: 'Ana', columns: { Cidade: 'Fortaleza', Pedidos: 3, Opt: true, Itens: ['a'] },
    });
  });

  it.each<IDataObject>([{}, { id: 7, total: 3 }, { contact: null }, { contact: 'Ana' }, { body: [] }, { contact: { id: 3 } }, { tags: ['a'], notes: 'b' }])('finds no contact in %j', (json) => {
    expect(read(json)).toBeUndefined();
  });

  it('never throws, and gives texts only', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('name', 'Nome', 'phone', 'email', 'tags', 'customFields', 'contact', 'body', 'notes', 'additional_attributes', '__proto__', 'x'), fc.anything({ maxDepth: 3 })), (json) => {
      const contact = readIncomingContact(json as IDataObject);
      for (const key of ['name', 'email', 'phone', 'externalId', 'avatarUrl', 'notes'] as const) expect(['string', 'undefined']).toContain(typeof contact?.[key]);
      expect((contact?.tags ?? []).every((tag) => typeof tag === 'string' && tag.trim() !== '')).toBe(true);
    }));
  });
});

describe('names', () => {
  it.each([['Data de Nascimento', 'data_de_nascimento'], [' CPF', 'cpf'], ['E-mail', 'email'], ['Ação', 'ACAO'], ['ﬁlial', 'Filial'], ['日本', '日本']])('%s is %s', (one, other) => {
    expect(foldName(one)).toBe(foldName(other));
  });

  it('keeps apart what differs by more, also signs', () => {
    expect(foldName('★')).not.toBe(foldName('♥'));
    expect(foldName('Plan A')).not.toBe(foldName('Plan B'));
  });

  it('prefers the same spelling', () => {
    expect(findByName(['vip', 'VIP'], 'VIP', (name) => [name])).toBe('VIP');
    expect(findByName(['vip', 'VIP'], 'Vip', (name) => [name])).toBe('vip');
    expect(findByName([], 'x', (name: string) => [name])).toBeUndefined();
  });
});

describe('matchFields', () => {
  it('matches fields by name and says what found no place', () => {
    const fields = [{ id: 'cpf', names: ['cpf', 'CPF'], kind: 'text' as const }, { id: 'orders', names: ['orders', 'Pedidos'], kind: 'number' as const }];
    expect(matchFields({ customFields: { Cpf: 1, PEDIDOS: 'many', size: 3 }, columns: { pedidos: '4', city: 'x' } }, fields, { timezone: 'America/Sao_Paulo', country: 'BR' })).toEqual({
      values: { cpf: '1', orders: 4 }, missing: [['size', 3]], unfit: [['PEDIDOS', 'many', 'is not a number']], unused: [['city', 'x']],
    });
  });
});
