import type { IDataObject } from 'n8n-workflow';

import { Callbell } from '../../../nodes/Callbell/Callbell.node';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { Kinbox } from '../../../nodes/Kinbox/Kinbox.node';
import { useNode, type Bench, type OperationResult } from '../support';

const previous = { contactSource: 'previousNode' };
const writes = ({ requests }: OperationResult) => requests.filter(({ method, path }) => ['PATCH', 'POST'].includes(method) && /\/contacts(?:\/[^/]+)?$/.test(path) && !path.endsWith('/filter')).map(({ method, body }) => ({ method, body: body as IDataObject }));
const phoneSent = (body: IDataObject) => String(body.phone_number ?? body.phone ?? body.identifier ?? '').replace(/\D/g, '');

/** What holds in all three nodes: what goes out is the person that the item means, or nothing. */
function reachesThePersonMeant(bench: Bench): void {
  const upsert = async (item: IDataObject, more: IDataObject = {}) => await bench.run('contact', 'upsert', { ...previous, ...more } as never, { items: [item] });

  it.each<[string, IDataObject, string]>([
    ['a Shopify order', { name: '#1001', note: 'Presente', tags: 'loja', email: 'ana@example.com', customer: { first_name: 'Ana', last_name: 'Souza', phone: '+5585911112222' } }, '5585911112222'],
    ["Meta's lead export", { full_name: 'Ana Souza', phone_number: 'p:+5585911113333', email: 'ana@example.com', platform: 'fb' }, '5585911113333'],
    ['Ticto', { name: 'Ana Souza', email: 'ana@example.com', phone: { ddi: '55', ddd: '85', number: '911114444' }, affiliate: { name: 'Rui', phone: '+5511977776666' } }, '5585911114444'],
    ['DDD and Telefone', { Nome: 'Ana Souza', DDD: 85, Telefone: '91111-5555', 'E-mail': 'não tem' }, '5585911115555'],
    ['cells of a workbook', { Nome: { richText: [{ text: 'Ana ' }, { text: 'Souza' }] }, WhatsApp: { formula: 'A1', result: 85911118888 }, email: { text: 'ana@example.com', hyperlink: 'mailto:ana@example.com' } }, '5585911118888'],
    ['notes that an expression has spoilt', { name: 'Ana Souza', phone: '85 91111-9999', notes: 'Itens: [object Object]', tags: ['undefined', '[object Object]'] }, '5585911119999'],
    ['a bad e-mail address', { Nome: 'Ana Souza', WhatsApp: '(85) 91111-6666', email: 'ana@gmail,com' }, '5585911116666'],
  ])('%s', async (_what, item, digits) => {
    const result = await upsert(item);
    expect(result.error).toBeUndefined();
    expect(writes(result).map(({ method, body }) => [method, body.name, phoneSent(body)])).toEqual([['POST', 'Ana Souza', digits]]);
    expect(JSON.stringify(writes(result))).not.toMatch(/1001|Presente|loja|Rui|gmail,com|não tem|object|undefined|richText|hyperlink/);
  });

  it('says in the item what was left out, and why', async () => {
    const { rows, error } = await upsert({ Nome: 'Ana Souza', WhatsApp: '(85) 91111-7777', email: 'ana@gmail,com', Turma: 'B', Observações: { a: 1, b: 2 }, Itens: [{ sku: '1', qtd: 2 }], Endereço: { rua: 'A', numero: 1 } });
    expect(error).toBeUndefined();
    const left = rows[0]?.leftOut as IDataObject[];
    expect(left).toEqual(expect.arrayContaining([
      { column: 'email', value: 'ana@gmail,com', reason: 'is not an e-mail address: there is a comma where a dot belongs' },
      { column: 'Turma', value: 'B', reason: expect.stringContaining('is no custom ') },
      { column: 'Itens', value: '[{"sku":"1","qtd":2}]', reason: expect.stringContaining('is a list of objects') },
      { column: 'Observações', value: '{"a":1,"b":2}', reason: expect.stringContaining('is an object') },
      { column: 'Endereço', value: '{"rua":"A","numero":1}', reason: expect.stringContaining('is an object') },
    ]));
  });

  it('says loudly which column holds a phone that its name does not tell', async () => {
    const { hints, rows, error } = await upsert({ Nome: 'Ana Souza', email: 'ana.nova@example.com', Retorno: '+55 85 98888-7777' });
    const reason = "holds a phone number, but the column's name does not say that it is the contact's; rename it or fill in the field by dragging";
    if (error) expect([error.message, error.description]).toEqual(["'Phone' is empty [item 0]", expect.stringContaining(`'Retorno' ${reason}`)]);
    else {
      expect(hints.map(({ message }) => message).join()).toContain('hold phone numbers or e-mail addresses that the contacts now LACK');
      expect(rows[0]?.leftOut).toEqual(expect.arrayContaining([{ column: 'Retorno', value: '+55 85 98888-7777', reason }]));
    }
  });

  it('leaves nothing out of a row that is all known', async () => {
    const { hints, rows } = await upsert({ Nome: 'Ana Souza', WhatsApp: '(85) 91111-8888', 'Mail da escola': '-' });
    expect(hints.map(({ message }) => message).join()).not.toContain('LACK');
    expect(rows[0]?.leftOut).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ['a digit too many', '(91) 98123-45678', /can be \+919812345678 \(India\)/],
    ['no area code', '98888-7777', /area code \(DDD\)/],
    ["a spreadsheet's error", '#ERROR!', /spreadsheet shows the error #ERROR!/],
    ['two numbers', '85988887777 85977776666', /more than one number/],
  ])('sends nothing for %s', async (_what, phone, message) => {
    const { error, requests } = await upsert({ Nome: 'Ana Souza', Telefone: phone });
    expect(error?.message).toMatch(message);
    expect(requests).toEqual([]);
  });

  it('names the list when the item has several people', async () => {
    const { error, requests } = await upsert({ body: { leads: [{ name: 'Ana', email: 'ana@example.com' }, { name: 'Rui', email: 'rui@example.com' }] } });
    expect(error?.message).toBe("'Contact Data' is 'From Previous Node', but the item has 2 contacts under 'body.leads' [item 0]");
    expect(error?.description).toContain("'Split Out' with the field 'body.leads'");
    expect(requests).toEqual([]);
  });

  it.each<[string, string, string, string]>([['Mexico', 'MX', '+5215512345678', '5512345678'], ['Argentina', 'AR', '+5491155551234', '11 5555-1234']])('writes a person of %s once, in both spellings', async (_what, country, first, second) => {
    const one = await upsert({ name: 'Ana Souza', phone: first }, { defaultCountry: country });
    const two = await upsert({ name: 'Ana Maria', phone: second }, { defaultCountry: country });
    expect([one.error, two.error]).toEqual([undefined, undefined]);
    expect(two.rows[0]?.id).toBe(one.rows[0]?.id);
    expect(two.rows[0]?.phone).toBe(one.rows[0]?.phone);
    expect(writes(two).map(({ method, body }) => [method, phoneSent(body)])).toEqual([['PATCH', '']]);
  });
}

describe('Kinbox: the person meant', () => reachesThePersonMeant(useNode('Kinbox', Kinbox)));
describe('Chatwoot: the person meant', () => reachesThePersonMeant(useNode('Chatwoot', Chatwoot)));
describe('Callbell: the person meant', () => reachesThePersonMeant(useNode('Callbell', Callbell)));

describe('Chatwoot: values by the type of the attribute', () => {
  const bench = useNode('Chatwoot', Chatwoot);
  const mapper = (value: IDataObject) => ({
    mappingMode: 'defineBelow', value,
    schema: [{ id: 'born', displayName: 'Birthday', type: 'dateTime', required: false, defaultMatch: false, display: true }, { id: 'limit', displayName: 'Limit', type: 'number', required: false, defaultMatch: false, display: true }],
  });

  it('converts what is filled in', async () => {
    const result = await bench.run('contact', 'create', { name: 'Ana', customAttributes: mapper({ born: '={{ $json.born }}', limit: '={{ $json.limit }}' }) } as never, { items: [{ born: '25/12/1990', limit: '1.234,56' }] });
    expect(result.error).toBeUndefined();
    expect(writes(result).map(({ body }) => body.custom_attributes)).toEqual([{ born: '1990-12-25', limit: 1234.56 }]);
  });

  it('counts a name in characters, not in halves of emoji', async () => {
    const result = await bench.run('contact', 'create', { name: '🌸'.repeat(200) } as never, { items: [{}] });
    expect(result.error).toBeUndefined();
    expect(writes(result)[0]?.body.name).toBe('🌸'.repeat(200));
  });

  it('refuses what does not fit, before anything is sent', async () => {
    const { error, requests } = await bench.run('contact', 'create', { name: 'Ana', customAttributes: mapper({ born: '={{ $json.born }}' }) } as never, { items: [{ born: 'soon' }] });
    expect(error?.message).toBe("'Custom Attributes' cannot take the value of 'Birthday': it is not a date [item 0]");
    expect(requests).toEqual([]);
  });
});
