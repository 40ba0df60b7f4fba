import { NodeHelpers, type INodeParameters, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';

import { joinFields, type PlacedField } from '../../../nodes/shared/operation/joinFields';

const field = (name: string, length = 0): INodeProperties => ({ displayName: name, name, type: 'string', default: '', description: 'x'.repeat(length) });
const placed = (name: string, resource: string, users: string[], length = 0, displayOptions?: INodeProperties['displayOptions']): PlacedField =>
  ({ property: { ...field(name, length), ...(displayOptions && { displayOptions }) }, resources: [resource], users: [...users] });
const shown = (fields: INodeProperties[]) => fields.map(({ name, displayOptions }) => `${name} ${displayOptions?.show?.resource?.join('+')} ${displayOptions?.show?.operation?.join('+')}`);
const operations: Record<string, string[]> = { contact: ['create', 'update'], message: ['send'], deal: ['create', 'update'] };
const operationsOf = (resource: string) => operations[resource] ?? [];

describe('joinFields', () => {
  it('puts a field of several resources once, and keeps the order of each operation', () => {
    const lists = [
      [placed('name', 'contact', ['create']), placed('country', 'contact', ['create', 'update'], 50), placed('notes', 'contact', ['update'])],
      [placed('to', 'message', ['send']), placed('country', 'message', ['send'], 50), placed('text', 'message', ['send'])],
    ];
    const joined = shown(joinFields(lists, operationsOf));
    expect(joined.filter((entry) => entry.startsWith('country'))).toEqual(['country contact+message create+update+send']);
    const place = (name: string) => joined.findIndex((entry) => entry.startsWith(`${name} `));
    for (const [earlier, later] of [['name', 'country'], ['to', 'country'], ['country', 'notes'], ['country', 'text']] as const) expect(place(earlier)).toBeLessThan(place(later));
  });

  it('keeps a field apart where an operation without it would show it', () => {
    const lists = [[placed('country', 'contact', ['create', 'update'])], [placed('country', 'deal', ['create'])]];
    expect(shown(joinFields(lists, operationsOf))).toEqual(['country contact create+update', 'country deal create']);
  });

  it('leaves fields that are not the same, and equal ones with other conditions', () => {
    const condition = { show: { to: ['phone'] } };
    const lists = [[placed('a', 'contact', ['create']), placed('b', 'contact', ['create'], 5)], [placed('a', 'message', ['send'], 0, condition), placed('b', 'message', ['send'], 6)]];
    expect(shown(joinFields(lists, operationsOf))).toEqual(['a contact create', 'b contact create', 'a message send', 'b message send']);
  });

  it('joins the larger field where two operations want two orders', () => {
    const lists = [
      [placed('a', 'contact', ['create'], 50), placed('b', 'contact', ['create'], 60)],
      [placed('b', 'message', ['send'], 60), placed('a', 'message', ['send'], 50)],
    ];
    expect(shown(joinFields(lists, operationsOf))).toEqual(['a contact create', 'b contact+message create+send', 'a message send']);
  });

  it('joins within a resource, too: operations without the field in between do not count', () => {
    const lists = [[placed('a', 'contact', ['create'], 9), placed('b', 'contact', ['create']), placed('c', 'contact', ['update']), placed('a', 'contact', ['update'], 9)]];
    expect(shown(joinFields(lists, operationsOf))).toEqual(['c contact update', 'a contact create+update', 'b contact create']);
  });

  describe('a very large field', () => {
    const lists = [
      [placed('kind', 'contact', ['create']), placed('country', 'contact', ['create'], 5000, { show: { kind: ['phone'] } })],
      [placed('country', 'message', ['send'], 5000)],
      [placed('country', 'deal', ['create'], 5000)],
    ];
    const base: INodeProperties[] = ['resource', 'operation'].map((name) => field(name));
    const properties = [...base, ...joinFields(lists, operationsOf)];
    const visible = (chosen: INodeParameters) => {
      const values = NodeHelpers.getNodeParameters(properties, chosen, true, false, { typeVersion: 1 }, { properties } as INodeTypeDescription)!;
      return properties.filter((property) => property.type !== 'hidden' && NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, { properties } as INodeTypeDescription)).map(({ name }) => name).filter((name) => !['resource', 'operation'].includes(name));
    };

    it('stands once, whatever its conditions', () => {
      expect(properties.filter(({ name }) => name === 'country')).toEqual([{ ...field('country', 5000), displayOptions: { show: { showsCountry: [true] } } }]);
    });

    it.each([
      [{ resource: 'contact', operation: 'create', kind: 'phone' }, ['kind', 'country']],
      [{ resource: 'contact', operation: 'create', kind: 'mail' }, ['kind']],
      [{ resource: 'contact', operation: 'update', kind: 'phone' }, []],
      [{ resource: 'message', operation: 'send' }, ['country']],
      [{ resource: 'deal', operation: 'create' }, ['country']],
      [{ resource: 'deal', operation: 'update' }, []],
    ])('is shown by n8n where it belongs: %j', (chosen, expected) => {
      expect(visible(chosen)).toEqual(expected);
    });

    it('is as it was where it stands once anyway', () => {
      expect(shown(joinFields([[placed('country', 'deal', ['create'], 5000)]], operationsOf))).toEqual(['country deal create']);
    });
  });
});
